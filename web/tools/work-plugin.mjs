import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/* Not kept for offline use: the map and its engine, which weighs more than all the rest. */
const NOT_KEPT = /maplibre|pmtiles|GridMap|TownMap/

/** Vite: dist/work/sw.js, the service worker of the work face, with the list of what its page needs. */
export function workShell() {
  let files = []
  return {
    name: 'linli-work-shell',
    apply: 'build',
    generateBundle(_options, bundle) {
      const found = new Set()
      const walk = name => {
        const chunk = bundle[name]
        if (!chunk || found.has(name) || NOT_KEPT.test(name)) return
        found.add(name)
        if (chunk.type !== 'chunk') return
        chunk.viteMetadata?.importedCss.forEach(f => found.add(f))
        chunk.viteMetadata?.importedAssets.forEach(f => found.add(f))
        chunk.imports.forEach(walk)
        chunk.dynamicImports.forEach(walk)
      }
      walk(Object.keys(bundle).find(n => bundle[n].type === 'chunk' && bundle[n].isEntry && bundle[n].name === 'work'))
      // A picture or font named by a style sheet is an asset of its own.
      for (const name of [...found].filter(n => n.endsWith('.css')))
        for (const [, f] of String(bundle[name].source).matchAll(/url\(["']?\/?(assets\/[^)"']+)/g)) found.add(f)
      files = [...found].sort()
    },
    async closeBundle() {
      const dist = new URL('../dist', import.meta.url).pathname
      const revised = Object.entries({ work: 'work.html', 'favicon.svg': 'favicon.svg' }).map(([url, f]) => ({ url, revision: createHash('sha256').update(readFileSync(join(dist, f))).digest('hex').slice(0, 16) }))
      const list = [...files.map(url => ({ url, revision: null })), ...revised]
      mkdirSync(join(dist, 'work'), { recursive: true })
      const made = await build({
        entryPoints: [new URL('../src/work/sw.ts', import.meta.url).pathname], bundle: true, write: false, minify: true, format: 'iife', target: ['chrome87', 'safari14', 'firefox78'],
        define: { __FILES__: JSON.stringify(list), 'process.env.NODE_ENV': '"production"' },
      })
      writeFileSync(join(dist, 'work/sw.js'), made.outputFiles[0].text)
    },
  }
}
