import { expect, test } from 'vitest'
import { bodyOf, chinaLocal, inChina, type FormField } from './form'

const field = (name: string, type: FormField['type'], required = false) => ({ name, type, required, label: { zh: name, en: name } }) as FormField

test('what was not filled in is left out, what was is what the server reads', () => {
  const form = [field('words', 'text', true), field('why', 'text'), field('score', 'int', true), field('read_back', 'bool', true), field('also', 'bool'), field('until', 'instant'), field('files', 'files')]
  expect(bodyOf(form, { words: ' 灯修好了 ', why: ' ', score: '4', read_back: false, until: '2026-11-27T18:00', files: [] })).toEqual({ words: '灯修好了', score: 4, read_back: false, until: '2026-11-27T18:00:00+08:00' })
  expect(bodyOf(form, { also: 'true', files: ['f1'] })).toEqual({ also: true, files: ['f1'] })
})

test('a required time that nobody touched is now; one that was is in China', () => {
  const now = new Date('2026-11-23T15:30:05Z')
  expect(bodyOf([field('time', 'instant', true)], {}, now)).toEqual({ time: '2026-11-23T15:30:05.000Z' })
  expect(bodyOf([field('time', 'instant')], {}, now)).toEqual({})
  expect(chinaLocal(now)).toBe('2026-11-23T23:30:05')
  expect(inChina(chinaLocal(now))).toBe('2026-11-23T23:30:05+08:00')
})
