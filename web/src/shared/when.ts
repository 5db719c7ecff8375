/* Days and hours as people say them, always in China's time, whatever the clock of the device is set to. */
import { language, t } from './words'

const ZONE = 'Asia/Shanghai'
const locale = () => (language.lang === 'zh' ? 'zh-CN' : language.lang === 'ar-XB' ? 'en-GB' : language.lang === 'en' ? 'en-GB' : language.lang)
/* To make a formatter takes a hundred times as long as to use it, and it lies outside the collector's sight: a list that made six for each row spent two thirds of
 * its scrolling on them. Each is made once for a language and a form. */
const made = new Map<string, Intl.DateTimeFormat>()
function format(o: Intl.DateTimeFormatOptions, lang = locale()) {
  const key = lang + JSON.stringify(o)
  let f = made.get(key)
  if (!f) made.set(key, (f = new Intl.DateTimeFormat(lang, { timeZone: ZONE, ...o })))
  return f
}

/** "2026-11-27" in China. */
export function dayOf(at: string | Date) {
  return format({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA').format(typeof at === 'string' ? new Date(at) : at)
}
/** Friday 27 November; the year is said when it is not this one. */
export function sayDay(at: string | Date, now = new Date()) {
  const d = typeof at === 'string' ? new Date(at.length === 10 ? at + 'T12:00:00+08:00' : at) : at
  const other = dayOf(d).slice(0, 4) !== dayOf(now).slice(0, 4)
  return format({ weekday: 'long', day: 'numeric', month: 'long', ...(other ? { year: 'numeric' } : {}) }).format(d)
}
export function sayHour(at: string | Date) {
  return format({ hour: '2-digit', minute: '2-digit', hour12: false }).format(typeof at === 'string' ? new Date(at) : at)
}
/** 27 Nov 14:05 */
export function sayTime(at: string | Date) {
  return format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false }).format(typeof at === 'string' ? new Date(at) : at)
}
/** A due instant that ends a day (…59.999999) is said as the day, another with its hour. */
export function sayDue(at: string) {
  return /T23:59:59/.test(at) ? sayDay(at) : `${sayDay(at)} ${sayHour(at)}`
}
const dayNumber = (at: string | Date) => Math.round(Date.parse(dayOf(at) + 'T00:00:00Z') / 86400000)
/** Days from now until then, by the calendar: 0 is today, negative is past. */
export const daysUntil = (at: string | Date, now = new Date()) => dayNumber(at) - dayNumber(now)

/** "today by 14:00", "tomorrow", "in 3 days, by Friday 27 November", "2 days late". Words: web/lang/LANG/common/when.json. */
export function sayLeft(due: string, now = new Date()) {
  const left = daysUntil(due, now)
  if (new Date(due) < now) return left === 0 ? t('when.late-today', { hour: sayHour(due) }) : t('when.late', { days: -left })
  if (left === 0) return /T23:59:59/.test(due) ? t('when.today') : t('when.today-by', { hour: sayHour(due) })
  if (left === 1) return t('when.tomorrow', { day: sayDue(due) })
  return t('when.in-days', { days: left, day: sayDue(due) })
}
