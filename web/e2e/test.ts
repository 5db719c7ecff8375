/* What every browser test stands on:
 *
 *      import { test, expect } from './test'
 *      test('a lamp is reported', async ({ page, words, town, axe }) => { … })
 *
 * In each test, without being asked: no request leaves our own server, no error and no breach of the Content-Security-Policy in the console. */
import { appendFileSync, readFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { test as base, expect, type APIRequestContext, type BrowserContext, type Page, type Request } from '@playwright/test'
// @ts-expect-error plain JavaScript
import { pack } from '../tools/packs-lib.mjs'
import { people, PASSWORD, run, SECURE_NAME, type Role, type Secure } from './house'
import { KEPT } from './setup'

export { expect }

interface Kept {
  base: string
  https: string
  secure: Secure
  dir: string
  db: string
  linli: string
  staff: Record<Role, { login: string; csrf: string; cookie: string }>
}
export const kept = () => JSON.parse(readFileSync(join(KEPT, 'house.json'), 'utf8')) as Kept
const axeSource = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

export interface Finding {
  id: string
  impact: string
  help: string
  nodes: string[]
}

/** WCAG 2.2 A and AA on the page as it stands: what is serious or critical. */
export async function axeFindings(page: Page): Promise<Finding[]> {
  // What is still fading in has no contrast yet. What turns for ever is not waited for.
  await page.evaluate(() => Promise.all(document.getAnimations().filter(a => Number.isFinite(a.effect?.getComputedTiming().endTime as number)).map(a => a.finished.catch(() => undefined))))
  await page.evaluate(axeSource)
  const findings = await page.evaluate(async () => {
    const w = window as unknown as { axe: { run(o: object): Promise<{ violations: { id: string; impact: string; help: string; nodes: { html: string; target: string[] }[] }[] }> } }
    const found = await w.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    return found.violations
      .filter(v => v.impact === 'serious' || v.impact === 'critical')
      .map(v => ({ id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 5).map(n => `${n.target.join(' ')}: ${n.html.slice(0, 160)}`) }))
  })
  // For `script/web test --report`.
  if (process.env.LINLI_WEB_REPORT) appendFileSync(join(KEPT, 'axe.jsonl'), JSON.stringify({ page: new URL(page.url()).pathname, findings }) + '\n')
  return findings
}

/** Calls of the API around the browser: to make what a test needs, and to see what it did. */
export class Town {
  constructor(private request: APIRequestContext) {}
  async call(method: 'GET' | 'POST' | 'DELETE' | 'PUT', path: string, body?: unknown, as?: Role, more: Record<string, string> = {}) {
    const k = kept()
    const headers: Record<string, string> = { 'Accept-Language': 'en', ...more }
    if (as) Object.assign(headers, { Cookie: k.staff[as].cookie, 'X-CSRF-Token': k.staff[as].csrf })
    const r = await this.request.fetch(k.base + path, { method, headers, ...(body === undefined ? {} : { data: body }) })
    const text = await r.text()
    if (!r.ok()) throw new Error(`${method} ${path}: ${r.status()} ${text}`)
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    return (r.headers()['content-type'] ?? '').includes('json') ? (JSON.parse(text) as any) : text
  }
  /** A matter reported at a lamp-post of the sample town; its id and tracking code. */
  async report(words = '路灯不亮，晚上走路看不清', more: Record<string, unknown> = {}) {
    return (await this.call('POST', '/api/matters', { words, lat: 39.8984358, lon: 116.4117152, ...more })) as { id: string; code: string }
  }
  /** A step of a signed-in person. */
  async act(as: Role, matter: string, action: string, body: Record<string, unknown> = {}) {
    return await this.call('POST', `/api/matters/${matter}/${action}`, body, as)
  }
  linli(...args: string[]) {
    return run(kept(), ...args)
  }
}

const asked = new WeakMap<Page, Set<Request>>()

/** Counts what the pages of a browser wait for. The boards' open stream never ends and is not waited for. */
export function listen(context: BrowserContext) {
  const watch = (page: Page) => {
    const open = new Set<Request>()
    asked.set(page, open)
    page.on('request', r => new URL(r.url()).pathname.endsWith('/api/live') || open.add(r))
    page.on('requestfinished', r => open.delete(r))
    page.on('requestfailed', r => open.delete(r))
  }
  context.pages().forEach(watch)
  context.on('page', watch)
}

/** The page shows its heading and has what it asked the server for: nothing was on its way for a quarter of a second. */
export async function settled(page: Page) {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: 15_000 })
  const open = asked.get(page)
  if (!open) throw new Error('settled() needs listen(context) before the page is opened')
  for (let quiet = 0, n = 0; quiet < 5 && n < 200; n++) {
    await page.waitForTimeout(50)
    quiet = open.size ? 0 : quiet + 1
  }
}

/** What a browser needs to reach the town over https: the name leads here, and its key is taken for good. */
export const overTls = () => [`--host-resolver-rules=MAP ${SECURE_NAME} 127.0.0.1`, `--ignore-certificate-errors-spki-list=${kept().secure.key}`]

/** Sets a password for somebody of the town over https, so that a test signs in there by hand. */
export async function inviteOverTls(request: APIRequestContext, role: Role) {
  const { secure, linli } = kept(), login = people[role]
  const { token } = JSON.parse(run({ linli, dir: secure.dir, db: secure.db }, 'invite', login, '--json')) as { token: string }
  const r = await request.post(secure.base.replace(SECURE_NAME, '127.0.0.1') + '/api/invitations/accept', { data: { token, password: PASSWORD }, ignoreHTTPSErrors: true })
  if (!r.ok()) throw new Error(`${login} cannot set a password: ${r.status()} ${await r.text()}`)
  return { login, password: PASSWORD }
}

/** A network cable between a browser and the town. Cut, nothing gets through: neither a page nor its service worker, which the browser's own "offline" does not reach. */
export interface Cable {
  base: string
  cut(context: BrowserContext): Promise<void>
  mend(context: BrowserContext): Promise<void>
}

async function cableTo(target: string): Promise<Cable & { end(): void }> {
  const { hostname, port } = new URL(target), open = new Set<Socket>()
  let whole = true
  const server = createServer(near => {
    if (!whole) return near.destroy()
    const far = connect(Number(port), hostname)
    for (const [a, b] of [[near, far], [far, near]] as const) {
      open.add(a)
      a.pipe(b)
      a.on('error', () => b.destroy()).on('close', () => (open.delete(a), b.destroy()))
    }
  })
  const at = await new Promise<number>(done => server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)))
  const base = `http://127.0.0.1:${at}`
  ours.push(base)
  return {
    base,
    async cut(context) {
      whole = false
      open.forEach(s => s.destroy())
      await context.setOffline(true)
    },
    async mend(context) {
      whole = true
      await context.setOffline(false)
    },
    end: () => server.close(),
  }
}

type Lang = 'zh' | 'en'
type Face = 'residents' | 'work' | 'desk'

/** Servers that a test started for itself are ours too. */
export const ours: string[] = []

interface Fixtures {
  lang: Lang
  town: Town
  /** words('residents')('report.title'): what stands on the screen in the language of the test */
  words: (face: Face) => (key: string, args?: Record<string, string | number>) => string
  /** fails when axe finds something serious or critical */
  axe: (page?: Page) => Promise<void>
  /** puts the session of a role into the browser */
  as: (role: Role, context?: BrowserContext) => Promise<void>
  guard: void
  errorsExpected: RegExp[]
  cable: Cable
}

export const test = base.extend<Fixtures>({
  lang: ['zh', { option: true }],
  // eslint-disable-next-line no-empty-pattern
  baseURL: async ({}, use) => use(kept().base),
  locale: async ({ lang }, use) => use(lang === 'zh' ? 'zh-CN' : 'en-GB'),
  town: async ({ playwright }, use) => {
    const request = await playwright.request.newContext()
    await use(new Town(request))
    await request.dispose()
  },
  words: async ({ lang }, use) => {
    await use(face => {
      const p = pack(lang, face) as { words: Record<string, string> }
      return (key, args = {}) => {
        const text = p.words[key]
        if (text === undefined) throw new Error(`no words for ${key} in ${lang}/${face}`)
        return text.replace(/\{(\w+)\}/g, (_, n: string) => String(args[n]))
      }
    })
  },
  axe: async ({ page }, use) => {
    await use(async (other = page) => expect(await axeFindings(other), 'axe').toEqual([]))
  },
  as: async ({ context }, use) => {
    await use(async (role, other = context) => {
      const k = kept()
      const [name, value] = k.staff[role].cookie.split('=', 2) as [string, string]
      await other.addCookies([{ name, value, url: k.base }])
    })
  },
  errorsExpected: [[], { option: true }],
  // eslint-disable-next-line no-empty-pattern
  cable: async ({}, use) => {
    const c = await cableTo(kept().base)
    await use(c)
    c.end()
  },
  guard: [
    async ({ context, errorsExpected }, use) => {
      listen(context)
      const wrong: string[] = []
      const own = [kept().base, kept().https].filter(Boolean)
      context.on('request', r => {
        if (![...own, ...ours].some(o => r.url().startsWith(o + '/')) && !/^(blob|data):/.test(r.url())) wrong.push(`a request to somebody else: ${r.url()}`)
      })
      const watch = (page: Page) => {
        page.on('pageerror', e => wrong.push(`error in the page: ${e.message}`))
        page.on('console', m => {
          // What the network refused is the test's own affair; what the policy refused is ours.
          if (m.type() === 'error' && !/Failed to load resource|net::ERR_|TypeError: Failed to fetch/.test(m.text()) && !errorsExpected.some(x => x.test(m.text()))) wrong.push(`console: ${m.text()}`)
          if (m.type() === 'warning' && /\[Vue warn\]/.test(m.text())) wrong.push(`console: ${m.text()}`)
        })
      }
      context.pages().forEach(watch)
      context.on('page', watch)
      await use()
      expect(wrong).toEqual([])
    },
    { auto: true },
  ],
})
