/* Whose phone it is now. What is kept belongs to one login; another one never sees it, and leaving takes everything along. */
import { reactive } from 'vue'
import { meet, session, signOut, type Post } from '@/shared/session'
import { Refused } from '@/api/client'
import { kept as keptText } from '@/shared/words'
import { loadKept, refresh, today } from './matters'
import { asked, net } from './net'
import { flush, loadQueue, queue } from './queue'
import { fact, keepFact, wipe } from './shelf'
import { forgetMeter, loadMeter } from './meter'
import { registerWorker, unregisterWorker } from './installed'

interface Owner {
  login: string
  name: string
  posts: Post[]
}
/** `stranger`: somebody else has signed in while things of `owner` wait here. `lost`: no server, and nothing kept to show. `leaving`: the phone is being
 * wiped, and nobody signs in before it is. */
export const me = reactive({ ready: false, owner: null as Owner | null, stranger: false, lost: false, leaving: false, failed: '' })

// A phone that was handed over without a network still holds the session's cookie, out of reach of any script: it is ended first thing.
const LEFT = 'linli.work.left'

async function settle() {
  await keepFact('owner', { login: session.login, name: session.name, posts: session.posts })
  me.owner = { login: session.login, name: session.name, posts: session.posts }
  me.stranger = me.lost = false
  loadMeter()
  await loadKept()
  await loadQueue()
  me.ready = true
  void registerWorker()
  void sync()
}

/** Somebody is signed in: the owner, or somebody else, who gets an empty phone. */
export async function arrived() {
  me.ready = false
  localStorage.removeItem(LEFT)
  const owner = await fact<Owner>('owner')
  await loadQueue()
  if (owner && owner.login !== session.login) {
    if (queue.items.length) {
      me.owner = owner
      me.stranger = true
      return
    }
    await wipe()
    forgetMeter()
  }
  await settle()
}

function fromMemory(owner: Owner) {
  session.login = owner.login
  session.name = owner.name
  session.posts = owner.posts
  session.rights = new Set(owner.posts.flatMap(p => p.may))
  session.known = true
}

export async function begin() {
  const owner = await fact<Owner>('owner')
  await loadQueue()
  me.owner = owner ?? null
  me.lost = false
  try {
    const someone = await asked(meet)
    if (someone && keptText(LEFT)) {
      await signOut()
      localStorage.removeItem(LEFT)
    } else if (someone) await arrived()
  } catch (e) {
    if (!(e instanceof Refused)) throw e
    if (owner) {
      fromMemory(owner)
      await settle()
    } else me.lost = true
  }
}

let again = 0
/** Sends what waits, fetches what is new; after an hour without a page change too. */
export async function sync() {
  clearTimeout(again)
  me.failed = ''
  try {
    if (!net.reached || !session.rights.size) await asked(meet)
    if (session.login) {
      await flush()
      await refresh()
    }
  } catch (e) {
    if (!(e instanceof Refused)) throw e
  }
  again = window.setTimeout(() => void sync(), queue.items.length || !net.reached ? 20000 : 60000)
}

/** Signs out and leaves what the owner wrote where it is. */
export async function stepBack() {
  await asked(signOut)
  me.stranger = false
}

/** Throw away what the former owner left, and go on as who is signed in. */
export async function takeOver() {
  await wipe()
  forgetMeter()
  await settle()
}

/** Signing out, or handing the phone over: nothing stays. */
export async function leave() {
  clearTimeout(again)
  me.leaving = true
  me.ready = false
  try {
    await asked(signOut)
  } catch (e) {
    if (e instanceof Refused && e.offline) localStorage.setItem(LEFT, '1')
    session.login = ''
    session.posts = []
    session.rights = new Set()
  }
  await unregisterWorker()
  await wipe()
  forgetMeter()
  Object.assign(today, { at: 0, mine: [], around: [], tasks: [], notices: [], kept: {} })
  queue.items = []
  queue.codes = []
  me.owner = null
  me.stranger = false
  session.known = true
  me.leaving = false
}
