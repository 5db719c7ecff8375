/* The catalogues that forms choose from: subjects and units. Asked once, and again when the reader's language has changed nothing of them. */
import { ref, shallowRef } from 'vue'
import { api, type Answer } from '@/api/client'
import { inLanguage, type Names } from '@/shared/words'

export type Subject = Answer<'/api/subjects', 'get'>['items'][number]
export type Unit = Answer<'/api/units', 'get'>['items'][number]
export interface Option {
  code: string
  label: string
  note?: string
  thing?: boolean
}

export const subjects = shallowRef<Subject[]>([])
export const units = shallowRef<Unit[]>([])
const asked = ref(false)

export async function catalogues() {
  if (asked.value) return
  asked.value = true
  try {
    const [s, u] = await Promise.all([api.get('/api/subjects'), api.get('/api/units')])
    subjects.value = s.items
    units.value = u.items
  } catch (e) {
    asked.value = false
    throw e
  }
}

export const named = (n: { code: string; name: Names } | null | undefined) => (n ? inLanguage(n.name) || n.code : '')
export const unitName = (code: string) => units.value.find(u => u.code === code)?.name ?? code
export function subjectName(code: string) {
  const s = subjects.value.find(x => x.code === code)
  return s ? inLanguage(s.name) : code
}

const fits = (q: string, ...of: (string | null | undefined)[]) => {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  return words.every(w => of.some(o => o?.toLowerCase().includes(w)))
}

const MOST = 12

export async function findSubjects(q: string): Promise<Option[]> {
  await catalogues()
  const way = (code: string): string => {
    const s = subjects.value.find(x => x.code === code)
    return s?.parent ? `${way(s.parent)}${subjectName(s.parent)} › ` : ''
  }
  return subjects.value
    .filter(s => fits(q, s.code, s.name.zh, s.name.en))
    .sort((a, b) => Number(b.leaf) - Number(a.leaf))
    .slice(0, MOST)
    .map(s => ({ code: s.code, label: inLanguage(s.name), note: way(s.code).replace(/ › $/, '') }))
}

export async function findUnits(q: string): Promise<Option[]> {
  await catalogues()
  return units.value.filter(u => fits(q, u.code, u.name)).slice(0, MOST).map(u => ({ code: u.code, label: u.name, note: u.code }))
}

/** Places as people say them, each with the reason why it may be meant. */
export async function findPlaces(q: string, signal?: AbortSignal): Promise<(Option & { certain: boolean })[]> {
  if (!q.trim()) return []
  const r = (await api.get('/api/places/find', { query: { said: q }, ...(signal ? { signal } : {}) })) as unknown as { candidates: Candidate[] }
  return r.candidates.map(candidateOption)
}

export interface Candidate {
  how: string
  how_name: { zh: string; en: string }
  certain: boolean
  words: string
  percent: number
  place: { code: string; kind: string; name: string; within: string[] } | null
  thing: { code: string; kind: string; keeper?: unknown; place?: unknown } | null
}
export function candidateOption(c: Candidate): Option & { certain: boolean } {
  const within = c.place?.within?.join(' · ') ?? ''
  return {
    code: c.thing ? c.thing.code : (c.place?.code ?? ''),
    label: c.thing ? `${c.thing.code}${c.place ? ' · ' + c.place.name : ''}` : (c.place?.name ?? ''),
    note: [inLanguage(c.how_name), c.percent < 100 ? `${c.percent}%` : '', within].filter(Boolean).join(' · '),
    thing: !!c.thing,
    certain: c.certain,
  }
}

/** "staff:chuli03" as people know them. */
export const loginOf = (actor: string) => actor.replace(/^staff:/, '')
