/* A real server of the tests' own: the sample town on a fresh SQLite store (or on PostgreSQL, where LINLI_TEST_PG names one and LINLI_WEB_STORE=postgres). */
import { createHash, X509Certificate } from 'node:crypto'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const source = new URL('../..', import.meta.url).pathname
export const PASSWORD = 'tall lantern over wet stones'

/** One of each role of the sample town. */
export const people = {
  dispatcher: 'diaodu01', night: 'diaodu03', handler: 'chuli04', supervisor: 'chuli02', leader: 'daiban01', clerk: 'chuli08', auditor: 'daiban03', admin: 'daiban02', secretary: 'shequ002', grid: 'wangge01', lamp: 'danwei-lamp',
} as const
export type Role = keyof typeof people

/** The name of the second house: not localhost, so that a browser asks for a certificate as it does on a town's network. */
export const SECURE_NAME = 'linli.test'

/** A town over https, with its own store; `key` is what a browser may take for good (the hash of the server's public key). */
export interface Secure {
  base: string
  dir: string
  db: string
  key: string
}

export interface House {
  base: string
  https: string
  secure: Secure
  dir: string
  db: string
  linli: string
  server: ChildProcess
  more?: ChildProcess
}

export function linliBinary() {
  for (const at of [process.env.LINLI, join(source, 'build-gcc/linli'), join(source, 'build/linli')]) if (at && existsSync(at)) return at
  throw new Error('no linli binary: build first, or set LINLI')
}

export function run(house: Pick<House, 'linli' | 'db' | 'dir'>, ...args: string[]) {
  return execFileSync(house.linli, [...args, '--db', house.db], { env: { ...process.env, LINLI_LANG: 'en', LINLI_KEY: join(house.dir, 'vault.key') }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

async function until<T>(what: () => T | Promise<T>, ms = 60000): Promise<NonNullable<T>> {
  const end = Date.now() + ms
  for (;;) {
    const found = await what()
    if (found) return found
    if (Date.now() > end) throw new Error('waited in vain')
    await new Promise(r => setTimeout(r, 50))
  }
}

export function serve(linli: string, dir: string, db: string, name: string, more: string[]) {
  const log = join(dir, name + '.log')
  const fd = openSync(log, 'w')
  const server = spawn(linli, ['serve', '--db', db, '--no-limits', ...more], { env: { ...process.env, LINLI_LANG: 'en', LINLI_KEY: join(dir, 'vault.key') }, stdio: ['ignore', fd, fd] })
  return until(() => {
    const said = readFileSync(log, 'utf8')
    if (server.exitCode !== null) throw new Error(`the server ended: ${said}`)
    const found = /Linli serves at (https?:\/\/[^;\s]+)/.exec(said)
    return found && { server, base: found[1]! }
  })
}

/** @param more further options of `linli serve` */
export async function build(folder = join(source, 'samples/town'), more: string[] = []): Promise<House> {
  const linli = linliBinary()
  const dir = mkdtempSync(join(tmpdir(), 'linli-web-'))
  const db = `sqlite:${join(dir, 'linli.db')}`
  const house = { linli, dir, db, base: '', https: '' } as House
  // Pictures are of a town that has lived a while: the four weeks that script/demo replays.
  if (process.env.LINLI_SHOTS) {
    const month = join(dir, 'month.csv')
    execFileSync(join(source, 'script/demo.d/play'), ['last-month', month])
    run(house, 'replay', month, '--town', folder, '--scatter', '1')
  }
  run(house, 'load', folder)
  Object.assign(house, await serve(linli, dir, db, 'server', ['--listen', '127.0.0.1:0', '--public-url', 'http://127.0.0.1:1', ...more]))
  await buildSecure(house)
  return house
}

/* The certificate is made as docs/lan-tls.md says. */
async function buildSecure(house: House) {
  const dir = join(house.dir, 'secure')
  mkdirSync(dir)
  const at = { linli: house.linli, dir, db: `sqlite:${join(dir, 'linli.db')}` }
  run(at, 'load', join(source, 'samples/town'))
  const pair = execFileSync(join(source, 'script/lan-tls'), [join(dir, 'tls'), SECURE_NAME], { encoding: 'utf8' }).trim()
  const { server, base } = await serve(house.linli, dir, at.db, 'server', ['--listen', '127.0.0.1:0', '--tls', pair, '--public-url', `https://${SECURE_NAME}`])
  const spki = new X509Certificate(readFileSync(pair.split(',')[0]!)).publicKey.export({ type: 'spki', format: 'der' })
  house.more = server
  house.https = base.replace('127.0.0.1', SECURE_NAME)
  house.secure = { base: house.https, dir, db: at.db, key: createHash('sha256').update(spki).digest('base64') }
}

export async function end(house: House) {
  for (const p of [house.server, house.more]) {
    if (!p || p.exitCode !== null) continue
    p.kill('SIGTERM')
    await until(() => p.exitCode !== null || p.signalCode !== null, 20000).catch(() => p.kill('SIGKILL'))
  }
  rmSync(house.dir, { recursive: true, force: true })
}

/** Invites a member of staff, sets the password, signs in. Returns what a browser keeps. */
export async function signedIn(house: House, login: string) {
  const { token } = JSON.parse(run(house, 'invite', login, '--json')) as { token: string }
  const json = { 'Content-Type': 'application/json' }
  await fetch(house.base + '/api/invitations/accept', { method: 'POST', headers: json, body: JSON.stringify({ token, password: PASSWORD }) })
  const r = await fetch(house.base + '/api/session', { method: 'POST', headers: json, body: JSON.stringify({ login, password: PASSWORD }) })
  if (!r.ok) throw new Error(`${login} cannot sign in: ${r.status} ${await r.text()}`)
  const { csrf } = (await r.json()) as { csrf: string }
  return { login, csrf, cookie: r.headers.get('set-cookie')!.split(';')[0]! }
}

export function keep(dir: string, name: string, what: unknown) {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, name), JSON.stringify(what))
}
