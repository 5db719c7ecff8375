/* Lists and matters: asked of the server when it is in reach, kept on the phone, shown from there. */
import { reactive } from 'vue'
import { api, prefix, raw, Refused } from '@/api/client'
import { may, session } from '@/shared/session'
import type { Names } from '@/shared/words'
import { asked, orKept } from './net'
import { fact, keepFact, plain, shelf, type Action, type KeptMatter, type ListedMatter, type Matter } from './shelf'

export interface Task {
  matter: string
  task: number
  unit: { code: string; name: Names } | null
  lead: { code: string; name: Names } | null
  state: string
  state_name: Names
  holder: string
  report_due: string | null
  answer_due: string | null
  urgent: boolean
  subject: { code: string; name: Names } | null
  grid: { code: string; name: Names } | null
  asked_words?: { work?: string; reason?: string }
}
export interface Notice {
  id: string
  matter: string
  at: string
  read: string | null
  urgent: boolean
  title: Names
  text: Names
}
export interface Today {
  at: number
  mine: ListedMatter[]
  around: ListedMatter[]
  tasks: Task[]
  notices: Notice[]
}
/** What the reporter said at first; empty when it was erased or a recording alone. */
export const saidIn = (m: Matter | null | undefined) => String(((m?.story[0]?.words ?? {}) as Record<string, unknown>).words ?? '')

const PAGES_MAX = 6 // of 50: nobody works through 300 open matters on a phone

export const today = reactive<Today & { kept: Record<string, KeptMatter>; loading: boolean }>({ at: 0, mine: [], around: [], tasks: [], notices: [], kept: {}, loading: false })

/** The grids of my posts: a path of four codes ends in a grid. */
export const myGrids = () => [...new Set(session.posts.map(p => p.place.split('/')).filter(c => c.length >= 4).map(c => c[c.length - 1]!))]

async function pages<T>(ask: (cursor?: string) => Promise<{ items: T[]; next?: string | null }>) {
  const all: T[] = []
  let cursor: string | undefined
  for (let i = 0; i < PAGES_MAX; i++) {
    const page = await ask(cursor)
    all.push(...page.items)
    if (!page.next) break
    cursor = page.next
  }
  return all
}

async function remember(m: Matter) {
  const db = await shelf()
  const actions = [...m.may, ...m.tasks.flatMap(t => t.may)] as Action[]
  for (const a of actions) await db.put('forms', a, `${m.procedure} ${a.action}`)
}
/** Actions seen on this phone: what may follow on a step that still waits here, told by no server. */
export async function formsOf(procedure: string): Promise<Action[]> {
  return await (await shelf()).getAll('forms', IDBKeyRange.bound(procedure + ' ', procedure + ' \uffff'))
}

export async function readMatter(id: string): Promise<KeptMatter> {
  const { answer } = await asked(() => api.read('/api/matters/{id}', { path: { id } as never }))
  const before = today.kept[id]
  const why = before?.place && before.matter.town_version === answer.town_version ? null : await asked(() => api.get('/api/matters/{id}/why', { path: { id } as never })).catch(orKept)
  const one: KeptMatter = { id, rev: answer.rev, at: Date.now(), matter: answer, place: why?.place ?? (before ? plain(before.place) : null) }
  await (await shelf()).put('matters', one)
  await remember(answer)
  today.kept[id] = one
  return one
}

/** A picture of a matter, from the phone if it is there. */
export async function picture(id: string, k: number, small: boolean): Promise<Blob> {
  const db = await shelf()
  const key = `${id}/${k}${small ? '' : '/whole'}`
  const there = await db.get('pictures', key)
  if (there) return there
  const got = await (await asked(() => raw('GET', `${prefix}/api/matters/${id}/files/${k}${small ? '?thumb=true' : ''}`))).blob()
  await db.put('pictures', got, key)
  return got
}

async function tidy(ids: Set<string>) {
  const db = await shelf()
  const waits = new Set((await db.getAll('queue')).map(i => i.matter))
  for (const id of await db.getAllKeys('matters')) {
    if (ids.has(id) || waits.has(id)) continue
    await db.delete('matters', id)
    await db.delete('pictures', IDBKeyRange.bound(id + '/', id + '/\uffff'))
    delete today.kept[id]
  }
}

/** What the phone kept: shown at once, and all there is without a network. */
export async function loadKept() {
  Object.assign(today, (await fact<Today>('today')) ?? { at: 0, mine: [], around: [], tasks: [], notices: [] })
  today.kept = Object.fromEntries((await (await shelf()).getAll('matters')).map(k => [k.id, k]))
}

/** Everything that is mine, and with it each open matter, so that it opens without a network too. */
export async function refresh() {
  if (today.loading) return
  today.loading = true
  try {
    const [mine, tasks, box] = await asked(() =>
      Promise.all([
        may('matter.read') ? pages(cursor => api.get('/api/matters', { query: { board: 'mine', ...(cursor ? { cursor } : {}) } })) : [],
        may('matter.read') ? pages(cursor => api.get('/api/tasks', { query: cursor ? { cursor } : {} }) as unknown as Promise<{ items: Task[]; next: string | null }>) : [],
        api.get('/api/notices', { query: { unread: true } }) as unknown as Promise<{ items: Notice[] }>,
      ]),
    )
    const around: ListedMatter[] = []
    for (const grid of may('matter.read') ? myGrids() : []) around.push(...(await asked(() => api.get('/api/matters', { query: { grid } }))).items.filter(m => m.open))
    const now: Today = { at: Date.now(), mine, around, tasks: tasks.filter(t => t.holder === session.login), notices: box.items }
    Object.assign(today, now)
    await keepFact('today', now)
    await prefetch()
  } finally {
    today.loading = false
  }
}

async function prefetch() {
  const listed = [...today.mine, ...today.around]
  const revs = new Map(listed.map(m => [m.id, m.rev]))
  for (const t of today.tasks) if (!revs.has(t.matter)) revs.set(t.matter, -1)
  for (const [id, rev] of revs) {
    if (today.kept[id] && today.kept[id]!.rev === rev) continue
    try {
      const { matter } = await readMatter(id)
      for (const f of matter.files) if (f.thumb && !f.erased) await picture(id, f.k, true)
    } catch (e) {
      if (e instanceof Refused && e.offline) return
    }
  }
  await tidy(new Set(revs.keys()))
}

export async function readNotices() {
  const newest = today.notices[0]
  if (!newest) return
  await asked(() => api.post('/api/notices/read', { body: { upto: newest.id } }))
  today.notices = []
  await keepFact('today', { at: today.at, mine: today.mine, around: today.around, tasks: today.tasks, notices: [] })
}
