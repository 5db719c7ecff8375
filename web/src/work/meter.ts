/* How many fields I typed today: for me alone. It stays on this phone, is sent nowhere, begins anew each day and goes when I sign out. */
import { reactive } from 'vue'
import { dayOf } from '@/shared/when'
import { kept } from '@/shared/words'

const KEY = 'linli.work.meter'
export const meter = reactive({ day: '', fields: 0, forms: 0 })

export function loadMeter() {
  const now = dayOf(new Date())
  const [day, fields, forms] = kept(KEY).split(' ')
  Object.assign(meter, day === now ? { day, fields: Number(fields), forms: Number(forms) } : { day: now, fields: 0, forms: 0 })
}
export function typed(fields: number) {
  loadMeter()
  meter.fields += fields
  meter.forms += 1
  try {
    localStorage.setItem(KEY, `${meter.day} ${meter.fields} ${meter.forms}`)
  } catch {
    /* counted until the page is closed */
  }
}
export function forgetMeter() {
  localStorage.removeItem(KEY)
  Object.assign(meter, { day: '', fields: 0, forms: 0 })
}
