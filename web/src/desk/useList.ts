/* A list that goes on page by page and follows the live stream; what failed is said, what is asked for is asked once. */
import { onBeforeUnmount, ref, type Ref } from 'vue'
import { sayProblem } from '@/shared/problem'
import { may } from '@/shared/session'
import { listen } from './live'

export function useList<T>(ask: (cursor: string | undefined) => Promise<{ items: T[]; next?: string | null }>, follow = false) {
  const items = ref([]) as Ref<T[]>
  const next = ref<string | null>(null), known = ref(false), wrong = ref(''), busy = ref(false)
  let timer = 0
  let turn = 0
  async function read(cursor?: string) {
    const mine = ++turn
    busy.value = true
    try {
      const r = await ask(cursor)
      if (mine !== turn) return
      items.value = cursor ? [...items.value, ...r.items] : r.items
      next.value = r.next ?? null
      wrong.value = ''
      known.value = true
    } catch (e) {
      if (mine === turn) wrong.value = sayProblem(e)
    } finally {
      if (mine === turn) busy.value = false
    }
  }
  const deaf = follow && may('matter.read') ? listen(() => {
    if (!timer) timer = window.setTimeout(() => { timer = 0; void read() }, 2000)
  }) : () => {}
  onBeforeUnmount(() => {
    deaf()
    clearTimeout(timer)
    turn++
  })
  void read()
  return { items, next, known, wrong, busy, again: () => read(), more: () => next.value && read(next.value) }
}
