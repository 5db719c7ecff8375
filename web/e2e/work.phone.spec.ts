import type { Page } from '@playwright/test'
import { expect, kept, test } from './test'
import { photo } from './work-photo'

const staffDone = '已到现场更换灯泡，路灯恢复照明'

const card = (page: Page, words: string) => page.locator('article.card', { hasText: words })
const unlike = (what: string) => `${what}（${Math.random().toString(36).slice(2, 8)}）`

test('signing in by hand leads to what is mine', async ({ page, town, words, axe }) => {
  const w = words('work'), said = unlike('路灯不亮，晚上走路看不清')
  await town.report(said)
  await page.goto('/work')
  await page.getByLabel(w('common.login')).fill(kept().staff.handler.login)
  await page.getByLabel(w('common.password'), { exact: true }).fill('tall lantern over wet stones')
  await page.getByRole('button', { name: w('common.sign-in') }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('today.title'))
  await expect(card(page, said)).toBeVisible()
  await axe()
})

test('signed for by one tap, visited, answered with a photo', async ({ page, town, as, words, axe, lang }) => {
  const w = words('work'), said = unlike('路灯不亮，晚上走路看不清'), { id } = await town.report(said, { phone: '13800000777' })
  await as('handler')
  await page.goto('/work')
  const one = card(page, said)
  await expect(one).toContainText(lang === 'zh' ? '签收时限' : 'To sign for it')
  await one.getByRole('button').click()
  await expect.poll(async () => (await town.call('GET', `/api/matters/${id}`, undefined, 'handler')).state).toBe('received')
  await expect(one.getByRole('button')).toHaveCount(0)

  await one.getByRole('link').click()
  await expect(page.locator('.said').first()).toHaveText(said)
  await axe()
  await page.getByRole('button', { name: lang === 'zh' ? '联系诉求人' : 'Contact the reporter' }).click()
  await axe()
  // The moment is known: only how and with what outcome are tapped, nothing is typed.
  await page.getByRole('radio', { name: lang === 'zh' ? '上门' : 'Visit', exact: true }).check()
  await page.getByRole('radio', { name: lang === 'zh' ? '已联系上' : 'Reached', exact: true }).check()
  await page.getByRole('button', { name: w('act.send') }).click()
  await expect(page).toHaveURL(new RegExp(`/work/matter/${id}$`))

  await page.getByRole('button', { name: lang === 'zh' ? '答复' : 'Answer', exact: true }).click()
  await page.getByRole('button', { name: w('act.send') }).click()
  await expect(page.getByRole('alert')).toBeVisible() // what lacks is said at its field, nothing is sent
  await page.getByRole('textbox').first().fill(staffDone)
  await page.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: photo() })
  await expect(page.getByAltText(w('act.photo-alt', { n: 1 }))).toBeVisible()
  await axe()
  await page.getByRole('button', { name: w('act.send') }).click()
  await expect(page).toHaveURL(new RegExp(`/work/matter/${id}$`))
  await expect(page.getByRole('group', { name: w('matter.photos') }).getByRole('button')).toHaveCount(1)
  const m = await town.call('GET', `/api/matters/${id}`, undefined, 'dispatcher')
  expect(m.answered).not.toBeNull()
  expect(m.files[0].type).toBe('image/jpeg')
  expect(m.story.at(-1).words.text).toBe(staffDone)
})

test('given back with a reason: the unit is chosen by name', async ({ page, town, as, words, lang }) => {
  const w = words('work'), { id } = await town.report(unlike('路灯不亮，晚上走路看不清'))
  await as('handler')
  await page.goto(`/work/matter/${id}`)
  await page.getByRole('button', { name: lang === 'zh' ? '退单' : 'Return', exact: false }).click()
  await page.getByRole('combobox').selectOption({ label: '示例路灯管理中心' })
  await page.getByRole('textbox').fill('路灯由路灯管理中心养护，不归本单位')
  await page.getByRole('button', { name: w('act.send') }).click()
  await expect(page).toHaveURL(new RegExp(`/work/matter/${id}$`))
  await expect.poll(async () => (await town.call('GET', `/api/matters/${id}`, undefined, 'dispatcher')).state).toBe('returned')
})

test('a unit is called in, reports in by one tap and answers', async ({ page, town, as, words, lang, context }) => {
  const w = words('work'), { id } = await town.report(unlike('路灯不亮，晚上走路看不清'))
  await town.act('handler', id, 'sign')
  await as('handler')
  await page.goto(`/work/matter/${id}`)
  await page.getByRole('button', { name: lang === 'zh' ? '吹哨' : 'Call in', exact: false }).first().click()
  // The duty list names the unit: it is there already.
  await expect(page.getByRole('combobox')).toHaveValue('u-lamp')
  const fields = page.getByRole('textbox')
  await fields.nth(0).fill('请到现场修复路灯')
  await fields.nth(1).fill('灯杆归路灯管理中心')
  await page.getByRole('button', { name: w('act.send') }).click()
  await expect(page.getByRole('region', { name: w('matter.tasks') })).toContainText('示例路灯管理中心')

  await context.clearCookies()
  await as('lamp')
  await page.goto('/work')
  const mine = page.getByRole('region', { name: w('today.called-in') }).locator('article', { has: page.locator(`a[href$="${id}"]`) })
  await expect(mine).toContainText('请到现场修复路灯')
  await mine.getByRole('button').click()
  await expect.poll(async () => (await town.call('GET', `/api/matters/${id}`, undefined, 'handler')).tasks[0].reported).not.toBeNull()
  await page.goto(`/work/matter/${id}`)
  await page.getByRole('button', { name: lang === 'zh' ? '协办答复' : 'Answer a task' }).click()
  await page.getByRole('textbox').first().fill(staffDone)
  await page.getByRole('button', { name: w('act.send') }).click()
  await expect.poll(async () => (await town.call('GET', `/api/matters/${id}`, undefined, 'handler')).tasks[0].ended).not.toBeNull()
})

test('the contact is masked, and seen with a reason that is logged', async ({ page, town, as, words, axe }) => {
  const w = words('work'), { id, code } = await town.report(unlike('路灯不亮，晚上走路看不清'), { name: '张示例', phone: '13800000777' })
  await as('handler')
  await page.goto(`/work/matter/${id}`)
  const who = page.getByRole('region', { name: w('matter.who') })
  await expect(who).toContainText('138****0777')
  await who.getByRole('button', { name: w('matter.open-contact') }).click()
  await who.getByLabel(w('matter.purpose')).fill('约时间上门看灯')
  await axe()
  await who.getByRole('button', { name: w('matter.open-contact') }).click()
  await expect(who.getByRole('link', { name: '13800000777' })).toBeVisible()
  await who.getByRole('button', { name: w('matter.hide') }).click()
  await expect(who).not.toContainText('13800000777')
  const looks = await town.call('GET', '/api/track/looks', undefined, undefined, { 'X-Tracking-Code': code })
  expect(JSON.stringify(looks)).toContain('约时间上门看灯')
})

test('a report for a resident: words, one tap for read back, sent', async ({ page, as, words, axe, town }) => {
  const w = words('work')
  await as('grid')
  await page.goto('/work/report')
  await axe()
  await page.getByLabel(w('report.words')).fill('楼道灯坏了三天，老人上下楼看不见')
  await page.getByRole('radio', { name: w('report.read-yes') }).check()
  await page.getByRole('button', { name: w('report.send') }).click()
  await expect(page.getByRole('heading', { name: w('report.sent') })).toBeVisible()
  await axe()
  const code = await page.locator('.code').innerText()
  const tracked = await town.call('GET', '/api/track', undefined, undefined, { 'X-Tracking-Code': code })
  expect(tracked.grid.code).toBe('110101012001001') // the worker's own grid, asked nowhere
  await page.getByRole('navigation').getByRole('link', { name: w('phone.tab') }).click()
  await expect(page.locator('.figure')).toHaveText(w('phone.meter-n', { fields: 1, forms: 1 }))
  await axe()
})

test('320 pixels, large print and right to left: nothing runs out of the page', async ({ page, as, town }) => {
  const { id } = await town.report(unlike('路灯不亮，晚上走路看不清'))
  await as('handler')
  await page.setViewportSize({ width: 320, height: 640 })
  await page.addInitScript(() => localStorage.setItem('linli.large', '1'))
  for (const path of ['/work', `/work/matter/${id}`, `/work/matter/${id}/do/return`, '/work/phone', '/work/waiting']) {
    await page.goto(path + '?lang=ar-XB')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320)
  }
})

test('whatever is tapped is large enough for a thumb', async ({ page, as, town }) => {
  const { id } = await town.report(unlike('路灯不亮，晚上走路看不清'))
  await as('handler')
  for (const path of ['/work', `/work/matter/${id}`, '/work/phone', '/work/waiting']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const small = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('button, a, select, summary')].filter(e => e.checkVisibility() && !e.classList.contains('visually-hidden'))
      .map(e => ({ text: e.outerHTML.slice(0, 120), ...e.getBoundingClientRect().toJSON() as DOMRect })).filter(r => r.height < 43.5 || r.width < 43.5))
    expect(small, path).toEqual([])
  }
})
