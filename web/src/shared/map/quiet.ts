/* A quiet look for vector tiles, so that what the town draws stands out. It knows the layers of OpenMapTiles and of Protomaps; what a tile does not have is not drawn. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'

const kind: ExpressionSpecification = ['coalesce', ['get', 'kind'], ['get', 'class'], '']
const among = (...names: string[]): ExpressionSpecification => ['in', kind, ['literal', names]]
const polygon: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon']
const line: ExpressionSpecification = ['==', ['geometry-type'], 'LineString']
const width = (at10: number, at14: number, at18: number): ExpressionSpecification => ['interpolate', ['exponential', 1.5], ['zoom'], 10, at10, 14, at14, 18, at18]

const GREEN = ['park', 'forest', 'wood', 'grass', 'grassland', 'garden', 'nature_reserve', 'meadow', 'cemetery', 'scrub', 'farmland', 'recreation_ground', 'golf_course', 'village_green']
const MAIN = ['highway', 'motorway', 'trunk', 'primary', 'major_road', 'secondary', 'tertiary', 'medium_road']
const SMALL = ['minor_road', 'minor', 'service', 'street', 'other', 'busway']
const PATH = ['path', 'pedestrian', 'track']

const area = (id: string, layer: string, color: string, filter: ExpressionSpecification, minzoom = 0): LayerSpecification => ({ id, type: 'fill', source: 'base', 'source-layer': layer, filter, minzoom, paint: { 'fill-color': color } })
const way = (id: string, layer: string, color: string, filter: ExpressionSpecification, w: ExpressionSpecification, minzoom = 0): LayerSpecification => ({ id, type: 'line', source: 'base', 'source-layer': layer, filter, minzoom, layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': color, 'line-width': w } })

function label(id: string, layer: string, lang: string, size: ExpressionSpecification | number, filter: ExpressionSpecification, along: boolean, minzoom: number): LayerSpecification {
  const name: ExpressionSpecification = lang === 'zh' ? ['coalesce', ['get', 'name:zh'], ['get', 'name:zh-Hans'], ['get', 'name'], ''] : ['coalesce', ['get', 'name:en'], ['get', 'name_en'], ['get', 'name'], '']
  return {
    id, type: 'symbol', source: 'base', 'source-layer': layer, filter, minzoom,
    layout: { 'text-field': name, 'text-size': size, 'text-font': ['local'], 'text-padding': 6, ...(along ? { 'symbol-placement': 'line', 'symbol-spacing': 350 } : { 'text-max-width': 8 }) },
    paint: { 'text-color': '#4a535b', 'text-halo-color': '#ffffff', 'text-halo-width': 1.4 },
  }
}

export function quiet(lang: string): LayerSpecification[] {
  const roads = (layer: string, id: string): LayerSpecification[] => [
    way(`base-${id}-path`, layer, '#d9d4c8', among(...PATH), width(0.4, 0.8, 3), 14),
    way(`base-${id}-small-edge`, layer, '#cfd3d0', among(...SMALL), width(0.5, 2.6, 13), 12),
    way(`base-${id}-main-edge`, layer, '#bfc4c0', among(...MAIN), width(1.6, 5.6, 21), 7),
    way(`base-${id}-small`, layer, '#ffffff', among(...SMALL), width(0.3, 1.6, 11), 12),
    way(`base-${id}-main`, layer, '#fffdf3', among(...MAIN), width(1, 4.2, 18), 7),
    way(`base-${id}-rail`, layer, '#a9a9b0', among('rail', 'transit'), width(0.4, 0.9, 2), 10),
  ]
  return [
    area('base-cover', 'landcover', '#dcead4', ['all', polygon, among(...GREEN)]),
    area('base-use', 'landuse', '#dcead4', ['all', polygon, among(...GREEN)]),
    area('base-park', 'park', '#dcead4', polygon),
    area('base-water', 'water', '#bdd7e7', polygon),
    way('base-river', 'waterway', '#bdd7e7', line, width(0.5, 1.6, 6), 8),
    way('base-stream', 'water', '#bdd7e7', line, width(0.5, 1.6, 6), 8),
    way('base-physical', 'physical_line', '#bdd7e7', line, width(0.5, 1.6, 6), 8),
    area('base-building', 'building', '#dedad2', polygon, 14),
    area('base-buildings', 'buildings', '#dedad2', ['all', polygon, ['!=', kind, 'address']], 14),
    ...roads('transportation', 'ways'),
    ...roads('roads', 'roads'),
    label('base-way-names', 'transportation_name', lang, 11, line, true, 13),
    label('base-road-names', 'roads', lang, 11, ['all', line, ['has', 'name']], true, 13),
    label('base-place', 'place', lang, ['interpolate', ['linear'], ['zoom'], 9, 11, 15, 14], ['!', among('country', 'state', 'continent')], false, 6),
    label('base-places', 'places', lang, ['interpolate', ['linear'], ['zoom'], 9, 11, 15, 14], among('locality', 'neighbourhood', 'macrohood', 'city', 'town', 'village', 'suburb'), false, 6),
  ]
}
