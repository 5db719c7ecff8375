/* What a form of the procedure is filled with, and whether it may be sent. The server judges once more; here it is said before the phone is put away. */
import { chinaLocal, isNow, type FormField, type Values } from '@/shared/form'
import { inLanguage, t } from '@/shared/words'

/** To the minute, as a phone's picker shows it. */
export const chinaMinute = (at = new Date()) => chinaLocal(at).slice(0, 16)

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
