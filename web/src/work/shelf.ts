/* What the phone keeps for who is signed in: their list, open matters with pictures, forms, and what waits to be sent. One database, wiped whole by signing
 * out. Answers of the API are kept here and never in a cache of the browser (standing.cache is no-store), so that the wipe is complete. */
import type { DBSchema, IDBPDatabase } from 'idb'
import type { Answer } from '@/api/client'
import type { components } from '@/api/openapi'
import type { FormField } from '@/shared/form'
import { openShelf, wipeShelf } from '@/shared/store'
import type { Names } from '@/shared/words'

export type Matter = Answer<'/api/matters/{id}', 'get'>
export type ListedMatter = components['schemas']['ListedMatter']
export type Action = components['schemas']['Action']
export type Place = components['schemas']['Explanation']['place']

export interface KeptMatter {
  id: string
  rev: number
  at: number
  matter: Matter
  place: Place | null
}

export interface Attached {
  key: string
  blob: Blob
  token?: string
}

/** One thing written down: a step on a matter or a report. `id` never changes and gives the order; `key` goes to the server as Idempotency-Key. */
export interface Waiting {
  id: string
  key: string
  at: number
  matter: string
  action: string
  subject: Names | null
  name: Names
  rev: number
  body: Record<string, unknown>
  form: FormField[]
  files: Attached[]
  state: 'waiting' | 'clash' | 'refused'
  why: string
}

interface Shelf extends DBSchema {
  facts: { key: string; value: unknown }
  matters: { key: string; value: KeptMatter }
  pictures: { key: string; value: Blob }
  forms: { key: string; value: Action }
  queue: { key: string; value: Waiting }
}
const STORES = ['facts', 'matters', 'pictures', 'forms', 'queue'] as const

let opened: Promise<IDBPDatabase<Shelf>> | null = null

export function shelf() {
  opened ??= openShelf<Shelf>('work', 1, db => {
    db.createObjectStore('facts')
    db.createObjectStore('matters', { keyPath: 'id' })
    db.createObjectStore('pictures')
    db.createObjectStore('forms')
    db.createObjectStore('queue', { keyPath: 'id' })
  })
  return opened
}

export async function fact<T>(key: string): Promise<T | undefined> {
  return (await (await shelf()).get('facts', key)) as T | undefined
}
// Vue's reactive proxies cannot be cloned into a database; what goes in is plain.
export const plain = <T>(what: T): T => JSON.parse(JSON.stringify(what)) as T
export async function keepFact(key: string, value: unknown) {
  await (await shelf()).put('facts', plain(value), key)
}

/** Nothing stays behind: rows first, so that even a page that holds the database open finds it empty. */
export async function wipe() {
  const db = await shelf()
  const tx = db.transaction(STORES, 'readwrite')
  await Promise.all(STORES.map(s => tx.objectStore(s).clear()))
  await tx.done
  db.close()
  opened = null
  await wipeShelf('work')
  if ('caches' in globalThis) for (const name of await caches.keys()) await caches.delete(name)
}
