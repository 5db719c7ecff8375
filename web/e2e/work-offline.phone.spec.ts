import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page, PlaywrightWorkerArgs } from '@playwright/test'
import { PASSWORD } from './house'
import { expect, kept, test, type Town } from './test'
import { photo } from './work-photo'

const done = '已到现场更换灯泡，路灯恢复照明'
const unlike = (what: string) => `${what}（${Math.random().toString(36).slice(2, 8)}）`
const card = (page: Page, words: string) => page.locator('article.card', { hasText: words })

/** A matter that the handler has signed for and whose reporter they have met: next is the answer. */
async function working(town: Town) {
  const said = unlike('路灯不亮，晚上走路看不清'), made = await town.report(said, { phone: '13800000777' })
  await town.act('handler', made.id, 'sign')
  await town.act('handler', made.id, 'contact', { channel: 'visit', outcome: 'reached', time: new Date().toISOString() })
  return { said, ...made }
}
// The pages come through the cable.
test.use({ baseURL: async ({ cable }, use) => use(cable.base) })

const stateOf = async (town: Town, id: string) => (await town.call('GET', `/api/matters/${id}`, undefined, 'dispatcher')) as { rev: number; answered: string | null; story: { kind: string; words?: { text?: string } }[]; files: unknown[] }
const steps = async (town: Town, id: string, kind: string) => (await stateOf(town, id)).story.filter(s => s.kind === kind)

/** The page is under its service worker, and what is mine is on the phone. */
async function ready(page: Page, said: string) {
  await page.goto('/work')
  await expect(card(page, said)).toBeVisible()
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller) await new Promise(r => navigator.serviceWorker.addEventListener('controllerchange', r, { once: true }))
  })
}
async function answer(page: Page, id: string, text: string, name: string, button: string) {
  await page.goto(`/work/matter/${id}`)
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('textbox').first().fill(text)
  await page.getByRole('button', { name: button }).click()
}

test('without a network: the list opens, a matter is read, answered with a photo, and nothing says "sent" until it is', async ({ page, context, cable, town, as, words, axe, lang }) => {
  const w = words('work'), { id, said } = await working(town)
  await as('handler')
  await ready(page, said)
  await cable.cut(context)
  await page.reload()
  await expect(card(page, said)).toBeVisible()
  await expect(page.getByText(w('today.offline', { time: '' }).slice(0, 8))).toBeVisible()
  await axe()
  await card(page, said).getByRole('link').click()
  await expect(page.locator('.said').first()).toHaveText(said)
  await page.getByRole('button', { name: lang === 'zh' ? '答复' : 'Answer', exact: true }).click()
  await page.getByRole('textbox').first().fill(done)
  await page.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: photo() })
  await expect(page.getByAltText(w('act.photo-alt', { n: 1 }))).toBeVisible()
  await page.getByRole('button', { name: w('act.store') }).click()
  await expect(page.getByRole('heading', { name: w('matter.waits') })).toBeVisible()
  await expect(page.locator('[role=status]').first()).toHaveText(w('act.stored', { what: lang === 'zh' ? '答复' : 'Answer' }))
  await page.getByRole('navigation').getByRole('link', { name: w('waiting.tab') }).click()
  await expect(page.locator('li.card')).toContainText(w('waiting.state-waiting'))
  await expect(page.locator('li.card')).toContainText(w('waiting.photos', { n: 1 }))
  await axe()
  expect((await stateOf(town, id)).answered).toBeNull()

  await cable.mend(context)
  await expect(page.getByText(w('waiting.none'))).toBeVisible({ timeout: 30000 })
  const m = await stateOf(town, id)
  expect(m.answered).not.toBeNull()
  expect(m.files).toHaveLength(1)
})

test('signed for and written without a network in one go: a step of mine is no clash with the next', async ({ page, context, cable, town, as, words, lang }) => {
  const w = words('work'), first = await working(town)
  const said = unlike('路灯不亮，晚上走路看不清'), { id } = await town.report(said, { phone: '13800000777' })
  await as('handler')
  await ready(page, said)
  await expect(card(page, first.said)).toBeVisible() // its form of the next step is known to this phone
  await cable.cut(context)
  await page.goto(`/work/matter/${id}`)
  await page.getByRole('button', { name: lang === 'zh' ? '签收' : 'Sign for', exact: true }).click()
  await page.getByRole('button', { name: lang === 'zh' ? '联系诉求人' : 'Contact the reporter' }).click()
  await page.getByRole('radio', { name: lang === 'zh' ? '上门' : 'Visit', exact: true }).check()
  await page.getByRole('radio', { name: lang === 'zh' ? '已联系上' : 'Reached', exact: true }).check()
  await page.getByRole('button', { name: w('act.store') }).click()
  await expect(page.locator('.card.wait .link')).toHaveCount(2)
  await cable.mend(context)
  await page.getByRole('navigation').getByRole('link', { name: w('waiting.tab') }).click()
  await expect(page.getByText(w('waiting.none'))).toBeVisible({ timeout: 30000 })
  expect((await stateOf(town, id)).story.map(s => s.kind)).toEqual(['opened', 'sign', 'contact'])
})

/** A phone that is switched off and on: a profile of its own on disk. */
async function phone(playwright: PlaywrightWorkerArgs['playwright'], dir: string, lang: string, role: 'handler' | 'grid', base: string): Promise<BrowserContext> {
  const use = test.info().project.use
  const context = await playwright.chromium.launchPersistentContext(dir, { ...use.launchOptions, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, locale: lang === 'zh' ? 'zh-CN' : 'en-GB', timezoneId: 'Asia/Shanghai', baseURL: base })
  const [name, value] = kept().staff[role].cookie.split('=', 2) as [string, string]
  await context.addCookies([{ name, value, url: kept().base }])
  return context
}

test('the queue survives the phone being switched off, and goes out in the order it was written, once', async ({ playwright, cable, town, words, lang }) => {
  test.setTimeout(120_000)
  const w = words('work'), a = await working(town), b = await working(town)
  const name = lang === 'zh' ? '答复' : 'Answer', dir = mkdtempSync(join(tmpdir(), 'linli-phone-'))
  let context = await phone(playwright, dir, lang, 'handler', cable.base)
  try {
    let page = context.pages()[0] ?? (await context.newPage())
    await ready(page, a.said)
    await expect(card(page, b.said)).toBeVisible()
    await cable.cut(context)
    for (const m of [b, a]) {
      await answer(page, m.id, unlike(done), name, w('act.store'))
      await expect(page.getByRole('heading', { name: w('matter.waits') })).toBeVisible()
    }
    await context.close()

    context = await phone(playwright, dir, lang, 'handler', cable.base)
    await cable.cut(context)
    page = context.pages()[0] ?? (await context.newPage())
    await page.goto('/work/waiting')
    await expect(page.locator('li.card')).toHaveCount(2)
    await expect(page.getByText(w('waiting.oldest', { age: '' }).split('{')[0]!.slice(0, 5))).toBeVisible()
    // The first answer arrives and its receipt is lost on the way: the same key does it once.
    let lost = 0
    const order: string[] = []
    await context.route('**/api/matters/*/answer', async route => {
      order.push(/matters\/(\d+)/.exec(route.request().url())![1]!)
      if (lost++ === 0) {
        await route.fetch()
        await route.abort('connectionfailed')
      } else await route.continue()
    })
    await cable.mend(context)
    await expect.poll(() => lost, { timeout: 30000 }).toBeGreaterThan(0)
    await expect(page.getByText(w('waiting.none'))).toBeVisible({ timeout: 40000 })
    expect(order.filter((id, i) => order.indexOf(id) === i)).toEqual([b.id, a.id])
    expect(await steps(town, a.id, 'answer')).toHaveLength(1)
    expect(await steps(town, b.id, 'answer')).toHaveLength(1)
  } finally {
    await context.close()
    rmSync(dir, { recursive: true, force: true })
  }
})

test('somebody was faster: both are shown, and mine goes out on top when I choose so', async ({ page, context, cable, town, as, words, axe, lang }) => {
  const w = words('work'), { id, said, code } = await working(town), name = lang === 'zh' ? '答复' : 'Answer'
  await as('handler')
  await ready(page, said)
  await cable.cut(context)
  await answer(page, id, done, name, w('act.store'))
  await town.call('POST', '/api/track/note', { text: '灯今早自己亮了一会儿又灭了' }, undefined, { 'X-Tracking-Code': code })
  await cable.mend(context)
  await page.getByRole('navigation').getByRole('link', { name: w('waiting.tab') }).click()
  await expect(page.locator('li.card')).toContainText(w('waiting.state-clash'), { timeout: 30000 })
  await page.locator('li.card a').click()
  await expect(page.getByRole('region', { name: w('waiting.mine') })).toContainText(done)
  await expect(page.getByRole('region', { name: w('waiting.there') })).toContainText('灯今早自己亮了一会儿又灭了')
  await axe()
  expect(await steps(town, id, 'answer')).toHaveLength(0)
  await page.getByRole('button', { name: w('waiting.do-mine') }).click()
  await expect(page).toHaveURL(new RegExp(`/work/matter/${id}$`))
  expect((await steps(town, id, 'answer')).map(s => s.words?.text)).toEqual([done])
})

test('two people on one matter at once: what is no longer possible is said, and mine can be given up', async ({ page, town, as, words, lang }) => {
  const w = words('work'), { id, said } = await working(town)
  await as('handler')
  await ready(page, said)
  await page.goto(`/work/matter/${id}`)
  await page.getByRole('button', { name: lang === 'zh' ? '答复' : 'Answer', exact: true }).click()
  await page.getByRole('textbox').first().fill(done)
  await town.act('dispatcher', id, 'call_in', { unit: 'u-lamp', work: '请到现场修复路灯', reason: '灯杆归路灯管理中心' })
  await page.getByRole('button', { name: w('act.send') }).click()
  await expect(page.getByRole('heading', { name: w('waiting.choose-title') })).toBeVisible()
  await expect(page.getByRole('region', { name: w('waiting.there') })).toContainText('请到现场修复路灯')
  await expect(page.getByText(w('waiting.not-possible', { what: lang === 'zh' ? '答复' : 'Answer' }))).toBeVisible()
  await page.getByRole('button', { name: w('waiting.drop') }).click()
  await page.locator('.van-dialog').getByRole('button', { name: w('waiting.drop') }).click()
  await expect(page).toHaveURL(new RegExp(`/work/matter/${id}$`))
  await page.getByRole('navigation').getByRole('link', { name: w('waiting.tab') }).click()
  await expect(page.getByText(w('waiting.none'))).toBeVisible()
  expect(await steps(town, id, 'answer')).toHaveLength(0)
})

test('a day later it warns; the file that it is exported to brings it in once', async ({ page, context, cable, town, as, words, axe, lang }, info) => {
  const w = words('work'), { id, said } = await working(town)
  await as('handler')
  await ready(page, said)
  await cable.cut(context)
  await answer(page, id, done, lang === 'zh' ? '答复' : 'Answer', w('act.store'))
  await context.clock.setSystemTime(Date.now() + 25 * 3600_000)
  await page.goto('/work/waiting')
  await expect(page.getByRole('alert')).toContainText(w('waiting.too-long'))
  await expect(page.locator('li.card')).toContainText(w('waiting.hours', { n: 25 }))
  await axe()
  const loading = page.waitForEvent('download')
  await page.getByRole('button', { name: w('waiting.export') }).click()
  const file = info.outputPath('queue.json')
  await (await loading).saveAs(file)
  const all = JSON.parse(readFileSync(file, 'utf8')) as { login: string; items: { body: { text: string } }[] }
  expect(all.items.map(i => i.body.text)).toEqual([done])
  const another = info.outputPath('other.json')
  writeFileSync(another, JSON.stringify({ ...all, login: 'somebody' }))

  // Sent from here, and brought in once more: it is not done twice.
  await cable.mend(context)
  await expect(page.getByText(w('waiting.none'))).toBeVisible({ timeout: 30000 })
  await page.locator('summary', { hasText: w('waiting.import') }).click()
  await page.locator('input[type=file]').setInputFiles(another)
  await expect(page.locator('[role=status]').first()).toHaveText(w('waiting.import-other', { login: 'somebody' }))
  await page.locator('input[type=file]').setInputFiles(file)
  await expect(page.locator('[role=status]').first()).toHaveText(w('waiting.imported', { n: 1 }))
  await expect(page.getByText(w('waiting.none'))).toBeVisible()
  expect(await steps(town, id, 'answer')).toHaveLength(1)
})

test('signing out asks once if something waits, and leaves nothing on the phone', async ({ page, context, cable, town, words }) => {
  const w = words('work'), { id, said } = await working(town)
  const signIn = async (login: string) => {
    await page.getByLabel(w('common.login')).fill(login)
    await page.getByLabel(w('common.password'), { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: w('common.sign-in') }).click()
  }
  await page.goto('/work')
  await signIn(kept().staff.handler.login)
  await expect(page.getByRole('heading', { name: w('today.title') })).toBeVisible()
  await ready(page, said)
  await page.goto(`/work/matter/${id}`)
  await cable.cut(context)
  await page.locator('.acts .van-button--primary').click()
  await expect(page.locator('form fieldset').first()).toBeVisible()
  for (const group of await page.locator('fieldset .chips').all()) await group.getByRole('radio').first().check()
  await page.getByRole('button', { name: w('act.store') }).click()
  await page.getByRole('navigation').getByRole('link', { name: w('phone.tab') }).click()
  await page.getByRole('button', { name: w('phone.leave') }).click()
  await expect(page.locator('.van-dialog')).toContainText(w('phone.leave-sure', { n: 1 }))
  await page.locator('.van-dialog').getByRole('button', { name: w('phone.leave-anyway') }).click()
  await expect(page.getByRole('heading', { name: w('common.sign-in') })).toBeVisible()
  const left = () => page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(d => d.name).filter(n => n?.startsWith('linli-work')),
    caches: (await Promise.all((await caches.keys()).map(async n => (await (await caches.open(n)).keys()).map(r => r.url)))).flat(), workers: (await navigator.serviceWorker.getRegistrations()).length, meter: localStorage.getItem('linli.work.meter'),
  }))
  expect(await left()).toEqual({ databases: [], caches: [], workers: 0, meter: null })

  // It was done without a network: the session ends as soon as there is one, before anything is shown.
  await cable.mend(context)
  await page.goto('/work')
  await expect(page.getByRole('heading', { name: w('common.sign-in') })).toBeVisible()
  await signIn(kept().staff.lamp.login)
  await expect(page.getByRole('heading', { name: w('today.title') })).toBeVisible()
  await expect(card(page, said)).toHaveCount(0)
  await page.getByRole('navigation').getByRole('link', { name: w('waiting.tab') }).click()
  await expect(page.getByText(w('waiting.none'))).toBeVisible()
})

test('another login on a phone where something waits sees a number and no more', async ({ page, context, cable, town, as, words, axe, lang }) => {
  const w = words('work'), { id, said } = await working(town)
  await as('handler')
  await ready(page, said)
  await cable.cut(context)
  await answer(page, id, done, lang === 'zh' ? '答复' : 'Answer', w('act.store'))
  await expect(page.getByRole('heading', { name: w('matter.waits') })).toBeVisible()
  await context.clearCookies()
  await as('lamp')
  await cable.mend(context)
  await page.goto('/work')
  await expect(page.getByRole('heading', { name: w('phone.stranger-title') })).toBeVisible()
  await expect(page.locator('body')).not.toContainText(said)
  await expect(page.locator('body')).not.toContainText(done)
  await axe()
  await page.getByRole('button', { name: w('phone.stranger-wipe') }).click()
  await expect(page.getByRole('heading', { name: w('today.title') })).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: w('waiting.tab') }).click()
  await expect(page.getByText(w('waiting.none'))).toBeVisible()
  expect(await steps(town, id, 'answer')).toHaveLength(0)
})

test('a report written without a network goes out later, and its code is there to be passed on', async ({ page, context, cable, as, words }) => {
  const w = words('work')
  await as('grid')
  await page.goto('/work/report')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect(page.getByRole('radio').first()).toBeChecked()
  await cable.cut(context)
  await page.getByLabel(w('report.words')).fill('楼道灯坏了三天，老人上下楼看不见')
  await page.getByRole('radio', { name: w('report.read-yes') }).check()
  await page.locator('form button[type=submit]').click()
  await expect(page.getByRole('heading', { name: w('report.stored-title') })).toBeVisible()
  await cable.mend(context)
  await page.getByRole('navigation').getByRole('link', { name: w('waiting.tab') }).click()
  await expect(page.locator('.code')).toHaveText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/, { timeout: 30000 })
  await page.getByRole('button', { name: w('waiting.code-done') }).click()
  await expect(page.locator('.code')).toHaveCount(0)
})
