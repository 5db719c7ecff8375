// node tools/types.mjs LINLI: writes src/api/openapi.ts from the OpenAPI document that the program prints; --check compares instead.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const [linli, mode] = process.argv.slice(2)
const out = new URL('../src/api/openapi.ts', import.meta.url).pathname
const document = JSON.parse(execFileSync(linli, ['help', '--openapi'], { maxBuffer: 64 << 20 }))
const text = '/* Made by `script/web types` from the program\'s own OpenAPI document; do not edit. */\n' + astToString(await openapiTS(document))
if (mode === '--check') {
  if (!existsSync(out) || readFileSync(out, 'utf8') !== text) {
    console.error('web/src/api/openapi.ts is not up to date: script/web types')
    process.exit(1)
  }
} else writeFileSync(out, text)
