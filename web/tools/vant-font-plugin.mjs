import { mkdirSync, writeFileSync } from 'node:fs'

const folder = new URL('../node_modules/.linli/', import.meta.url).pathname
const font = folder + 'vant-icon.woff2'

/** Vite: Vant carries its icon font inside the style sheet, with an address of somebody else's server to fall back on. Here it becomes a file of ours, and
 * nothing else is named. */
export function vantFont() {
  return {
    name: 'linli-vant-font',
    enforce: 'pre',
    transform(code, id) {
      if (!/vant\/lib\/index\.css/.test(id)) return null
      const data = /url\(["']?data:font\/woff2;[^,]*base64,([A-Za-z0-9+/=]+)["']?\)/.exec(code)
      if (!data) this.error('vant carries its icon font no longer as it did')
      mkdirSync(folder, { recursive: true })
      writeFileSync(font, Buffer.from(data[1], 'base64'))
      return code.replace(/(@font-face\{[^}]*?)src:[^}]*\}/, `$1src:url("${font}") format("woff2")}`)
    },
  }
}
