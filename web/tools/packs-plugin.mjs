import { faces, languages, pack, pseudo } from './packs-lib.mjs'

const INDEX = 'virtual:packs/', PACK = 'virtual:pack/'

/** Vite: `import packs from 'virtual:packs/residents'`; each language is a chunk of its own. */
export function packs() {
  return {
    name: 'linli-packs',
    resolveId: id => (id.startsWith(INDEX) || id.startsWith(PACK) ? '\0' + id : null),
    load(id) {
      if (id.startsWith('\0' + INDEX)) {
        const face = id.slice(1 + INDEX.length)
        if (!faces.includes(face)) this.error(`no such face: ${face}`)
        const rows = [...languages(), pseudo].map(l => `${JSON.stringify(l)}: () => import(${JSON.stringify(`${PACK}${face}/${l}`)})`)
        return `export default { ${rows.join(', ')} }`
      }
      if (id.startsWith('\0' + PACK)) {
        const [face, lang] = id.slice(1 + PACK.length).split('/')
        const { files, ...p } = pack(lang, face)
        for (const f of files) this.addWatchFile(f)
        return `export default ${JSON.stringify(p)}`
      }
      return null
    },
  }
}
