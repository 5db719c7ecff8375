import { beforeAll, expect, test, vi } from 'vitest'
import { pack } from '../../tools/packs-lib.mjs'
import { dayOf, daysUntil, sayDay, sayDue, sayLeft, sayTime } from './when'
import { beginWords, speak } from './words'

const now = new Date('2026-11-23T15:30:00+08:00')

beforeAll(async () => {
  Object.assign(globalThis, { location: { search: '?lang=en', pathname: '/' }, document: { documentElement: { lang: '', dir: '' } } })
  await beginWords({ en: async () => ({ default: pack('en', 'residents') }), zh: async () => ({ default: pack('zh', 'residents') }) })
})

test('a day is a day in China, wherever the device is', () => {
  expect(dayOf('2026-11-23T16:30:00Z')).toBe('2026-11-24')
  expect(dayOf('2026-11-23T15:59:59Z')).toBe('2026-11-23')
})

test('days left are counted by the calendar, not by 24 hours', () => {
  expect(daysUntil('2026-11-24T00:10:00+08:00', now)).toBe(1)
  expect(daysUntil('2026-11-23T23:59:59+08:00', now)).toBe(0)
  expect(daysUntil('2026-11-22T23:59:59+08:00', now)).toBe(-1)
})

test('what is left is said as people say it', () => {
  expect(sayLeft('2026-11-23T23:59:59.999999+08:00', now)).toBe('today')
  expect(sayLeft('2026-11-23T18:00:00+08:00', now)).toBe('today by 18:00')
  expect(sayLeft('2026-11-23T15:00:00+08:00', now)).toBe('late since 15:00 today')
  expect(sayLeft('2026-11-27T23:59:59.999999+08:00', now)).toBe('within 4 days, by Friday 27 November')
  expect(sayLeft('2026-11-20T12:00:00+08:00', now)).toBe('late by 3 days')
})

test('a due time that ends a day is said as the day', () => {
  expect(sayDue('2026-11-27T23:59:59.999999+08:00')).toBe('Friday 27 November')
  expect(sayDue('2026-11-27T14:05:00+08:00')).toBe('Friday 27 November 14:05')
})

test('a thousand rows make no more formatters than one, and another language has its own', async () => {
  const made = vi.spyOn(Intl, 'DateTimeFormat')
  const row = () => [sayDay('2026-11-27', now), sayTime('2026-11-27T14:05:00+08:00'), daysUntil('2026-11-27', now)]
  row()
  const few = made.mock.calls.length
  for (let i = 0; i < 1000; i++) row()
  expect(made.mock.calls.length).toBe(few)
  made.mockRestore()
  expect(sayDay('2026-11-27', now)).toBe('Friday 27 November')
  await speak('zh', false)
  expect(sayDay('2026-11-27', now)).toBe('11月27日星期五')
  await speak('en', false)
})
