/* How many matters wait on each board, for the menu and the start page. Asked when something changed, at most every five seconds. */
import { reactive } from 'vue'
import { api, type Answer } from '@/api/client'
import { may } from '@/shared/session'
import { listen } from '../live'

export type Board = Answer<'/api/boards', 'get'>['boards'][number]

const EVERY = 5000
const state = reactive({ list: [] as Board[], at: '', callbacks: 0, failed: null as unknown })
let timer = 0
let users = 0
let stop: (() => void) | null = null

async function ask() {
  timer = 0
  if (!may('matter.read')) return
  try {
    const r = await api.get('/api/boards')
    state.list = r.boards
    state.at = r.at
    state.failed = null
  } catch (e) {
    state.failed = e
  }
}
const soon = () => {
  if (!timer) timer = window.setTimeout(() => void ask(), EVERY)
}

export const boards = {
  state,
  get callbacks() {
    return state.callbacks
  },
  count: (b: string) => state.list.find(x => x.board === b)?.count ?? 0,
  again: ask,
  /** while a component that shows counts is on the page */
  watch() {
    if (!users++) {
      void ask()
      if (may('matter.read')) stop = listen(soon)
    }
    return () => {
      if (--users) return
      stop?.()
      stop = null
      clearTimeout(timer)
      timer = 0
    }
  },
}
