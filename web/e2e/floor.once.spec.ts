/* The browser floor (docs/browsers.md): what was built is read for what Chromium 87, Safari 14 and Firefox 78 do not know. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { expect, test } from './test'

const assets = new URL('../dist/assets', import.meta.url).pathname
const files = (end: string) => readdirSync(assets).filter(f => f.endsWith(end))
const own = /^(index|Report|Track|TrackFile|Home|Help|Check|base|client|words|photo|PlacePicker|PhotoPicker|residents)/

test('every script parses with the syntax of the floor', () => {
  expect(files('.js').length).toBeGreaterThan(3)
  const floor = { target: ['chrome87', 'edge88', 'safari14', 'firefox78'], loader: 'js' as const, minify: true }
  for (const f of files('.js')) {
    const text = readFileSync(join(assets, f), 'utf8')
    // Compiled down again it is no longer than it was by more than a trifle: nothing was left to compile down.
    const again = transformSync(text, floor).code
    const same = transformSync(text, { loader: 'js', minify: true, target: 'esnext' }).code
    expect(Math.abs(again.length - same.length), f).toBeLessThanOrEqual(same.length * 0.002 + 40)
  }
})

test('what residents load calls nothing that came later than the floor', () => {
  const later: [RegExp, string][] = [
    [/\.at\(-?\d/, '.at()'], [/structuredClone\(/, 'structuredClone'], [/Object\.hasOwn\(/, 'Object.hasOwn'], [/\.findLast(Index)?\(/, 'findLast'],
    [/crypto\.randomUUID/, 'randomUUID needs TLS'], [/Array\.fromAsync/, 'fromAsync'], [/Promise\.withResolvers/, 'withResolvers'], [/\(\?<[=!]/, 'look-behind, Safari 16'],
  ]
  for (const f of files('.js').filter(x => own.test(x))) {
    const text = readFileSync(join(assets, f), 'utf8')
    for (const [bad, name] of later) expect(bad.test(text), `${f}: ${name}`).toBe(false)
  }
})

test('style sheets of residents use no selector and no unit that came later', () => {
  for (const f of files('.css').filter(x => own.test(x))) {
    const text = readFileSync(join(assets, f), 'utf8')
    for (const bad of [/:has\(/, /@container/, /@layer/, /\d(dvh|svh|lvh|cqw)\b/, /color-mix\(/, /oklch\(/, /text-wrap:\s*balance/]) expect(bad.test(text), `${f}: ${bad}`).toBe(false)
  }
})
