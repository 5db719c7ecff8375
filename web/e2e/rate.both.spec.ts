/* What becomes of an answer: a resident rates it, another says that it is not solved, and the desk sees it and takes it up again. */
import { expect, kept, test, type Town } from './test'

const now = () => new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 19) + '+08:00'

/** Reported, answered, and told: what a reporter may rate. */
async function closed(town: Town, said: string) {
  const made = await town.report(said, { phone: '13800009021' })
  const { unit } = await town.call('GET', `/api/matters/${made.id}`, undefined, 'dispatcher')
  if (unit.code !== 'cgb') await town.act('dispatcher', made.id, 'assign', { unit: 'cgb', reason: '属城管' })
  await town.act('handler', made.id, 'sign')
  await new Promise(r => setTimeout(r, 1200)) // whole seconds: the contact is not before the signature
  await town.act('handler', made.id, 'contact', { channel: 'phone', time: now(), outcome: 'reached' })
  await town.act('handler', made.id, 'answer', { text: '灯泡已经换好，今晚会亮。' })
  await town.act('dispatcher', made.id, 'tell', { channel: 'phone', time: now(), outcome: 'reached' })
  return made
}

test('the answer is rated: solved or not, and how content, each by a choice', async ({ page, words, town, axe, lang }) => {
  const w = words('residents'), rate = { zh: '评价', en: 'Rate' }[lang]
  const { id, code } = await closed(town, '路灯不亮，评价用')
  await page.goto('/track#' + code)
  await page.getByRole('button', { name: rate, exact: true }).click()
  const form = page.locator('form.card')
  await form.locator('button.go').click()
  await expect(form.getByRole('alert')).toBeVisible() // what lacks is named, and nothing is sent
  await axe()
  await form.getByRole('radio', { name: { zh: '解决了', en: 'Solved' }[lang], exact: true }).check()
  await form.getByRole('radio', { name: '4', exact: true }).check()
  await form.locator('textarea').fill('来得很快')
  await form.locator('button.go').click()
  await expect(page.getByText(w('track.done'), { exact: true })).toBeVisible()
  await expect(page.locator('.facts')).toContainText(w('track.solved-yes') + ' · ' + w('track.stars', { n: 4 }))
  await expect(page.getByRole('button', { name: rate, exact: true })).toHaveCount(0) // once
  await axe()
  expect((await town.call('GET', `/api/matters/${id}`, undefined, 'dispatcher')).rating).toMatchObject({ solved: 'yes', satisfied: 4 })
})

test('"not solved" takes it up again: the reporter sees who has it, the desk has it on the board of its own, with the words', async ({ page, browser, as, words, town, axe, lang }) => {
  const w = words('residents'), d = words('desk'), still = `还是不亮，第三天了 ${lang}`
  const { id, code } = await closed(town, '路灯不亮，没修好用')
  await page.goto('/track#' + code)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText({ zh: '已办结，请评价', en: 'Closed; please rate it' }[lang])
  await page.getByRole('button', { name: { zh: '没有解决，要求重办', en: 'Not solved, take it up again' }[lang], exact: true }).click()
  await page.locator('form.card textarea').fill(still)
  await axe()
  await page.locator('form.card button.go').click()
  await expect(page.getByText(w('track.done'), { exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText({ zh: '已转给负责单位', en: 'Sent to the unit in charge' }[lang])
  await expect(page.locator('.story')).toContainText(still)
  await axe()

  const office = await browser.newContext({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB', baseURL: kept().base, viewport: { width: 1440, height: 900 } })
  await as('dispatcher', office)
  const desk = await office.newPage()
  await desk.goto('/desk/boards?board=reopened')
  const row = desk.locator(`#row-${id}`)
  await expect(row).toContainText(d('boards.mark-reopened'))
  await axe(desk)
  await row.getByRole('link').first().click()
  await expect(desk).toHaveURL(new RegExp(`/desk/m/${id}$`))
  await expect(desk.getByText(d('matter.reopened', { n: 1 }))).toBeVisible()
  await expect(desk.locator('.steps')).toContainText(still)
  await axe(desk)
  await office.close()

  // The unit signs for it once more, and the reporter's page says so.
  await town.act('handler', id, 'sign')
  await page.getByRole('button', { name: w('track.again') }).click()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText({ zh: '已转给负责单位', en: 'Sent to the unit in charge' }[lang])
})
