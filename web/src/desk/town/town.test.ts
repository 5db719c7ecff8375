import { describe, expect, it } from 'vitest'
import { lineOfRow, readCsv, writeCsv } from './csv'
import { layOut } from './layout'
import { diffLines, hunks } from './lines'

describe('a table', () => {
  it('comes back as it was, with commas, quotes and line breaks in its cells', () => {
    const rows = [['code', 'title'], ['a', '灯,杆'], ['b', '他说"好"'], ['c', '两\n行'], ['', '']]
    expect(readCsv(writeCsv(rows))).toEqual(rows)
    expect(readCsv('\uFEFFa,b\r\n1,\r\n')).toEqual([['a', 'b'], ['1', '']])
    expect(lineOfRow(rows, 4)).toBe(6)
  })
})
describe('what differs', () => {
  it('is told line by line with its numbers', () => {
    const d = diffLines('a\nb\nc\n', 'a\nx\nc\n')
    expect(d.filter(l => l.is === undefined).map(l => [l.was, l.text])).toEqual([[2, 'b']])
    expect(d.filter(l => l.was === undefined).map(l => [l.is, l.text])).toEqual([[2, 'x']])
    expect(diffLines('', 'a\n')).toEqual([{ is: 1, text: 'a' }])
    expect(hunks(diffLines('1\n2\n3\n4\n5\n6\n7\n8\n', '1\n2\n3\n4\n5\n6\n7\n9\n')).map(l => l && l.text)).toEqual([null, '6', '7', '8', '9'])
  })
})
describe('a procedure', () => {
  it('runs from its beginning to its ends, no state on another', () => {
    const { nodes, edges } = layOut({
      states: [{ code: 'new', final: false }, { code: 'work', final: false }, { code: 'done', final: true }, { code: 'no', final: true }],
      actions: [{ code: 'open', opens: true, from: [], to: [{ to: 'new' }] }, { code: 'take', opens: false, from: ['new'], to: [{ to: 'work' }] },
        { code: 'end', opens: false, from: ['work'], to: [{ to: 'done' }, { to: null }] }, { code: 'decline', opens: false, from: ['new', 'work'], to: [{ to: 'no' }] },
        { code: 'again', opens: false, from: ['done'], to: [{ to: 'work' }] }],
    })
    const layer = (c: string) => nodes.find(n => n.code === c)!.layer
    expect([layer('new'), layer('work'), layer('done'), layer('no')]).toEqual([0, 1, 2, 2])
    expect(new Set(nodes.map(n => `${n.x} ${n.y}`)).size).toBe(4)
    expect(edges.find(e => e.from === 'done')!.back).toBe(true)
    expect(edges).toHaveLength(5)
  })
})
