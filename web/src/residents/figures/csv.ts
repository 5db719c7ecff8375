/* A table as a file that a spreadsheet opens: UTF-8 with its mark, and no cell that a spreadsheet would run as a formula. */
export type Cell = string | number | null

function cell(c: Cell): string {
  if (c === null) return ''
  const s = typeof c === 'number' ? String(c) : /^[=+\-@\t\r]/.test(c) ? `'${c}` : c
  return /[",\r\n]/.test(s) ? `"${s.replace(/"/g, '""')}"` : s
}
export const csvOf = (rows: Cell[][]) => '\ufeff' + rows.map(r => r.map(cell).join(',')).join('\r\n') + '\r\n'

export function download(name: string, rows: Cell[][]) {
  const url = URL.createObjectURL(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }))
  const a = document.createElement('a')
  a.href = url
  a.download = name
  a.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
