/* What a resident writes lies on the device until it is sent: words, place, photos. It survives a closed browser and no network. Sending is retried with the
 * same key and the same body, so that an answer that was lost on its way opens nothing twice. */
import { reactive } from 'vue'
import type { DBSchema, IDBPDatabase } from 'idb'
import { api, newKey, Refused, type Body } from '@/api/client'
import { sendAttachments, type Attachment } from '@/shared/attachment'
import { placeBody, type Place } from '@/shared/place'
import { sayProblem } from '@/shared/problem'
import { openShelf } from '@/shared/store'

export interface Contact {
  name: string
  phone: string
  mail: string
  notify_by: '' | 'sms' | 'mail' | 'none'
  discreet: boolean
  safe_contact: string
}
export interface Draft {
  id: string
  /** writing: not handed over; waiting: to be sent as soon as it can be; sent: the server has it */
  state: 'writing' | 'waiting' | 'sent'
  step: string
  touched: number
  words: string
  subject: string
  subjectName: string
  place: Place
  files: Attachment[]
  contact: Contact
  different: boolean
  /** the public matter that they join instead of opening one, and whether what they wrote goes along */
  join?: { id: string; words: boolean } | null
  /** what was sent, and under which key: the same again until there is an answer */
  key: string
  body: Record<string, unknown> | null
  refused: string
  receipt: { id: string; code: string; due: string | null; joined?: boolean } | null
}

interface Shelf extends DBSchema {
  drafts: { key: string; value: Draft }
}

export const drafts = reactive({ all: [] as Draft[], known: false, kept: true })
export const sending = reactive({ id: '', share: 0 })

let shelf: Promise<IDBPDatabase<Shelf>> | null = null
const open = () => (shelf ??= openShelf<Shelf>('residents', 1, db => void db.createObjectStore('drafts', { keyPath: 'id' })))

/* A reactive object cannot be cloned into the store; bytes and words can. */
const plain = (d: Draft): Draft => ({ ...d, place: { ...d.place }, files: d.files.map(f => ({ ...f })), contact: { ...d.contact }, join: d.join ? { ...d.join } : null, body: d.body && JSON.parse(JSON.stringify(d.body)), receipt: d.receipt && { ...d.receipt } })

export async function keepDraft(d: Draft) {
  d.touched = Date.now()
  if (!drafts.all.some(x => x.id === d.id)) drafts.all.unshift(d)
  try {
    await (await open()).put('drafts', plain(d))
  } catch {
    drafts.kept = false // a browser that keeps nothing: the page says so
  }
}
export async function dropDraft(id: string) {
  drafts.all = drafts.all.filter(d => d.id !== id)
  try {
    await (await open()).delete('drafts', id)
  } catch {
    drafts.kept = false
  }
}

let read: Promise<void> | null = null
export const readDrafts = () =>
  (read ??= (async () => {
    try {
      const rows = await (await open()).getAll('drafts')
      drafts.all = rows.sort((a, b) => b.touched - a.touched)
    } catch {
      drafts.kept = false
    }
    drafts.known = true
  })())

export function newDraft(): Draft {
  return reactive<Draft>({
    id: newKey(), state: 'writing', step: 'what', touched: Date.now(), words: '', subject: '', subjectName: '', place: {}, files: [],
    contact: { name: '', phone: '', mail: '', notify_by: '', discreet: false, safe_contact: '' }, different: false, join: null, key: newKey(), body: null, refused: '', receipt: null,
  })
}
export const written = (d: Draft) => d.words.trim() !== '' || d.files.length > 0

/** What the server is asked before sending, and the body without files. */
export function bodyOf(d: Draft): Body<'/api/preview', 'post'> {
  const c = d.contact
  return {
    words: d.words.trim(),
    ...(d.subject ? { subject: d.subject } : {}),
    ...placeBody(d.place),
    ...(d.different ? { different: true } : {}),
    ...(c.name.trim() ? { name: c.name.trim() } : {}),
    ...(c.phone.trim() ? { phone: c.phone.trim() } : {}),
    ...(c.mail.trim() ? { mail: c.mail.trim() } : {}),
    ...(c.notify_by ? { notify_by: c.notify_by } : {}),
    ...(c.discreet ? { discreet: true } : {}),
    ...(c.safe_contact.trim() ? { safe_contact: c.safe_contact.trim() } : {}),
  }
}

/** What goes along when they join a public matter: it has its subject already. */
function voiceOf(d: Draft): Body<'/api/public/matters/{id}/join', 'post'> {
  const { words, lat, lon, accuracy, place, thing, said, name, phone, mail, notify_by, discreet, safe_contact } = bodyOf(d)
  return { ...(d.join?.words ? { words } : {}), lat, lon, accuracy, place, thing, said, name, phone, mail, notify_by, discreet, safe_contact }
}

/** Hands it over: from now on it goes by itself as soon as there is a network. */
export async function handOver(d: Draft) {
  d.state = 'waiting'
  d.refused = ''
  await keepDraft(d)
  await send(d)
}

async function attempt(d: Draft) {
  const tokens = await sendAttachments(d.files, share => (sending.share = share), () => keepDraft(d))
  if (!d.body) {
    d.body = JSON.parse(JSON.stringify({ ...(d.join ? voiceOf(d) : bodyOf(d)), ...(tokens.length ? { files: tokens } : {}) }))
    await keepDraft(d)
  }
  const body = d.body!
  if (d.join) {
    const { id, code, due, joined } = await api.post('/api/public/matters/{id}/join', { path: { id: d.join.id }, body, key: d.key })
    d.receipt = { id, code, due, joined }
  } else {
    const { id, code, due } = await api.post('/api/matters', { body, key: d.key })
    d.receipt = { id, code, due }
  }
  d.state = 'sent'
  // What was written is the server's now; only the code stays here, until it is taken off.
  Object.assign(d, { words: '', subject: '', place: {}, files: [], join: null, body: null, contact: { ...newDraft().contact, discreet: d.contact.discreet } })
  await keepDraft(d)
}

/** One try. What the server refuses goes back to be changed, under a new key: nothing was opened. What did not reach it waits. */
export async function send(d: Draft): Promise<void> {
  if (sending.id || d.state !== 'waiting') return
  sending.id = d.id
  sending.share = 0
  try {
    await attempt(d)
  } catch (e) {
    if (e instanceof Refused && !e.decided) {
      d.refused = e.offline ? '' : sayProblem(e)
      await keepDraft(d)
      return
    }
    d.state = 'writing'
    d.body = null
    if ([404, 409].includes(e instanceof Refused ? e.problem.status : 0)) d.join = null // taken back or answered meanwhile: what they wrote is still theirs to send
    d.key = newKey()
    d.files.forEach(f => {
      if (f.token) {
        delete f.token
        f.id = newKey()
      }
    })
    d.refused = sayProblem(e)
    await keepDraft(d)
  } finally {
    sending.id = ''
  }
}

/** Every one that waits, when the network comes back, when the page opens, and every half minute while it is open. */
export async function sendWaiting() {
  await readDrafts()
  for (const d of drafts.all.filter(x => x.state === 'waiting')) await send(d)
}
export function beginSending() {
  addEventListener('online', () => void sendWaiting())
  setInterval(() => navigator.onLine && void sendWaiting(), 30000)
  void sendWaiting()
}
