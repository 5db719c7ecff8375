/* CSV as in RFC 4180: read into rows, written back with quotes only where they are needed. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = [], cell = '', quoted = false, any = false
  const src = text.replace(/^\uFEFF/, '')
  for (let i = 0; i < src.length; i++) {
    const c = src[i]!
    if (quoted) {
      if (c !== '"') cell += c
      else if (src[i + 1] === '"') cell += src[++i]
      else quoted = false
    } else if (c === '"' && cell === '') quoted = any = true
    else if (c === ',') { row.push(cell); cell = ''; any = true }
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && src[i + 1] === '\n') i++
      if (any || cell !== '') { row.push(cell); rows.push(row) }
      row = []; cell = ''; any = false
    } else { cell += c; any = true }
  }
  if (any || cell !== '') { row.push(cell); rows.push(row) }
  return rows
}
const quote = (s: string) => (/[",\r\n]/.test(s) ? '"' + s.replace(/"/g, '""') + '"' : s)
export const writeCsv = (rows: string[][]) => rows.map(r => r.map(quote).join(',')).join('\n') + '\n'
/** Which row of the table stands on a line of the file: cells may hold line breaks. Line 1 is the head. */
export function lineOfRow(rows: string[][], row: number) {
  let line = 1
  for (let i = 0; i < row; i++) line += 1 + rows[i]!.reduce((n, c) => n + (c.match(/\n/g)?.length ?? 0), 0)
  return line
}
