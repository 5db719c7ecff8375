// Presses what was built, once and hard, so that the server only sends: name.gz and name.br beside each file that gets a tenth smaller.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const dist = new URL('../dist', import.meta.url).pathname
const worth = /\.(html|js|css|json|webmanifest|svg|txt)$/

function press(folder) {
  for (const e of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, e.name)
    if (e.isDirectory()) press(file)
    else if (worth.test(e.name)) {
      const plain = readFileSync(file)
      const br = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } })
      const gz = gzipSync(plain, { level: 9 })
      if (br.length < plain.length * 0.9) writeFileSync(file + '.br', br)
      if (gz.length < plain.length * 0.9) writeFileSync(file + '.gz', gz)
    }
  }
}
press(dist)
