/* The one way to the server. Every call is typed by the OpenAPI document (openapi.ts); every refusal is a Problem with a sentence for people. */
import type { paths } from './openapi'

/** RFC 9457, as the server writes it: `detail` is in the reader's language and says what to do. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  field?: string
  retry: boolean
}

/** status 0: the server was not reached at all. */
export class Refused extends Error {
  constructor(public problem: Problem, public retryAfter = 0) {
    super(problem.detail)
  }
  get offline() {
    return this.problem.status === 0
  }
  /** Only when the server has decided may the next try be another request: without an answer, or with one that says "ask again", the same key asks for the
   * same thing, or what was done might be done twice. */
  get decided() {
    return !this.offline && !this.problem.retry && this.problem.status < 500
  }
  is(name: string) {
    return this.problem.type === `urn:linli:problem:${name}`
  }
}

type Method = 'get' | 'post' | 'delete' | 'put' | 'patch'
type PathsWith<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, unknown> ? (paths[P][M] extends undefined ? never : P) : never }[keyof paths]
type Op<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never
type Json<T> = T extends { content: infer C } ? C[keyof C] : unknown
type Good<O> = O extends { responses: infer R } ? Json<R[keyof R & (200 | 201 | 202)]> : unknown
type QueryOf<O> = O extends { parameters: { query?: infer Q } } ? Q : never
type PathOf<O> = O extends { parameters: { path: infer V } } ? V : never
type BodyOf<O> = O extends { requestBody?: infer B } ? (NonNullable<B> extends { content: infer C } ? C[keyof C] : never) : never

export type Answer<P extends keyof paths, M extends Method> = Good<Op<P, M>>
export type Body<P extends keyof paths, M extends Method> = BodyOf<Op<P, M>>

export interface Ask<O> {
  query?: QueryOf<O>
  path?: PathOf<O>
  body?: BodyOf<O> | Record<string, unknown>
  /** Idempotency-Key: the same key does the same thing once. */
  key?: string
  /** the revision that was read: 412 when somebody was faster */
  rev?: string
  signal?: AbortSignal
  headers?: Record<string, string>
}

/** "/t/TOWN" when the address of the page names a town, else "". */
export const prefix = /^\/t\/[^/]+/.exec(globalThis.location?.pathname ?? '')?.[0] ?? ''

/** What goes with every request; a face sets it (the code of a tracked matter, the CSRF token of a session; no-store where a phone is handed on). */
export const standing = { lang: 'zh', headers: {} as Record<string, string>, cache: 'default' as RequestCache }

/** A face may hear of a session that ended (401). */
export const hear = { signedOut: null as null | (() => void) }

function address(path: string, ask: { query?: unknown; path?: unknown }) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String((ask.path as Record<string, unknown>)?.[name] ?? '')))
  const query = new URLSearchParams()
  for (const [k, v] of Object.entries((ask.query ?? {}) as Record<string, unknown>)) if (v !== undefined && v !== null && v !== '') query.set(k, String(v))
  const tail = query.toString()
  return prefix + filled + (tail ? '?' + tail : '')
}

export const unreached: Problem = { type: 'urn:linli:problem:unreached', title: '', status: 0, detail: '', retry: true }

async function problemOf(r: Response): Promise<Problem> {
  try {
    const p = (await r.json()) as Problem
    if (typeof p.detail === 'string') return p
  } catch {
    /* no problem document: a proxy's own page */
  }
  return { type: 'about:blank', title: r.statusText, status: r.status, detail: `${r.status} ${r.statusText}`, retry: r.status >= 500 }
}

/** fetch with the house's headers; throws Refused. `body` may be bytes (an upload). */
export async function raw(method: string, url: string, init: { body?: BodyInit; headers?: Record<string, string>; signal?: AbortSignal } = {}) {
  let r: Response
  try {
    r = await fetch(url, {
      method,
      body: init.body ?? null,
      headers: { 'Accept-Language': standing.lang, ...standing.headers, ...init.headers },
      credentials: 'same-origin',
      redirect: 'error',
      cache: standing.cache,
      ...(init.signal ? { signal: init.signal } : {}),
    })
  } catch (e) {
    if (init.signal?.aborted) throw e
    throw new Refused(unreached)
  }
  if (r.ok) return r
  const p = await problemOf(r)
  if (r.status === 401) hear.signedOut?.()
  throw new Refused(p, Number(r.headers.get('Retry-After') ?? 0))
}

async function call<O>(method: string, path: string, ask: Ask<O> = {}) {
  const headers: Record<string, string> = { ...ask.headers }
  if (ask.body !== undefined) headers['Content-Type'] = 'application/json'
  if (ask.key) headers['Idempotency-Key'] = ask.key
  if (ask.rev) headers['If-Match'] = ask.rev
  const r = await raw(method, address(path, ask), { headers, ...(ask.body !== undefined ? { body: JSON.stringify(ask.body) } : {}), ...(ask.signal ? { signal: ask.signal } : {}) })
  return r
}

async function json(r: Response) {
  return r.status === 204 ? undefined : await r.json()
}

export const api = {
  async get<P extends PathsWith<'get'>>(path: P, ask: Ask<Op<P, 'get'>> = {}): Promise<Answer<P, 'get'>> {
    return (await json(await call('GET', path, ask))) as Answer<P, 'get'>
  },
  /** The answer with its revision ("r12" in quotes), to send back as `rev`. */
  async read<P extends PathsWith<'get'>>(path: P, ask: Ask<Op<P, 'get'>> = {}): Promise<{ rev: string; answer: Answer<P, 'get'> }> {
    const r = await call('GET', path, ask)
    return { rev: r.headers.get('ETag') ?? '', answer: (await json(r)) as Answer<P, 'get'> }
  },
  async post<P extends PathsWith<'post'>>(path: P, ask: Ask<Op<P, 'post'>> = {}): Promise<Answer<P, 'post'>> {
    return (await json(await call('POST', path, ask))) as Answer<P, 'post'>
  },
  async put<P extends PathsWith<'put'>>(path: P, ask: Ask<Op<P, 'put'>> = {}): Promise<Answer<P, 'put'>> {
    return (await json(await call('PUT', path, ask))) as Answer<P, 'put'>
  },
  async del<P extends PathsWith<'delete'>>(path: P, ask: Ask<Op<P, 'delete'>> = {}): Promise<Answer<P, 'delete'>> {
    return (await json(await call('DELETE', path, ask))) as Answer<P, 'delete'>
  },
  /** One file; the token that the answer gives is named when a matter is opened or a step is done. */
  async upload(file: Blob, key: string, headers: Record<string, string> = {}) {
    const r = await raw('POST', prefix + '/api/files', { body: file, headers: { 'Content-Type': file.type || 'application/octet-stream', 'Idempotency-Key': key, ...headers } })
    return (await r.json()) as Answer<'/api/files', 'post'>
  },
}

/** A UUIDv7: 48 bits of time, so that keys sort by when they were made. */
export function newKey(now = Date.now()) {
  const b = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) b[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 255
  b[6] = (b[6]! & 15) | 0x70
  b[8] = (b[8]! & 63) | 0x80
  const h = [...b].map(x => x.toString(16).padStart(2, '0')).join('')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`
}
