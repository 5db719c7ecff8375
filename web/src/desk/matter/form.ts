/* A step's form, as the server describes it: what it begins with, and what is sent. What is typed lives here, so that a reload, a conflict or a look at another
 * matter loses nothing; it is gone when the step is done or the page is closed. */
import { reactive } from 'vue'
import type { Answer } from '@/api/client'
import { chinaLocal, isNow, type FormField, type Values } from '@/shared/form'

export type Matter = Answer<'/api/matters/{id}', 'get'>
export type Action = Matter['may'][number]
export type Step = Matter['story'][number]

const drafts = reactive(new Map<string, Values>())

export function begin(key: string, form: FormField[]): Values {
  const had = drafts.get(key)
  if (had) return had
  const v: Values = reactive({})
  for (const f of form) v[f.name] = f.type === 'files' ? [] : f.type === 'bool' ? (f.required ? false : '') : isNow(f) ? chinaLocal() : ''
  drafts.set(key, v)
  return drafts.get(key)!
}
/** What If-Match says: the revision as its ETag. */
export const etag = (rev: number) => `"r${rev}"`
export const forget = (key: string) => drafts.delete(key)
