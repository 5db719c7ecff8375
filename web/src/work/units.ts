/* Names of the town's units, kept so that one is chosen by name without a network too. */
import { reactive } from 'vue'
import { api, Refused } from '@/api/client'
import { asked } from './net'
import { fact, keepFact } from './shelf'

interface Unit {
  code: string
  name: string
}
export const units = reactive({ list: [] as Unit[] })

export async function loadUnits() {
  units.list = (await fact<Unit[]>('units')) ?? []
  try {
    const { items } = await asked(() => api.get('/api/units'))
    units.list = items.map(u => ({ code: u.code, name: u.name }))
    await keepFact('units', units.list)
  } catch (e) {
    if (!(e instanceof Refused)) throw e
  }
}
