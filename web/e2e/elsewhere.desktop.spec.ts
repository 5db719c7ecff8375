/* Signing in elsewhere, with a provider of the test's own (t/oidc_provider.py): the button, the way there and back, linking and unlinking. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { linliBinary, PASSWORD, people, run, serve, signedIn, source, type House } from './house'
import { expect, ours, test } from './test'

const able = (() => {
  try {
    execFileSync('python3', ['-c', 'import cryptography'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
test.skip(!able, 'python3-cryptography signs for the provider')
test.describe.configure({ timeout: 150_000, mode: 'serial' })

const free = () => new Promise<number>(done => {
  const s = createServer().listen(0, '127.0.0.1', () => {
    const { port } = s.address() as AddressInfo
    s.close(() => done(port))
  })
})

let house: House, provider: ChildProcess, base = ''
test.beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'linli-oidc-')), db = `sqlite:${join(dir, 'linli.db')}`, port = await free(), far = await free()
  base = `http://127.0.0.1:${port}`
  house = { linli: linliBinary(), dir, db, base, https: '' } as House
  provider = spawn('python3', [join(source, 't/oidc_provider.py'), String(far)], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise(done => provider.stdout!.once('data', done))
  const conf = join(dir, 'oidc.conf')
  writeFileSync(conf, `issuer: http://127.0.0.1:${far}/realms/city\nclient_id: linli\nclient_secret: "a-secret:of%20+&chars"\nname: {zh: 统一身份认证, en: City ID}\n`, { mode: 0o600 })
  run(house, 'load', join(source, 'samples/town'))
  house.server = (await serve(house.linli, dir, db, 'server', ['--listen', `127.0.0.1:${port}`, '--oidc', conf, '--public-url', base])).server
  for (const login of [people.dispatcher, people.admin, people.grid]) await signedIn(house, login)
  ours.push(base, `http://127.0.0.1:${far}`)
})
test.afterAll(() => {
  house?.server?.kill('SIGTERM')
  provider?.kill('SIGTERM')
  if (house) rmSync(house.dir, { recursive: true, force: true })
})

test('nobody gets an account by it; linked, one press signs in; unlinked, it does not', async ({ page, words, axe, lang }, info) => {
  const w = words('desk'), name = lang === 'zh' ? '统一身份认证' : 'City ID', button = page.getByRole('link', { name: w('elsewhere.sign-in', { name }) })
  const shot = async (what: string) => {
    for (const [width, height] of [[1440, 900], [360, 740]] as const) {
      await page.setViewportSize({ width, height })
      await page.screenshot({ path: info.outputPath(`${what}-${lang}-${width}.png`), fullPage: true })
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  }
  const elsewhere = async (person: string) => {
    await button.click()
    await page.getByLabel('Number').fill(person)
    await page.getByRole('button', { name: 'Continue' }).click()
  }
  await page.goto(base + '/desk/me')
  await expect(button).toBeVisible()
  await elsewhere('s-1001')
  await expect(page.getByRole('alert')).toHaveText(w('elsewhere.unlinked'))
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/desk/me')
  await axe()
  await shot('unlinked')
  // With the password, then linked on one's own page.
  await page.getByLabel(w('common.login')).fill(people.dispatcher)
  await page.getByLabel(w('common.password')).fill(PASSWORD)
  await page.getByRole('button', { name: w('common.sign-in'), exact: true }).click()
  await page.getByRole('button', { name: w('elsewhere.link'), exact: true }).click()
  await page.getByLabel(w('elsewhere.password')).fill('not the password')
  await page.getByRole('button', { name: w('elsewhere.go-on') }).click()
  await expect(page.locator('.elsewhere [role=alert]')).toBeVisible()
  await axe()
  await shot('link')
  await page.getByLabel(w('elsewhere.password')).fill(PASSWORD)
  await page.getByRole('button', { name: w('elsewhere.go-on') }).click()
  await page.getByLabel('Number').fill('s-1001')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText(w('elsewhere.linked'))).toBeVisible()
  await axe()
  await shot('linked')
  // One press, and back where one was.
  await page.context().clearCookies()
  await page.goto(base + '/desk/boards')
  await elsewhere('s-1001')
  await expect(page.locator('#main').getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page).toHaveURL(new RegExp('^' + base + '/desk/boards'))
  const cookies = await page.context().cookies(base)
  expect(cookies.map(c => c.name)).toEqual(['linli'])
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  // Unlinking ends it.
  await page.goto(base + '/desk/me')
  await page.getByRole('button', { name: w('elsewhere.unlink') }).click()
  await page.getByRole('button', { name: w('elsewhere.unlink') }).click()
  await expect(page.getByText(w('elsewhere.is-off'))).toBeVisible()
  await page.context().clearCookies()
  await page.goto(base + '/desk')
  await elsewhere('s-1001')
  await expect(page.getByRole('alert')).toHaveText(w('elsewhere.unlinked'))
})

/** The six digits of an authenticator (RFC 6238). */
function digits(base32: string, at = Date.now()) {
  const bits = [...base32].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)!.map(b => parseInt(b, 2))), step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', key).update(step).digest()
  return String((mac.readUInt32BE(mac[19]! & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

test('who has a second factor here is asked for it after the sign-in elsewhere, too', async ({ page, request, words, axe, lang }, info) => {
  const w = words('desk'), name = lang === 'zh' ? '统一身份认证' : 'City ID', { csrf, cookie } = await signedIn(house, people.clerk), headers = { Cookie: cookie, 'X-CSRF-Token': csrf }
  const { secret } = await (await request.post(base + '/api/session/second-factor/offer', { headers })).json() as { secret: string }
  expect((await request.post(base + '/api/session/second-factor', { headers, data: { secret, code: digits(secret, Date.now() - 30_000) } })).ok()).toBe(true)
  const admin = await signedIn(house, people.admin)
  expect((await request.put(`${base}/api/accounts/${people.clerk}/oidc`, { headers: { Cookie: admin.cookie, 'X-CSRF-Token': admin.csrf }, data: { subject: 's-3003' } })).ok()).toBe(true)
  await page.goto(base + '/desk/me')
  await page.getByRole('link', { name: w('elsewhere.sign-in', { name }) }).click()
  await page.getByLabel('Number').fill('s-3003')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText(w('elsewhere.code'))).toBeVisible()
  await expect(page.getByLabel(w('common.password'))).toHaveCount(0)
  await axe()
  await page.screenshot({ path: info.outputPath(`code-${lang}.png`) })
  await page.getByLabel(w('common.second-factor')).fill('000000')
  await page.getByRole('button', { name: w('common.sign-in'), exact: true }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByLabel(w('common.second-factor')).fill(digits(secret))
  await page.getByRole('button', { name: w('common.sign-in'), exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('desk.me'))

  // Off again: whoever finds this page open does not know the password.
  await page.getByRole('button', { name: w('account.factor-off'), exact: true }).click()
  await page.getByRole('button', { name: w('account.factor-off'), exact: true }).click()
  await expect(page.getByLabel(w('account.factor-off-password'))).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel(w('account.factor-off-password')).fill('not the password')
  await page.getByRole('button', { name: w('account.factor-off'), exact: true }).click()
  await expect(page.getByRole('alert')).toHaveText({ zh: /密码不对/, en: /The password is wrong/ }[lang])
  await axe()
  await page.screenshot({ path: info.outputPath(`off-${lang}.png`) })
  await page.getByLabel(w('account.factor-off-password')).fill(PASSWORD)
  await page.getByRole('button', { name: w('account.factor-off'), exact: true }).click()
  await expect(page.getByText(w('account.factor-is-off'))).toBeVisible()
  expect((await request.post(base + '/api/session', { data: { login: people.clerk, password: PASSWORD } })).ok()).toBe(true) // by password alone
})

test('an administrator links a worker, who signs in on the phone', async ({ page, words, axe, lang }, info) => {
  const w = words('desk'), k = words('work'), name = lang === 'zh' ? '统一身份认证' : 'City ID'
  await page.goto(base + '/desk/admin/accounts')
  await page.getByLabel(w('common.login')).fill(people.admin)
  await page.getByLabel(w('common.password')).fill(PASSWORD)
  await page.getByRole('button', { name: w('common.sign-in'), exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: people.grid })
  await row.getByRole('button', { name: w('admin.bind'), exact: true }).click()
  await row.getByLabel(w('admin.subject', { name })).fill('s-2002')
  await page.screenshot({ path: info.outputPath(`bind-${lang}.png`) })
  await axe()
  await row.getByRole('button', { name: w('admin.bind'), exact: true }).click()
  await expect(page.getByText(w('admin.bound', { login: people.grid }))).toBeVisible()
  await expect(row.getByText(w('admin.linked'), { exact: true })).toBeVisible()
  await page.context().clearCookies()
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(base + '/work')
  await page.getByRole('link', { name: k('elsewhere.sign-in', { name }) }).click()
  await page.getByLabel('Number').fill('s-2002')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('navigation', { name: k('today.pages') })).toBeVisible()
  await page.goto(base + '/work/phone')
  await expect(page.locator('.elsewhere')).toContainText(lang === 'zh' ? '管理员' : 'administrator')
  await axe()
  await page.screenshot({ path: info.outputPath(`phone-${lang}.png`), fullPage: true })
})
