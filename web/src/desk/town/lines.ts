/* What differs between two texts, line by line. What is alike at both ends is cut off first; past the ceiling the rest counts as changed. */
export interface Line { was?: number; is?: number; text: string }
const CELLS_MAX = 4_000_000

export function diffLines(before: string, after: string): Line[] {
  const a = before === '' ? [] : before.replace(/\n$/, '').split('\n'), b = after === '' ? [] : after.replace(/\n$/, '').split('\n')
  let head = 0, tail = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const out: Line[] = []
  const same = (i: number, k: number) => out.push({ was: i + 1, is: k + 1, text: a[i]! })
  for (let i = 0; i < head; i++) same(i, i)
  const n = a.length - head - tail, m = b.length - head - tail
  if (n * m > CELLS_MAX) {
    for (let i = 0; i < n; i++) out.push({ was: head + i + 1, text: a[head + i]! })
    for (let k = 0; k < m; k++) out.push({ is: head + k + 1, text: b[head + k]! })
  } else {
    const w = m + 1, lcs = new Uint32Array((n + 1) * w)
    for (let i = n - 1; i >= 0; i--)
      for (let k = m - 1; k >= 0; k--)
        lcs[i * w + k] = a[head + i] === b[head + k] ? lcs[(i + 1) * w + k + 1]! + 1 : Math.max(lcs[(i + 1) * w + k]!, lcs[i * w + k + 1]!)
    let i = 0, k = 0
    while (i < n || k < m) {
      if (i < n && k < m && a[head + i] === b[head + k]) same(head + i++, head + k++)
      else if (i < n && (k === m || lcs[(i + 1) * w + k]! >= lcs[i * w + k + 1]!)) { out.push({ was: head + i + 1, text: a[head + i]! }); i++ }
      else { out.push({ is: head + k + 1, text: b[head + k]! }); k++ }
    }
  }
  for (let i = tail; i > 0; i--) same(a.length - i, b.length - i)
  return out
}
/** Only what changed, with @near lines around; null marks a gap. */
export function hunks(lines: Line[], near = 2): (Line | null)[] {
  const changed = (l: Line | undefined) => l !== undefined && (l.was === undefined || l.is === undefined)
  const keep = lines.map((_, i) => { for (let k = i - near; k <= i + near; k++) if (changed(lines[k])) return true; return false })
  const out: (Line | null)[] = []
  lines.forEach((l, i) => { if (keep[i]) { if (i > 0 && !keep[i - 1]) out.push(null); out.push(l) } })
  return out
}
