import { expect, test } from 'vitest'
import { csvOf } from './csv'

test('a spreadsheet opens it and runs nothing', () => {
  expect(csvOf([['a', 1, null], ['x,"y"', '=1+1', '-2']])).toBe('\ufeffa,1,\r\n"x,""y""",\'=1+1,\'-2\r\n')
})
