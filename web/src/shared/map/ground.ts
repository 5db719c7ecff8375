/* The town's own ground for a map: outlines of grids, and the base map under them where the server has one. */
import { api, type Answer } from '@/api/client'

export type Base = NonNullable<Answer<'/api/map', 'get'>['base']>
export interface Ground {
  approval: string
  /** false: this town has no approval number, and nothing may be drawn for the public */
  drawn: boolean
  bbox: [number, number, number, number] | null
  places: { code: string; parent: string; kind: string; name: string; lat?: number; lon?: number }[]
  grids: GeoJSON.FeatureCollection | null
  things: { code: string; kind: string; place: string; lat?: number; lon?: number }[]
  base: Base | null
  /** where it was asked for: its base map stands below that address */
  from: '/api/map' | '/api/map/desk'
}
export interface Point {
  lat: number
  lon: number
}
const grounds = new Map<string, Promise<Ground>>()

/** Asked once a page: '/api/map' for everybody, '/api/map/desk' for staff. */
export function groundOf(path: Ground['from']): Promise<Ground> {
  let g = grounds.get(path)
  if (!g) {
    g = (api.get as unknown as (p: string) => Promise<Ground>)(path).then(a => ({ ...a, from: path }))
    g.catch(() => grounds.delete(path))
    grounds.set(path, g)
  }
  return g
}
