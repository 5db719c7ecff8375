// Language packs: web/lang/LANG/{common,FACE}/*.json. A file's name is the first part of its keys: report.json {"title": …} is "report.title".
// web/lang/LANG/pack.json says {"name": "中文", "dir": "ltr"}. A language is added by adding a folder.
import { readdirSync, readFileSync, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

export const root = new URL('../lang', import.meta.url).pathname
export const faces = ['residents', 'work', 'desk']
// Made from English at build, to see that nothing hangs on the direction of writing or on the length of a word.
export const pseudo = 'ar-XB'

export function languages() {
  return readdirSync(root).filter(name => statSync(join(root, name)).isDirectory()).sort()
}

function readFolder(folder, words, from) {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder).filter(n => n.endsWith('.json')).sort()) {
    const file = join(folder, name)
    from.push(file)
    let found
    try {
      found = JSON.parse(readFileSync(file, 'utf8'))
    } catch (e) {
      throw new Error(`${file}: ${e.message}`)
    }
    for (const [key, text] of Object.entries(found)) {
      if (typeof text !== 'string') throw new Error(`${file}: ${key} is no text`)
      words[`${name.slice(0, -5)}.${key}`] = text
    }
  }
}

const stretch = text => text.split(/(\{[^}]*\})/).map(part => (part.startsWith('{') ? part : part.replace(/[aeiou]/g, v => v + '\u0301'))).join('')

export function pack(lang, face) {
  if (lang === pseudo) {
    const p = pack('en', face)
    const words = Object.fromEntries(Object.entries(p.words).map(([k, v]) => [k, stretch(v)]))
    return { ...p, lang, name: 'Pseudo', dir: 'rtl', words }
  }
  const files = [join(root, lang, 'pack.json')]
  const about = JSON.parse(readFileSync(files[0], 'utf8'))
  const words = {}
  readFolder(join(root, lang, 'common'), words, files)
  readFolder(join(root, lang, face), words, files)
  return { lang, name: about.name, dir: about.dir, words, files }
}
