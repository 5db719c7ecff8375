/* A step's form, as the server describes it: what it begins with, and what is sent. What is typed lives here, so that a reload, a conflict or a look at another
 * matter loses nothing; it is gone when the step is done or the page is closed. */
import { reactive } from 'vue'
import type { Answer } from '@/api/client'

export type Matter = Answer<'/api/matters/{id}', 'get'>
export type Action = Matter['may'][number]
export type Field = Action['form'][number]
export type Step = Matter['story'][number]
export type Values = Record<string, string | boolean | string[]>

const drafts = reactive(new Map<string, Values>())

const pad = (n: number) => String(n).padStart(2, '0')
/** Now in China, as a datetime-local input wants it; with seconds, or what was just done would lie before what it follows. */
export function nowInChina(now = new Date()) {
  const c = new Date(now.getTime() + 8 * 3600000)
  return `${c.getUTCFullYear()}-${pad(c.getUTCMonth() + 1)}-${pad(c.getUTCDate())}T${pad(c.getUTCHours())}:${pad(c.getUTCMinutes())}:${pad(c.getUTCSeconds())}`
}
export const inChina = (local: string) => (local ? `${local.length === 16 ? local + ':00' : local}+08:00` : '')

export function begin(key: string, form: Field[]): Values {
  const had = drafts.get(key)
  if (had) return had
  const v: Values = reactive({})
  for (const f of form) v[f.name] = f.type === 'files' ? [] : f.type === 'bool' ? false : f.type === 'instant' && f.name === 'time' ? nowInChina() : ''
  drafts.set(key, v)
  return drafts.get(key)!
}
/** What If-Match says: the revision as its ETag. */
export const etag = (rev: number) => `"r${rev}"`
export const forget = (key: string) => drafts.delete(key)

export function bodyOf(form: Field[], values: Values) {
  const body: Record<string, unknown> = {}
  for (const f of form) {
    const v = values[f.name]
    if (f.type === 'bool') {
      if (v === true || f.required) body[f.name] = v === true
    } else if (f.type === 'files') {
      if ((v as string[]).length) body[f.name] = v
    } else {
      // An input of numbers gives a number, whatever the type says.
      const s = String(v ?? '').trim()
      if (s) body[f.name] = f.type === 'int' ? Number(s) : f.type === 'instant' ? inChina(s) : s
    }
  }
  return body
}
