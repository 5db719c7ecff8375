import { api, type Answer } from '@/api/client'
import { has, t } from '@/shared/words'
import { dayOf } from '@/shared/when'

export type Roster = Answer<'/api/roster', 'get'>
export type Shift = Roster['shifts'][number]
export const shiftName = (s: string) => (has(`duty.shift-${s}`) ? t(`duty.shift-${s}`) : s)
export const readRoster = (day: string, days: number) => api.get('/api/roster', { query: { day, days } })
export const today = () => dayOf(new Date())
export const plusDays = (day: string, n: number) => new Date(Date.parse(day + 'T00:00:00Z') + n * 86400000).toISOString().slice(0, 10)
/** Everybody who stands in the roster of these days: whom one may ask. */
export function peopleOf(shifts: Shift[]) {
  const all = new Map<string, string>()
  for (const s of shifts) for (const p of [s.leader, ...s.officers]) if (p) all.set(p.login, p.name)
  return [...all].map(([login, name]) => ({ login, name }))
}
