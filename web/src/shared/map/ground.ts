/* The town's own ground for a map: outlines of grids, no tiles of anybody. */
import { api } from '@/api/client'

export interface Ground {
  approval: string
  /** false: this town has no approval number, and nothing may be drawn for the public */
  drawn: boolean
  bbox: [number, number, number, number] | null
  places: { code: string; parent: string; kind: string; name: string; lat?: number; lon?: number }[]
  grids: GeoJSON.FeatureCollection | null
  things: { code: string; kind: string; place: string; lat?: number; lon?: number }[]
}
export interface Point {
  lat: number
  lon: number
}
const grounds = new Map<string, Promise<Ground>>()

/** Asked once a page: '/api/map' for everybody, '/api/map/desk' for staff. */
export function groundOf(path: '/api/map' | '/api/map/desk'): Promise<Ground> {
  let g = grounds.get(path)
  if (!g) {
    g = (api.get as unknown as (p: string) => Promise<Ground>)(path)
    g.catch(() => grounds.delete(path))
    grounds.set(path, g)
  }
  return g
}
