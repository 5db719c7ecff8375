// node tools/packs.mjs --check: every language says the same keys with the same {places}, and every key that the source names is there.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { faces, languages, pack } from './packs-lib.mjs'

const src = new URL('../src', import.meta.url).pathname
const wrong = []
const places = text => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ')

for (const face of faces) {
  const first = pack('zh', face).words
  for (const lang of languages()) {
    const words = pack(lang, face).words
    for (const key of Object.keys(first)) {
      if (!(key in words)) wrong.push(`${lang}/${face}: "${key}" is missing`)
      else if (places(words[key]) !== places(first[key])) wrong.push(`${lang}/${face}: "${key}" has other places than zh: ${places(words[key])} / ${places(first[key])}`)
    }
    for (const key of Object.keys(words)) if (!(key in first)) wrong.push(`${lang}/${face}: "${key}" is not in zh`)
  }
}

function walk(folder, to = []) {
  for (const e of readdirSync(folder, { withFileTypes: true })) {
    if (e.isDirectory()) walk(join(folder, e.name), to)
    else if (/\.(vue|ts)$/.test(e.name) && !e.name.endsWith('.test.ts')) to.push(join(folder, e.name))
  }
  return to
}

for (const file of walk(src)) {
  const face = faces.find(f => file.includes(`/src/${f}/`))
  const known = (face ? [face] : faces).map(f => pack('zh', f).words)
  // t('a.b') with a whole key; keys put together at run time begin with a whole prefix: t(`state.${x}`)
  for (const [, key] of readFileSync(file, 'utf8').matchAll(/\bt\(\s*['"]([\w-]+\.[\w.-]+)['"]/g)) {
    if (!known.every(w => key in w)) wrong.push(`${file.slice(src.length + 1)}: no words for "${key}"`)
  }
  for (const [, prefix] of readFileSync(file, 'utf8').matchAll(/\bt\(\s*`([\w-]+\.[\w.-]*)\$\{/g)) {
    if (!known.every(w => Object.keys(w).some(k => k.startsWith(prefix)))) wrong.push(`${file.slice(src.length + 1)}: no words beginning with "${prefix}"`)
  }
}
for (const w of wrong.slice(0, 60)) console.error(w)
if (wrong.length) console.error(`${wrong.length} findings`)
process.exit(wrong.length ? 1 : 0)
