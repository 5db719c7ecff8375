/* The browser floor (docs/browsers.md): what was built is read for what Chromium 87, Safari 14 and Firefox 78 do not know. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, type AnyNode } from 'acorn'
import { expect, test } from './test'

const assets = new URL('../dist/assets', import.meta.url).pathname
const files = (end: string) => readdirSync(assets).filter(f => f.endsWith(end))
const own = /^(index|Report|Track|TrackFile|Home|Help|Check|base|client|words|photo|PlacePicker|PhotoPicker|residents)/

/* What ES2022 brought and the floor lacks: private names (Firefox 90), static blocks (Chromium 94), and of ES2021 `??=` and its like (Firefox 79).
 * Public class fields all four know. */
function later(n: unknown): string {
  if (Array.isArray(n)) return n.map(later).find(Boolean) ?? ''
  if (!n || typeof n !== 'object') return ''
  const node = n as AnyNode & { operator?: string }
  if (node.type === 'PrivateIdentifier' || node.type === 'StaticBlock') return node.type
  if (node.type === 'AssignmentExpression' && /^(\?\?|\|\||&&)=$/.test(node.operator)) return node.operator
  return Object.values(node).map(later).find(Boolean) ?? ''
}

test('every script parses with the syntax of the floor', () => {
  expect(files('.js').length).toBeGreaterThan(3)
  for (const f of files('.js')) expect(later(parse(readFileSync(join(assets, f), 'utf8'), { ecmaVersion: 2022, sourceType: 'module', allowAwaitOutsideFunction: false })), f).toBe('')
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
