/* A place as a reporter says it: a position, a place of the lists, a public thing, or words. */
import type { Body } from '@/api/client'

export interface Place {
  lat?: number
  lon?: number
  accuracy?: number
  place?: string
  thing?: string
  said?: string
  /** how it is shown again; never sent */
  label?: string
}
export const knownPlace = (p: Place) => p.lat !== undefined || !!p.place || !!p.thing || !!p.said?.trim()

type Sent = Pick<Body<'/api/preview', 'post'>, 'lat' | 'lon' | 'accuracy' | 'place' | 'thing' | 'said'>
/** What of it goes to the server. */
export function placeBody(p: Place): Sent {
  const b: Sent = {}
  if (p.lat !== undefined && p.lon !== undefined) Object.assign(b, { lat: p.lat, lon: p.lon, ...(p.accuracy ? { accuracy: Math.round(p.accuracy) } : {}) })
  if (p.place) b.place = p.place
  if (p.thing) b.thing = p.thing
  if (p.said?.trim()) b.said = p.said.trim()
  return b
}
