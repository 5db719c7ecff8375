/* The smallest base maps there are, made where a test needs them: one picture, or one vector tile, everywhere. */
import { deflateSync } from 'node:zlib'

function crc(b: Buffer): number {
  let c = ~0
  for (const x of b) {
    c ^= x
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
  }
  return ~c >>> 0
}
function chunk(type: string, data: Buffer): Buffer {
  const out = Buffer.alloc(data.length + 12)
  out.writeUInt32BE(data.length, 0)
  out.write(type, 4, 'latin1')
  data.copy(out, 8)
  out.writeUInt32BE(crc(out.subarray(4, data.length + 8)), data.length + 8)
  return out
}
/** 256 by 256 pixels of one colour. */
export function picture(r: number, g: number, b: number): Buffer {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(256 * 3)])
  for (let x = 0; x < 256; x++) row.set([r, g, b], 1 + x * 3)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(256, 0)
  head.writeUInt32BE(256, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(Array<Buffer>(256).fill(row)))), chunk('IEND', Buffer.alloc(0))])
}

function varint(n: number): number[] {
  const out: number[] = []
  while (n > 127) {
    out.push((n % 128) | 128)
    n = Math.floor(n / 128)
  }
  return [...out, n]
}
const field = (tag: number, bytes: ArrayLike<number>) => [...varint((tag << 3) | 2), ...varint(bytes.length), ...Array.from(bytes)]
const number = (tag: number, n: number) => [...varint(tag << 3), ...varint(n)]
const text = (tag: number, s: string) => field(tag, Buffer.from(s))
const zigzag = (n: number) => (n << 1) ^ (n >> 31)

function layer(name: string, type: 2 | 3, path: [number, number][], values: Record<string, string>): number[] {
  let x = 0, y = 0
  const step = ([px, py]: [number, number]) => {
    const d = [zigzag(px - x), zigzag(py - y)]
    x = px
    y = py
    return d
  }
  const geometry = [9, ...step(path[0]!), ((path.length - 1) << 3) | 2, ...path.slice(1).flatMap(step), ...(type === 3 ? [15] : [])]
  const feature = [...field(2, Object.keys(values).flatMap((_, i) => [i, i])), ...number(3, type), ...field(4, geometry.flatMap(varint))]
  return field(3, [...text(1, name), ...field(2, feature), ...Object.keys(values).flatMap(k => text(3, k)), ...Object.values(values).flatMap(v => field(4, text(1, v))), ...number(5, 4096), ...number(15, 2)])
}
/** A lake, a road and its name, as Protomaps writes them. */
export const vectorTile = () => Buffer.from([
  ...layer('water', 3, [[400, 3000], [3700, 3000], [3700, 3900], [400, 3900]], { kind: 'lake' }),
  ...layer('roads', 2, [[0, 2600], [4096, 2700]], { kind: 'major_road', name: 'Happiness Road', 'name:zh': '幸福路' }),
])

/** PMTiles, version 3, one tile for every square of the zooms 0 to 15. @param type 1 vector, 2 PNG */
export function archive(tile: Buffer, type: 1 | 2, metadata: object): Buffer {
  const directory = Buffer.from([...varint(1), ...varint(0), ...varint((4 ** 16 - 1) / 3), ...varint(tile.length), ...varint(1)])
  const meta = Buffer.from(JSON.stringify(metadata)), head = Buffer.alloc(127)
  head.write('PMTiles\x03', 0, 'latin1')
  const put = (at: number, n: number) => head.writeBigUInt64LE(BigInt(n), at)
  put(8, 127); put(16, directory.length)
  put(24, 127 + directory.length); put(32, meta.length)
  put(40, 0); put(48, 0)
  put(56, 127 + directory.length + meta.length); put(64, tile.length)
  put(72, 1); put(80, 1); put(88, 1)
  head.set([1, 1, 1, type, 0, 15], 96)
  ;[-180e7, -85e7, 180e7, 85e7].forEach((d, i) => head.writeInt32LE(d, 102 + 4 * i))
  head.set([14], 118)
  return Buffer.concat([head, directory, meta, tile])
}
