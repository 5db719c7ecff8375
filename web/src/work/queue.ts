/* What was written on this phone and is to be sent. Everything a worker does goes through here, with or without a network: first it is stored, then it is sent, in
 * the order in which it was written. Each item keeps its Idempotency-Key, so that an answer lost on the way does nothing twice, and the revision that
 * was read, so that nobody overwrites what they have not seen. */
import { reactive } from 'vue'
import { api, newKey, Refused, standing } from '@/api/client'
import type { FormField } from '@/shared/form'
import { sayProblem } from '@/shared/problem'
import { meet, session } from '@/shared/session'
import type { Names } from '@/shared/words'
import { asked, later, orKept } from './net'
import { fact, keepFact, plain, shelf, type Attached, type Waiting } from './shelf'
import { readMatter } from './matters'

export const REPORT = 'report'
export const DAY = 86400000

export interface Code {
  code: string
  subject: Names | null
  at: number
  id: string
}
/** `items` in the order they were written; `codes`: tracking codes of reports that were sent later than they were written, to be passed on. */
export const queue = reactive({ items: [] as Waiting[], codes: [] as Code[], sending: '' })
export const oldest = () => queue.items[0]?.at ?? 0
export const waitingFor = (matter: string) => queue.items.filter(i => i.matter === matter)

export async function loadQueue() {
  queue.items = await (await shelf()).getAll('queue')
  queue.codes = (await fact<Code[]>('codes')) ?? []
}
async function put(item: Waiting) {
  await (await shelf()).put('queue', item)
  await loadQueue()
}
async function drop(id: string) {
  await (await shelf()).delete('queue', id)
  await loadQueue()
}
export async function forgetCode(id: string) {
  await keepFact('codes', queue.codes.filter(c => c.id !== id))
  await loadQueue()
}

export interface Written {
  matter: string
  action: string
  subject: Names | null
  name: Names
  rev: number
  body: Record<string, unknown>
  form: FormField[]
  files: Blob[]
}
export type Outcome = { how: 'sent'; answer: Record<string, unknown> } | { how: 'stored' | 'clash' | 'refused'; item: Waiting; error?: Refused }

async function tokens(item: Waiting) {
  for (const f of item.files) {
    if (f.token) continue
    f.token = (await asked(() => api.upload(f.blob, f.key))).token
    await (await shelf()).put('queue', item)
  }
  return item.files.map(f => f.token!)
}

async function post(item: Waiting) {
  const files = await tokens(item)
  const body = files.length ? { ...item.body, files } : item.body
  if (item.action === REPORT) return (await asked(() => api.post('/api/matters', { body, key: item.key }))) as unknown as Record<string, unknown>
  return (await asked(() => api.post('/api/matters/{id}/{action}', { path: { id: item.matter, action: item.action } as never, body, key: item.key, rev: `"r${item.rev}"` }))) as unknown as Record<string, unknown>
}

/** What I wrote next read the revision that I have just moved on: it is still mine, no clash. */
async function moveOn(done: Waiting, rev: number) {
  const db = await shelf()
  for (const i of await db.getAll('queue')) if (i.matter === done.matter && i.id > done.id && i.state === 'waiting' && i.rev === done.rev) await db.put('queue', { ...i, rev })
}

/** Somebody else was faster (412), or the matter no longer stands where it stood (409): the worker sees both and chooses. */
const clashes = (e: Refused) => e.problem.status === 412 || e.problem.status === 409

async function refuse(item: Waiting, e: Refused) {
  // A file sent in long ago may be gone there; it is still here and is sent in anew.
  if (e.problem.field === 'files') for (const f of item.files) Object.assign(f, { key: newKey(), token: undefined })
  await put({ ...item, state: clashes(e) ? 'clash' : 'refused', why: clashes(e) ? '' : sayProblem(e) })
  if (item.matter) await readMatter(item.matter).catch(orKept)
}

async function sendOne(item: Waiting): Promise<Outcome> {
  queue.sending = item.id
  try {
    const answer = await post(item)
    if (item.action !== REPORT) await moveOn(item, Number(answer.rev))
    await drop(item.id)
    if (item.matter) await readMatter(item.matter).catch(orKept)
    return { how: 'sent', answer }
  } catch (e) {
    if (!(e instanceof Refused)) throw e
    if (later(e)) return { how: 'stored', item, error: e }
    await refuse(item, e)
    return { how: clashes(e) ? 'clash' : 'refused', item: queue.items.find(i => i.id === item.id) ?? item, error: e }
  } finally {
    queue.sending = ''
  }
}

/** One page sends at a time, also when the face is open twice. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? (navigator.locks.request('linli-work-queue', work) as Promise<T>) : work()
}

/** A page that was opened without a network does not know yet whose session it has: nothing goes out before, and nothing in somebody else's name. */
async function inMyName() {
  const owner = await fact<{ login: string }>('owner')
  if (!standing.headers['X-CSRF-Token']) await asked(meet)
  return !!session.login && session.login === owner?.login
}

let running: Promise<Map<string, Outcome>> | null = null
async function run() {
  const outcomes = new Map<string, Outcome>()
  const held = new Set<string>()
  await loadQueue()
  if (!queue.items.length || !(await inMyName().catch(orKept))) return outcomes
  for (const { id } of [...queue.items]) {
    const item = queue.items.find(i => i.id === id)
    if (!item || !session.login) continue
    if (item.state !== 'waiting' || (item.matter && held.has(item.matter))) {
      if (item.matter) held.add(item.matter)
      continue
    }
    const out = await sendOne(plainItem(item))
    outcomes.set(id, out)
    if (out.how === 'stored') break
    if (out.how !== 'sent' && item.matter) held.add(item.matter)
    if (out.how === 'sent' && item.action === REPORT) await keepCode(item, out.answer)
  }
  return outcomes
}
const plainItem = (i: Waiting): Waiting => ({ ...plain({ ...i, files: [] }), files: i.files.map(f => ({ ...f })) })

async function keepCode(item: Waiting, answer: Record<string, unknown>) {
  const decided = answer.answered_by as { subject?: { name: Names } | null } | undefined
  const code: Code = { code: String(answer.code), subject: decided?.subject?.name ?? null, at: item.at, id: String(answer.id) }
  await keepFact('codes', [...queue.codes.filter(c => c.id !== code.id), code])
  await loadQueue()
}

/** Sends what waits. Called again while it runs, it runs once more afterwards. */
export async function flush(): Promise<Map<string, Outcome>> {
  if (running) await running.catch(() => undefined)
  running ??= alone(run).finally(() => (running = null))
  return running
}

/** Stores, then tries to send. */
export async function write(w: Written): Promise<Outcome> {
  const id = newKey()
  const files: Attached[] = w.files.map(blob => ({ key: newKey(), blob }))
  const item: Waiting = { ...plain({ ...w, files: [] }), id, key: id, at: Date.now(), files, state: 'waiting', why: '' }
  await put(item)
  const out = (await flush()).get(id)
  return out ?? { how: 'stored', item: queue.items.find(i => i.id === id) ?? item }
}

/** After a clash or a refusal: mine all the same, on what is there now. A new key, for it is a new request. */
export async function again(item: Waiting, rev: number, body = item.body) {
  await put({ ...plainItem(item), body: plain(body), key: newKey(), rev, state: 'waiting', why: '' })
  return (await flush()).get(item.id)
}
export const giveUp = (item: Waiting) => drop(item.id)
/** Written in an open form and refused at once: the form shows why, nothing waits. */
export const takeBack = giveUp

export async function bringIn(items: Waiting[]) {
  const db = await shelf()
  let n = 0
  for (const i of items) {
    if (await db.get('queue', i.id)) continue
    await db.put('queue', i)
    n++
  }
  await loadQueue()
  return n
}
