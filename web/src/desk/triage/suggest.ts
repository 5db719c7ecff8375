/* What a matter that waits could become: for each place and subject it may mean, who would answer by the duty list. Nothing is decided here. */
import { api, type Answer } from '@/api/client'
import { candidateOption, findUnits, named, type Candidate, type Option } from '../names'

export type Matter = Answer<'/api/matters/{id}', 'get'>
export type Why = Answer<'/api/matters/{id}/why', 'get'>
export interface Suggestion {
  key: string
  unit: string
  unitName: string
  subject: { code: string; label: string } | null
  place: Option | null
  due: string | null
  basis: string
  /** the reason that is kept: why this place, or by whom it was found */
  why: string
}

const MOST = 9
const SUBJECTS = 4

async function whoAnswers(subject: string, place: Option | null, grid: string) {
  const at = place && !place.thing ? place.code : place?.thing ? '' : grid
  return await api.get('/api/who-answers', { query: { subject, ...(at ? { place: at } : {}) } as never })
}

export interface Known {
  subject: Option | null
  place: Option | null
}

export async function suggestionsOf(m: Matter, why: Why | null, words: string, known: Known): Promise<{ list: Suggestion[]; places: (Option & { certain: boolean })[] }> {
  const [p, g] = await Promise.all([
    m.grid ? null : api.get('/api/matters/{id}/places', { path: { id: m.id } as never }).catch(() => null),
    words ? api.get('/api/suggest', { query: { words: words.slice(0, 500) } }).catch(() => null) : null,
  ])
  const candidates = ((p as unknown as { candidates?: Candidate[] } | null)?.candidates ?? [])
  const places = candidates.map(candidateOption)
  // A thing stands at its place: who answers is asked there.
  const at = new Map(candidates.filter(c => c.thing && c.place).map(c => [c.thing!.code, c.place!.code]))
  const subjects: { code: string; label: string }[] = []
  const add = (code: string, label: string) => code && !subjects.some(s => s.code === code) && subjects.length < SUBJECTS && subjects.push({ code, label })
  if (known.subject) add(known.subject.code, known.subject.label)
  else {
    if (m.subject) add(m.subject.code, named(m.subject))
    for (const i of g?.items ?? []) if (i.subject) add(i.subject.code, named(i.subject))
  }
  const spots: (Option | null)[] = known.place ? [known.place] : m.grid ? [null] : [...places.slice(0, 4), null]
  const asked = await Promise.all(subjects.flatMap(s => spots.map(async place => {
    try {
      const spot = place?.thing && at.has(place.code) ? { ...place, code: at.get(place.code)!, thing: false } : place
      const d = await whoAnswers(s.code, spot, m.grid?.code ?? '')
      // Where the place is not known the desk would have it again: then it is who it will probably be.
      const unit = d.unit && d.unit.code !== m.unit?.code ? d.unit : d.likely
      if (!unit) return null
      return { key: `${s.code}/${place?.code ?? ''}/${unit.code}`, unit: unit.code, unitName: named(unit), subject: s.code === m.subject?.code ? null : s, place, due: d.due, basis: d.why.lead.basis ?? '', why: place?.note ?? '' } as Suggestion
    } catch {
      return null
    }
  })))
  const list: Suggestion[] = []
  for (const s of asked) if (s && !list.some(x => x.key === s.key)) list.push(s)
  if (!list.length && why?.lead.org && why.lead.org !== m.unit?.code) {
    const u = (await findUnits(why.lead.org))[0]
    list.push({ key: `likely/${why.lead.org}`, unit: why.lead.org, unitName: u?.label ?? why.lead.org, subject: null, place: known.place, due: m.due, basis: why.lead.basis ?? '', why: '' })
  }
  return { list: list.slice(0, MOST), places }
}
