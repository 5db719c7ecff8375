/* The form of a step as the procedure describes it (`may[].form`): what a face collects becomes the body that is sent, in one way for all three. */
import type { components } from '@/api/openapi'

export type FormField = components['schemas']['FormField']
/** By the name of the field. Files are tokens of what was uploaded; a face that uploads at the end adds them itself. */
export type Values = Record<string, string | number | boolean | string[]>

/** "2026-11-24T09:05:30" in China's time, as an input of that type wants it; with seconds, or what was just done would lie before what it follows. */
export const chinaLocal = (at = new Date()) => new Date(at.getTime() + 8 * 3600000).toISOString().slice(0, 19)
/** The way back: what such an input gives, as an instant. */
export const inChina = (local: string) => (local ? `${local.length === 16 ? local + ':00' : local}+08:00` : '')

/** A required time that nobody touched is the moment of sending it off. */
export const isNow = (f: FormField) => f.type === 'instant' && f.name === 'time' && f.required

/** What was not filled in is left out. */
export function bodyOf(form: FormField[], values: Values, now = new Date()): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const f of form) {
    const v = values[f.name]
    if (Array.isArray(v)) {
      if (v.length) body[f.name] = v
    } else if (v === undefined || String(v).trim() === '') {
      if (isNow(f)) body[f.name] = now.toISOString()
    } else if (f.type === 'instant') body[f.name] = inChina(String(v))
    else if (f.type === 'int') body[f.name] = Number(v)
    else if (f.type === 'bool') body[f.name] = v === true || v === 'true'
    else body[f.name] = typeof v === 'string' ? v.trim() : v
  }
  return body
}
