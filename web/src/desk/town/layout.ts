/* A procedure in layers: states from left to right by how many steps it takes to reach them, so that arrows mostly point one way. */
export interface Graph { states: { code: string; final: boolean }[]; actions: { code: string; opens: boolean; from: string[]; to: { to: string | null }[] }[] }
export interface Node { code: string; layer: number; row: number; x: number; y: number }
export interface Edge { from: string; to: string; actions: string[]; path: string; x: number; y: number; back: boolean }
export const W = 156, H = 58, GAP_X = 92, GAP_Y = 26

export function layOut(g: Graph): { nodes: Node[]; edges: Edge[]; width: number; height: number } {
  const arrows = new Map<string, { from: string; to: string; actions: string[] }>()
  for (const a of g.actions)
    for (const from of a.from)
      for (const r of a.to) {
        if (r.to === null || r.to === from) continue
        const key = from + '>' + r.to, e = arrows.get(key) ?? { from, to: r.to, actions: [] }
        if (!e.actions.includes(a.code)) e.actions.push(a.code)
        arrows.set(key, e)
      }
  const begin = new Set(g.actions.filter(a => a.opens).flatMap(a => a.to.map(r => r.to)).filter((c): c is string => c !== null))
  const layer = new Map<string, number>()
  let wave = [...(begin.size ? begin : g.states.slice(0, 1).map(s => s.code))]
  for (let n = 0; wave.length; n++) {
    for (const c of wave) layer.set(c, n)
    wave = [...new Set([...arrows.values()].filter(e => wave.includes(e.from) && !layer.has(e.to)).map(e => e.to))]
  }
  const deepest = Math.max(0, ...layer.values())
  for (const s of g.states) if (!layer.has(s.code)) layer.set(s.code, deepest)
  const last = Math.max(0, ...g.states.filter(s => !s.final).map(s => layer.get(s.code)!)) + 1
  for (const s of g.states) if (s.final) layer.set(s.code, last)
  const columns: string[][] = Array.from({ length: last + 1 }, () => [])
  for (const s of g.states) columns[layer.get(s.code)!]!.push(s.code)
  const used = columns.filter(c => c.length)
  // Twice through: each column in the order of the middle of what leads into it, then of what it leads to.
  const place = () => new Map(used.flatMap(c => c.map((code, i) => [code, i - (c.length - 1) / 2] as const)))
  for (let turn = 0; turn < 4; turn++) {
    const at = place()
    for (const c of used) {
      const middle = (code: string) => {
        const near = [...arrows.values()].flatMap(e => (turn % 2 ? (e.from === code ? [at.get(e.to)!] : []) : e.to === code ? [at.get(e.from)!] : []))
        return near.length ? near.reduce((a, b) => a + b, 0) / near.length : at.get(code)!
      }
      const m = new Map(c.map(code => [code, middle(code)]))
      c.sort((x, y) => m.get(x)! - m.get(y)!)
    }
  }
  const rows = Math.max(...used.map(c => c.length)), height = rows * (H + GAP_Y) + GAP_Y + 60
  const nodes = used.flatMap((c, l) => c.map((code, row) => ({ code, layer: l, row, x: 16 + l * (W + GAP_X), y: 30 + (height - 60 - c.length * (H + GAP_Y)) / 2 + row * (H + GAP_Y) })))
  const node = new Map(nodes.map(n => [n.code, n]))
  const edges = [...arrows.values()].map(e => {
    const a = node.get(e.from)!, b = node.get(e.to)!, back = b.layer < a.layer, level = b.layer === a.layer
    const y1 = a.y + H / 2, y2 = b.y + H / 2
    if (level) {
      const x = a.x + W, bend = 26 + 6 * Math.abs(a.row - b.row)
      return { ...e, back: false, x: x + bend * 0.75, y: (y1 + y2) / 2, path: `M${x} ${y1} C${x + bend} ${y1} ${x + bend} ${y2} ${x} ${y2}` }
    }
    if (back) {
      const top = Math.min(a.y, b.y) - 14 - 5 * (a.layer - b.layer), x1 = a.x + W / 2, x2 = b.x + W / 2
      return { ...e, back, x: (x1 + x2) / 2, y: top + 6, path: `M${x1} ${a.y} C${x1} ${top} ${x2} ${top} ${x2} ${b.y}` }
    }
    const x1 = a.x + W, x2 = b.x, mid = (x1 + x2) / 2
    return { ...e, back, x: mid, y: (y1 + y2) / 2, path: `M${x1} ${y1} C${mid} ${y1} ${mid} ${y2} ${x2} ${y2}` }
  })
  return { nodes, edges, width: 32 + used.length * (W + GAP_X) - GAP_X + 30, height }
}
