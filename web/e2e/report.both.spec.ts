import type { Page } from '@playwright/test'
import { expect, test, type Town } from './test'
import { jpeg } from './picture'

const lamp = { zh: '楼下路灯坏了三天，晚上很黑', en: 'The street lamp downstairs is out, it is dark' }

test('a lamp is reported in three steps, and who answers is said before it is sent', async ({ page, words, axe, lang, town }) => {
  const w = words('residents')
  await page.goto('/')
  await page.getByRole('link', { name: w('home.report') }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.what'))
  await page.getByRole('textbox').fill(lamp.zh)
  await expect(page.locator('.subject strong')).toHaveText({ zh: '路灯不亮', en: 'Street lamp out' }[lang])
  await axe()
  await page.getByRole('button', { name: w('report.next') }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.where'))
  await page.getByLabel(w('place.kind-community')).selectOption({ label: '新世界家园社区' })
  await page.getByLabel(w('place.kind-grid')).selectOption({ index: 2 })
  await expect(page.locator('.chosen')).toContainText('新世界家园社区第2网格')
  await axe()
  await page.getByRole('button', { name: w('report.next') }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.photos'))
  await page.locator('input[type=file]').setInputFiles({ name: 'lamp.jpg', mimeType: 'image/jpeg', buffer: await jpeg(page) })
  await expect(page.getByRole('img', { name: w('photos.photo', { n: 1 }) })).toBeVisible()
  await axe()
  await page.getByRole('button', { name: w('report.next'), exact: true }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.check'))
  await expect(page.locator('.answer .big')).not.toBeEmpty()
  await expect(page.locator('.answer .due')).toContainText({ zh: '个工作日内答复', en: 'working days, by' }[lang])
  await page.locator('.answer summary').click()
  await page.locator('.contact summary').click()
  await page.getByRole('textbox', { name: w('report.phone'), exact: true }).fill('13800009001')
  await axe()
  await page.getByRole('button', { name: w('report.send') }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.sent'))
  const code = (await page.locator('.code').innerText()).trim()
  await axe()
  const there = await town.call('GET', '/api/track', undefined, undefined, { 'X-Tracking-Code': code })
  expect(there.subject.code).toBe('road.lamp')
  expect(there.grid.code).toBe('110101012002002')
  expect(there.files).toHaveLength(1)
  expect(there.story[0].words.words).toBe(lamp.zh)

  await page.getByRole('link', { name: w('report.follow') }).click()
  await expect(page).toHaveURL(/\/track$/)
  await expect(page.locator('.story')).toContainText(lamp.zh)
})

test('words of danger show at once what to dial', async ({ page, words, axe }) => {
  const w = words('residents')
  await page.goto('/report')
  await page.getByRole('textbox').fill('楼道里有很浓的煤气味')
  const alarm = page.getByRole('alert')
  await expect(alarm.getByRole('link', { name: w('report.dial', { number: 119 }) })).toHaveAttribute('href', 'tel:119')
  await axe()
})

test('a subject that was guessed wrong is changed by searching', async ({ page, words, lang, axe }) => {
  const w = words('residents')
  await page.goto('/report')
  await page.getByRole('textbox').fill('楼下路灯坏了')
  await page.locator('.subject').getByRole('button', { name: w('report.subject-change') }).click()
  await page.getByRole('searchbox').fill({ zh: '流浪', en: 'stray' }[lang])
  await axe()
  const found = page.locator('.picker li button').nth(1)
  const name = (await found.innerText()).split('\n')[0]!
  await found.click()
  await expect(page.locator('.subject strong')).toHaveText(name)
})

test('nothing goes on without words, and the page says what is lacking', async ({ page, words }) => {
  const w = words('residents')
  await page.goto('/report')
  await page.getByRole('button', { name: w('report.next') }).click()
  await expect(page.getByRole('alert')).toHaveText(w('report.lack-words'))
  await expect(page.getByRole('textbox')).toBeFocused()
})

test('the QR code of a lamp-post fills in the place', async ({ page, words }) => {
  const w = words('residents')
  await page.goto('/report?thing=lamp-003')
  await expect(page.locator('.chip-line')).toContainText('崇文门西大街社区第4网格 · lamp-003')
  await page.getByRole('textbox').fill('灯不亮')
  await page.getByRole('button', { name: w('report.next') }).click()
  await expect(page.locator('.chosen')).toContainText('lamp-003')
  await page.getByRole('button', { name: w('report.next') }).click()
  await page.getByRole('button', { name: w('report.no-photos') }).click()
  const [sent] = await Promise.all([page.waitForRequest(r => r.url().endsWith('/api/matters')), page.getByRole('button', { name: w('report.send') }).click()])
  expect(sent.postDataJSON()).toMatchObject({ thing: 'lamp-003' })
  await expect(page.locator('.code')).toBeVisible()
})

test('a place in one\'s own words is understood, and asked back', async ({ page, words }) => {
  const w = words('residents')
  await page.goto('/report')
  await page.getByRole('textbox').fill('老供销社那边有人乱倒垃圾')
  await page.getByRole('button', { name: w('report.next') }).click()
  await page.getByLabel(w('place.own')).fill('老供销社')
  await page.getByRole('group', { name: w('place.mean') }).getByRole('button').first().click()
  await expect(page.locator('.chosen')).toBeVisible()
  await expect(page.getByLabel(w('place.own'))).toHaveValue('老供销社')
})

/** A matter at a lamp-post that a clerk has made public, and the report of somebody else up to the last look. */
async function likeIt(page: Page, town: Town, w: (key: string) => string, words: string) {
  const m = await town.report('路灯坏了，不亮，在我家三号楼下', { thing: 'lamp-002', subject: 'road.lamp' })
  await town.call('PUT', `/api/matters/${m.id}/release`, { text: '大街西口一盏路灯不亮，已安排检修', text_en: 'A street lamp is out at the west end; repairs are arranged', street: streetOf(m), thing: 'lamp-002' }, 'dispatcher')
  await page.goto('/report?thing=lamp-002')
  await page.getByRole('textbox').fill(words)
  for (const next of ['report.next', 'report.next']) await page.getByRole('button', { name: w(next) }).click()
  return m
}
/** Tests run beside each other: each knows its own matter by the street. */
const streetOf = (m: { id: string }) => `样例街${m.id.slice(-6)}`
const cardOf = (page: Page, m: { id: string }) => page.locator('.similar li').filter({ hasText: streetOf(m) })

test('what is public nearby is joined from inside the report, with what was written, and an answer that was lost does not double it', async ({ page, words, town, axe, lang }) => {
  const w = words('residents')
  await town.report('路灯坏了，不亮，别处没有公开的', { thing: 'lamp-002', subject: 'road.lamp' })
  const m = await likeIt(page, town, w, '三号楼下路灯坏了，不亮')
  await page.locator('input[type=file]').setInputFiles({ name: 'lamp.jpg', mimeType: 'image/jpeg', buffer: await jpeg(page) })
  await page.getByRole('button', { name: w('report.next'), exact: true }).click()
  const card = cardOf(page, m)
  await expect(card).toContainText({ zh: '大街西口一盏路灯不亮', en: 'A street lamp is out at the west end' }[lang])
  await expect(page.getByText('别处没有公开的')).toHaveCount(0)
  await axe()
  await card.getByRole('button', { name: w('report.join') }).click()
  await expect(page.getByRole('checkbox', { name: w('report.join-words') })).toBeChecked()
  await page.locator('.contact summary').click()
  await page.getByRole('textbox', { name: w('report.phone'), exact: true }).fill('13800009005')
  await axe()
  const sent: { key: string; url: string; body: Record<string, unknown> }[] = []
  await page.route('**/join', async route => {
    sent.push({ key: route.request().headers()['idempotency-key'] ?? '', url: route.request().url(), body: route.request().postDataJSON() as Record<string, unknown> })
    if (sent.length > 1) return route.continue()
    await route.fetch() // the server has it; the answer never arrives
    await route.abort()
  })
  await page.getByRole('button', { name: w('report.send-join') }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.waiting'))
  // On a slow machine its photo may not have got through at first: then that is what waits.
  await expect(async () => {
    if (!sent.length) await page.getByRole('button', { name: w('report.try-now') }).click({ timeout: 1000 })
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.waiting'))
    expect(sent).toHaveLength(1)
  }).toPass()
  await page.getByRole('button', { name: w('report.try-now') }).click({ timeout: 2000 }).catch(() => undefined) // the page tries by itself too
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.sent-joined'))
  await axe()
  expect(sent).toHaveLength(2)
  expect(sent[1]).toEqual(sent[0])
  expect(sent[0]!.body).toMatchObject({ words: '三号楼下路灯坏了，不亮', thing: 'lamp-002', phone: '13800009005' })
  expect((await town.call('GET', `/api/public/matters/${m.id}`)).people).toBe(2)
  const there = await town.call('GET', '/api/track', undefined, undefined, { 'X-Tracking-Code': (await page.locator('.code').innerText()).trim() })
  expect(there.state).toBe('joined')
  expect(there.files).toHaveLength(1)
  expect(there.story[0].words.words).toBe('三号楼下路灯坏了，不亮')
  await town.call('DELETE', `/api/matters/${m.id}/release`, undefined, 'dispatcher')
  await page.goto('/report')
  await expect(page.getByRole('textbox')).toHaveValue('') // the draft is gone
  await expect(page.getByText(w('report.draft-go'))).toHaveCount(0)
})

test('without their words if they wish, and what was taken back meanwhile goes on as a report of its own', async ({ page, words, town }) => {
  const w = words('residents')
  const m = await likeIt(page, town, w, '路灯坏了，还是不亮')
  await page.getByRole('button', { name: w('report.no-photos') }).click()
  const card = cardOf(page, m)
  await card.getByRole('button', { name: w('report.join') }).click()
  await page.getByRole('checkbox', { name: w('report.join-words') }).uncheck()
  await page.route('**/join', async route => {
    expect(route.request().postDataJSON()).not.toHaveProperty('words')
    await town.call('DELETE', `/api/matters/${m.id}/release`, undefined, 'dispatcher')
    await route.continue()
  })
  await page.getByRole('button', { name: w('report.send-join') }).click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await expect(cardOf(page, m)).toHaveCount(0)
  await page.getByRole('button', { name: w('report.send'), exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.sent'))
  const there = await town.call('GET', '/api/track', undefined, undefined, { 'X-Tracking-Code': (await page.locator('.code').innerText()).trim() })
  expect(there.state).not.toBe('joined')
  expect(there.story[0].words.words).toBe('路灯坏了，还是不亮')
})

test('the way to a person stands on every page, with a number to dial', async ({ page, words, axe }) => {
  const w = words('residents')
  for (const at of ['/', '/report', '/track']) {
    await page.goto(at)
    await expect(page.getByRole('banner').getByRole('link', { name: w('home.person') })).toBeVisible()
  }
  await page.getByRole('banner').getByRole('link', { name: w('home.person') }).click()
  await expect(page.locator('a[href="tel:13800000000"]')).toBeVisible()
  await expect(page.locator('a[href="tel:110"]')).toBeVisible()
  await axe()
})
