/* The base map, under what the town draws itself: a PMTiles file of our own server, read in ranges, or tiles that it fetches in our stead. No request goes to
 * anybody else. Three states are told to the page: none, shown, and out of reach. */
import maplibregl, { type LayerSpecification, type Map as LibreMap } from 'maplibre-gl'
import { prefix, standing } from '@/api/client'
import type { Base, Ground } from './ground'

const VECTOR = 1
const address = (g: Ground) => location.origin + prefix + g.from + '/base/'

/* Words of a file are words: whatever else stands in them is left out, for MapLibre writes attributions as HTML. */
export function plainWords(said: unknown): string {
  const text = typeof said === 'string' ? (new DOMParser().parseFromString(said, 'text/html').body.textContent ?? '') : ''
  return text.replace(/[<>&"]/g, '').trim().slice(0, 200)
}
export function wordsOf(b: Pick<Base, 'attribution' | 'approval'>, own = ''): string {
  return [plainWords(b.attribution) || own, plainWords(b.approval)].filter(Boolean).join(' ')
}

async function file(map: LibreMap, g: Ground, b: Base): Promise<LayerSpecification[]> {
  const { PMTiles, Protocol } = await import('pmtiles')
  const url = address(g) + 'file'
  const archive = new PMTiles(url), protocol = new Protocol()
  protocol.add(archive)
  maplibregl.addProtocol('pmtiles', protocol.tile)
  const [head, meta] = await Promise.all([archive.getHeader(), b.attribution ? {} : archive.getMetadata()])
  const tiles = [`pmtiles://${url}/{z}/{x}/{y}`], attribution = wordsOf(b, plainWords((meta as { attribution?: unknown }).attribution))
  const bounds: [number, number, number, number] = [head.minLon, head.minLat, head.maxLon, head.maxLat]
  const common = { tiles, attribution, bounds, minzoom: head.minZoom, maxzoom: head.maxZoom }
  if (head.tileType === VECTOR) return await vector(map, { type: 'vector', ...common })
  map.addSource('base', { type: 'raster', tileSize: b.tile_size, ...common })
  return [raster('base')]
}

async function vector(map: LibreMap, source: maplibregl.VectorSourceSpecification): Promise<LayerSpecification[]> {
  const [{ quiet }, { drawLetters, GLYPHS }] = await Promise.all([import('./quiet'), import('./glyphs')])
  drawLetters(getComputedStyle(document.documentElement).getPropertyValue('--sans') || 'sans-serif')
  map.setGlyphs(GLYPHS)
  map.addSource('base', source)
  return quiet(standing.lang)
}

const raster = (source: string): LayerSpecification => ({ id: source + '-picture', type: 'raster', source, paint: { 'raster-fade-duration': 0, 'raster-saturation': -0.35 } })

async function service(map: LibreMap, g: Ground, b: Base): Promise<LayerSpecification[]> {
  const at = (layer: number) => [`${address(g)}${layer}/{z}/{x}/{y}`]
  const common = { minzoom: b.min_zoom, maxzoom: b.max_zoom, ...(b.bounds ? { bounds: b.bounds as [number, number, number, number] } : {}) }
  if (b.vector) return await vector(map, { type: 'vector', tiles: at(0), attribution: wordsOf(b), ...common })
  const layers: LayerSpecification[] = []
  for (let i = 0; i < b.layers; i++) {
    const source = i ? `base${i}` : 'base'
    map.addSource(source, { type: 'raster', tiles: at(i), tileSize: b.tile_size, attribution: i ? '' : wordsOf(b), ...common })
    layers.push(raster(source))
  }
  return layers
}

/** Puts the base map under `above`; `told` hears whether it can be reached. Returns its layers, to be shown and hidden. */
export async function layBase(map: LibreMap, g: Ground, above: string, told: (reached: boolean) => void): Promise<string[]> {
  if (!g.base) return []
  const ours = (source: unknown) => typeof source === 'string' && /^base\d*$/.test(source)
  map.on('error', e => {
    if (ours((e as { sourceId?: string }).sourceId)) told(false)
  })
  map.on('sourcedata', e => {
    if (ours(e.sourceId) && e.tile) told(true)
  })
  try {
    const layers = await (g.base.kind === 'file' ? file : service)(map, g, g.base)
    for (const l of layers) map.addLayer(l, above)
    return layers.map(l => l.id)
  } catch {
    told(false)
    return []
  }
}
