/* What anybody may ask: who answers, and how well. */
import { readFileSync } from 'node:fs'
import { expect, test } from './test'

test('who answers for a lamp here, why, by which law and list', async ({ page, words, axe }) => {
  const w = words('residents')
  await page.goto('/who')
  await axe()
  await page.getByLabel(w('who.what')).fill('路灯不亮')
  await page.locator('.offered button').first().click()
  await expect(page.locator('.answer h2')).toContainText('城市管理办公室')
  await page.getByLabel(w('who.community')).selectOption('110101012001')
  await page.getByLabel(w('who.grid')).selectOption('110101012001001')
  await expect(page.locator('.about')).toContainText('第1网格')
  await expect(page.getByText(w('who.how-plain'))).toBeVisible()
  await expect(page.getByText('城市照明管理规定', { exact: false }).first()).toBeVisible()
  await expect(page.locator('.answer')).toContainText(w('who.unit-workday', { n: 3 }))
  await expect(page.getByText(w('who.fact-owner'))).toBeVisible()
  await axe()
  const url = page.url()
  await page.goto('/')
  await page.goto(url) // an address to send to a neighbour
  await expect(page.locator('.answer h2')).toContainText('城市管理办公室')
  await page.getByLabel(w('who.on')).fill('2020-01-01')
  await expect(page.getByText(w('who.how-fallback'))).toBeVisible() // no row was in force then, and it says who takes it all the same
  await axe()
})

test('by keyboard alone', async ({ page, words, isMobile }) => {
  test.skip(!!isMobile)
  const w = words('residents')
  await page.goto('/who')
  await page.getByLabel(w('who.what')).focus()
  await page.keyboard.type('路灯不亮')
  await expect(page.locator('.offered button').first()).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.locator('.answer h2')).toContainText('城市管理办公室')
})

test('figures in two readings, explained, with what is not shown, and as files', async ({ page, words, town, axe }) => {
  const w = words('residents')
  // Two subjects of enough reports: what is too small to be shown takes the next smallest with it, so that it cannot be worked out; the greatest stays.
  for (let i = 0; i < 6; i++) await town.report('井盖松动，车过有响声', { subject: 'water.manhole' })
  for (let i = 0; i < 8; i++) await town.report()
  // figures are counted a moment after
  await expect.poll(async () => JSON.stringify(await town.call('GET', '/api/public/counts?by=subject')), { timeout: 30_000 }).toContain('road.lamp')
  await page.goto('/figures')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('figures.title'))
  for (const r of ['response', 'solution', 'satisfaction', 'on_time']) await expect(page.getByRole('heading', { name: w(`figures.${r}`) })).toBeVisible()
  await axe()
  await page.getByText(w('figures.two-readings')).click()
  await expect(page.getByText(w('figures.honest-says'))).toBeVisible()
  await expect(page.locator('.bars')).toContainText(/Street lamp|路灯/)
  await page.getByRole('button', { name: w('figures.by-subject') }).click()
  await expect(page).toHaveURL(/by=subject/)
  await axe()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: w('figures.csv-reports') }).click()])
  const text = readFileSync(await file.path(), 'utf8')
  expect(text.startsWith('\ufeff' + w('figures.from'))).toBe(true)
  const [table] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: w('figures.csv'), exact: true }).click()])
  expect(readFileSync(await table.path(), 'utf8')).toContain(w('figures.all'))
  await page.getByLabel(w('figures.to'), { exact: true }).fill('2020-01-01')
  await expect(page.getByRole('alert')).toBeVisible()
})

test('what fewer than five people said is not shown: neither the rate nor what it could be worked out from', async ({ page, words, lang, axe }) => {
  const w = words('residents'), none = { withheld: true, rate: null }, some = (n: number, d: number) => ({ withheld: false, rate: d ? n / d : null, low: 0, high: 1, numerator: n, denominator: d, excluded: 0 })
  const reading = { response: some(12, 14), solution: none, satisfaction: none, on_time: some(9, 14) }
  const row = { key: '', cells: 1, withheld: false, matters: 14, open_overdue: 1, moved: 0, shelved: 0, ended_unanswered: 0, official: reading, honest: reading }
  await page.route('**/api/rates?*', r => r.fulfill({ json: { from: '2026-01-01', to: '2026-01-31', by: 'all', end: null, as_of: null, lag_seals: 0, parked: 0, rank_min: 30, rows: [r.request().url().includes('by=') ? { ...row, key: 'cgb', unit: { code: 'cgb', name: { zh: '城管办', en: 'City office' } } } : row] } }))
  await page.goto('/figures')
  const solved = page.locator('.rate').filter({ has: page.getByRole('heading', { name: w('figures.solution') }) })
  await expect(solved.getByText(w('figures.few'), { exact: true })).toHaveCount(2) // both readings
  await expect(solved).not.toContainText('%')
  await expect(page.locator('.rate').filter({ has: page.getByRole('heading', { name: w('figures.on_time') }) })).toContainText('64.3%')
  await expect(page.locator('.counts > div').filter({ hasText: w('figures.unrated') })).toContainText(w('figures.few-short'))
  await expect(page.locator('.counts > div').filter({ hasText: w('figures.matters') })).toContainText('14')
  await expect(page.getByText(w('figures.few-says'))).toBeVisible()
  await axe()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: w('figures.csv'), exact: true }).click()])
  const line = readFileSync(await file.path(), 'utf8').split('\r\n').find(l => l.includes({ zh: '城管办', en: 'City office' }[lang]))!
  expect(line.split(',').filter(c => c === w('figures.few-short'))).toHaveLength(3 + 8) // reopened, not rated, not reached; two rates, two readings, over and under the line
})
