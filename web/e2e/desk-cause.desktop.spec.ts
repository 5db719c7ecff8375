/* One cause, many voices: announced once, who reports it is joined and told at once; what is not the same is split off again. Photos are looked at in the large. */
import { expect, kept, test } from './test'
import { jpeg } from './picture'

const local = (hours: number) => new Date(Date.now() + (8 + hours) * 3600000).toISOString().slice(0, 16)
// Each language has a community of its own, where no other test reports: what is announced there joins nobody else's matter.
const where = { zh: { code: '110101012009001', name: '西花市南里南区社区' }, en: { code: '110101012010001', name: '国瑞城西区社区' } }

test('an outage is announced; who reports it is joined, told at once, and split off again when theirs is another', async ({ page, browser, as, words, town, axe, lang }) => {
  const w = words('desk'), r = words('residents'), here = where[lang], notice = `${here.name}水管抢修，预计今晚恢复供水`
  await as('dispatcher')
  await page.goto('/desk/causes')
  await page.getByLabel(w('causes.text'), { exact: true }).fill(notice)
  await page.getByRole('combobox', { name: w('intake.subject') }).fill('water.outage')
  await expect(page.locator('main [role="option"]').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: w('causes.places') }).fill(here.name)
  await expect(page.locator('main [role="option"]:visible').first()).toContainText(here.name)
  await page.keyboard.press('Enter')
  await expect(page.locator('.chosen button')).toHaveCount(1)
  await page.getByLabel(w('causes.until'), { exact: true }).last().fill(local(6))
  await axe()
  await page.locator('form button[type=submit]').last().click()
  const row = page.locator('main li', { hasText: notice })
  await expect(row).toBeVisible()
  await axe()

  const made = await town.call('POST', '/api/matters', { words: '家里停水了，一滴水都没有', subject: 'water.outage', place: here.code })
  const resident = await browser.newContext({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB', baseURL: kept().base, viewport: { width: 360, height: 740 } })
  const theirs = await resident.newPage()
  await theirs.goto('/track#' + made.code)
  await expect(theirs.locator('.state')).toContainText(notice)
  await axe(theirs)

  await row.getByRole('link').first().click()
  await expect(page.getByText(w('matter.voices-n', { n: 1, waiting: 1 }))).toBeVisible()
  await page.locator(`main li a[href$="/m/${made.id}"]`).click()
  await expect(page.getByText(w('matter.joined-to'))).toBeVisible()
  await page.getByRole('button', { name: { zh: '不是同一件事，交还调度单独办理', en: 'Not the same, back to the desk on its own' }[lang] }).click()
  await page.locator('form.act textarea').fill('是户内水管，不是片区停水')
  await axe()
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('form.act')).toBeHidden()
  await expect(page.getByText(w('matter.joined-to'))).toBeHidden()
  await theirs.getByRole('button', { name: r('track.again') }).click()
  await expect(theirs.locator('.state')).not.toContainText(notice)
  await expect(theirs.locator('.story')).toContainText('是户内水管，不是片区停水')
  await resident.close()
})

test('a photo is opened large by keyboard, and Escape leads back to where one was', async ({ page, context, as, words, town, axe }) => {
  const w = words('desk')
  await page.goto('/')
  const sent = await page.request.post('/api/files', { headers: { 'Content-Type': 'image/jpeg', 'Idempotency-Key': crypto.randomUUID() }, data: await jpeg(page) })
  const { token } = (await sent.json()) as { token: string }
  const { id } = await town.report('路灯不亮，看照片', { files: [token] })
  await as('dispatcher', context)
  await page.goto(`/desk/m/${id}`)
  const name = w('matter.photo-reporter', { n: 1, all: 1 }), small = page.getByRole('button', { name })
  await small.focus()
  await page.keyboard.press('Enter')
  const large = page.getByRole('dialog')
  await expect(large.getByRole('img', { name })).toBeVisible()
  await expect.poll(() => large.locator('img').evaluate((i: HTMLImageElement) => i.naturalWidth)).toBeGreaterThan(400)
  await axe()
  await page.keyboard.press('Escape')
  await expect(large).toBeHidden()
  await expect(small).toBeFocused()
})
