/* Letters for labels, drawn on this device from its own fonts: MapLibre draws Han characters itself and asks a server for all others. Here that server is a
 * function, so that no font is fetched from anybody. */
import TinySDF from '@mapbox/tiny-sdf'
import maplibregl from 'maplibre-gl'

/* A glyph as MapLibre reads it (a protocol buffer of Mapbox's fontstack): 24 pixels high, a border of 3. */
const SIZE = 24, BORDER = 3, BASELINE = 27

function varint(out: number[], n: number) {
  while (n > 127) {
    out.push((n & 127) | 128)
    n >>>= 7
  }
  out.push(n)
}
const zigzag = (n: number) => (n << 1) ^ (n >> 31)
function field(out: number[], tag: number, bytes: ArrayLike<number>) {
  varint(out, (tag << 3) | 2)
  varint(out, bytes.length)
  for (let i = 0; i < bytes.length; i++) out.push(bytes[i]!)
}
function number(out: number[], tag: number, n: number) {
  varint(out, tag << 3)
  varint(out, n)
}

/** The 256 letters from `begin`, as one answer. */
export function glyphs(begin: number, family: string): Uint8Array {
  const pen = new TinySDF({ fontSize: SIZE, buffer: BORDER, radius: 8, cutoff: 0.25, fontFamily: family })
  const stack: number[] = []
  for (let id = Math.max(begin, 32); id < begin + 256; id++) {
    if ((id >= 0x7f && id < 0xa0) || (id >= 0xd800 && id < 0xe000)) continue
    const g = pen.draw(String.fromCharCode(id)), one: number[] = []
    number(one, 1, id)
    field(one, 2, g.data)
    number(one, 3, g.width - 2 * BORDER)
    number(one, 4, g.height - 2 * BORDER)
    number(one, 5, zigzag(Math.round(g.glyphLeft)))
    number(one, 6, zigzag(Math.round(g.glyphTop) - BASELINE))
    number(one, 7, Math.round(g.glyphAdvance))
    field(stack, 3, one)
  }
  const out: number[] = []
  field(out, 1, stack)
  return Uint8Array.from(out)
}

export const GLYPHS = 'glyphs://{fontstack}/{range}'
let known = false
export function drawLetters(family: string) {
  if (known) return
  known = true
  maplibregl.addProtocol('glyphs', async request => ({ data: glyphs(Number(/(\d+)-\d+$/.exec(request.url)?.[1] ?? 0), family).buffer }))
}
