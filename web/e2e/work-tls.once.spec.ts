/* Over https, on a name that is not localhost, with an authority of the town's own: the face can be installed and opens without a network. Over plain http on such
 * a name it says what is off. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SECURE_NAME } from './house'
import { axeFindings, expect, inviteOverTls, kept, overTls, test } from './test'

test('over https the face is installable and opens with the network cut', async ({ playwright, request, words }) => {
  test.setTimeout(120_000)
  const w = words('work'), { login, password } = await inviteOverTls(request, 'grid'), { secure } = kept()
  const dir = mkdtempSync(join(tmpdir(), 'linli-tls-')), launch = test.info().project.use.launchOptions
  const context = await playwright.chromium.launchPersistentContext(dir, { ...launch, args: [...(launch?.args ?? []), ...overTls()], viewport: { width: 360, height: 740 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: secure.base })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto('/work')
    expect(await page.evaluate(() => [location.hostname, isSecureContext])).toEqual([SECURE_NAME, true])
    await page.getByLabel(w('common.login')).fill(login)
    await page.getByLabel(w('common.password'), { exact: true }).fill(password)
    await page.getByRole('button', { name: w('common.sign-in') }).click()
    await expect(page.getByRole('heading', { name: w('today.title') })).toBeVisible()
    const cookie = (await context.cookies()).find(c => c.httpOnly)
    expect(cookie).toMatchObject({ secure: true, sameSite: 'Lax' })
    await page.evaluate(() => navigator.serviceWorker.ready)

    const devtools = await context.newCDPSession(page)
    const manifest = await devtools.send('Page.getAppManifest')
    expect(manifest.errors).toEqual([])
    expect(manifest.url).toBe(`${secure.base}/work/manifest.webmanifest`)
    expect((await devtools.send('Page.getInstallabilityErrors')).installabilityErrors.filter(e => e.errorId !== 'in-incognito')).toEqual([])

    await page.getByRole('navigation').getByRole('link', { name: w('phone.tab') }).click()
    await expect(page.locator('.can li').first()).toContainText(w('phone.on'))
    await context.setOffline(true)
    for (const path of ['/work', '/work/', '/work/report']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    }
  } finally {
    await context.close()
    rmSync(dir, { recursive: true, force: true })
  }
})

test('over http on a name of the network it says what is off and how to switch it on', async ({ playwright, words }) => {
  const w = words('work'), { base, staff } = kept(), launch = test.info().project.use.launchOptions
  const browser = await playwright.chromium.launch({ ...launch, args: [...(launch?.args ?? []), ...overTls()] })
  try {
    const at = base.replace('127.0.0.1', SECURE_NAME)
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN', baseURL: at })
    const [name, value] = staff.grid.cookie.split('=', 2) as [string, string]
    await context.addCookies([{ name, value, url: at }])
    const page = await context.newPage()
    await page.goto('/work/phone')
    await expect(page.getByText(w('phone.insecure').slice(0, 20))).toBeVisible()
    await expect(page.locator('.can li', { hasText: w('phone.off') })).toHaveCount(3)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('link', { name: w('phone.how-to') }).click()
    await expect(page.locator('pre').first()).toContainText('script/lan-tls')
    expect(await axeFindings(page)).toEqual([])
  } finally {
    await browser.close()
  }
})
