/* What a form of the procedure is filled with, and whether it may be sent. The server judges once more; here it is said before the phone is put away. */
import { inLanguage, t } from '@/shared/words'
import type { FormField } from './shelf'

export type Values = Record<string, string | number | boolean>

/** "2026-11-24T09:05" in China's time, as an input of that type wants it. */
export function chinaMinute(at = new Date()) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(at).replace(' ', 'T')
}
const instant = (minute: string) => `${minute}:00+08:00`
export const isNow = (f: FormField) => f.type === 'instant' && f.name === 'time' && f.required

/** What goes into the body: empty fields are left out; a time nobody touched is the moment of sending it off. */
export function bodyOf(form: FormField[], values: Values): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const f of form) {
    const v = values[f.name]
    if (f.type === 'files') continue
    if (v === undefined || v === '') {
      if (isNow(f)) body[f.name] = new Date().toISOString()
    } else if (f.type === 'instant') body[f.name] = instant(String(v))
    else if (f.type === 'int') body[f.name] = Number(v)
    else if (f.type === 'bool') body[f.name] = v === true || v === 'true'
    else body[f.name] = typeof v === 'string' ? v.trim() : v
  }
  return body
}

/** The way back, for somebody who changes what they wrote. */
export function valuesOf(form: FormField[], body: Record<string, unknown>): Values {
  const values: Values = {}
  for (const f of form) {
    const v = body[f.name]
    if (v === undefined || f.type === 'files') continue
    values[f.name] = f.type === 'instant' ? chinaMinute(new Date(String(v))) : (v as string | number | boolean)
  }
  return values
}

export interface Wrong {
  field: string
  text: string
}
export function firstWrong(form: FormField[], values: Values, files: number): Wrong | null {
  for (const f of form) {
    const label = inLanguage(f.label)
    const v = values[f.name]
    const empty = f.type === 'files' ? !files : v === undefined || String(v).trim() === ''
    if (empty && f.required && !isNow(f)) return { field: f.name, text: t('act.missing', { label }) }
    if (!empty && f.type === 'text' && f.min && [...String(v).trim()].length < f.min) return { field: f.name, text: t('act.short', { label, n: f.min }) }
  }
  return null
}

/** How many of them were typed, and not tapped or already there. */
export const typedFields = (form: FormField[], values: Values, before: Values) =>
  form.filter(f => (f.type === 'text' || f.type === 'int') && values[f.name] !== undefined && values[f.name] !== '' && values[f.name] !== before[f.name]).length

/** A body in words, field by field, for somebody who has to choose between two. */
export function inWords(form: FormField[], body: Record<string, unknown>): { label: string; text: string }[] {
  return form
    .filter(f => body[f.name] !== undefined && f.type !== 'files')
    .map(f => {
      const v = body[f.name]
      const choice = f.choices?.find(c => c.code === v)
      const text = choice ? inLanguage(choice.name) : typeof v === 'boolean' ? t(v ? 'act.yes' : 'act.no') : f.type === 'instant' ? chinaMinute(new Date(String(v))).replace('T', ' ') : String(v)
      return { label: inLanguage(f.label), text }
    })
}
