/* Duty, account and the smaller lists of the desk. */
import { expect, test } from './test'

test('the roster says who is on duty now; a swap is asked for, seen by the other, and taken back', async ({ page, as, words, axe }) => {
  const w = words('desk')
  await as('dispatcher')
  await page.goto('/desk/duty')
  await expect(page.getByRole('tab', { name: w('duty.roster') })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await axe()
  await page.getByRole('tab', { name: w('duty.swaps') }).click()
  const turn = page.getByLabel(w('duty.my-turn'))
  await expect(turn).toBeVisible()
  await turn.selectOption({ index: 1 })
  await page.getByLabel(w('duty.with')).selectOption({ index: 1 })
  await page.getByLabel(w('duty.reason'), { exact: true }).fill('外出培训')
  await axe()
  await page.getByRole('button', { name: w('duty.swap-ask') }).click()
  await expect(page.getByText(w('duty.swap-asked')).or(page.getByRole('alert')).first()).toBeVisible()
  const back = page.getByRole('button', { name: w('duty.take-back') })
  if (await back.first().isVisible()) await back.first().click()
})

test('a second factor is offered as a code drawn on the page itself', async ({ page, as, words, axe }) => {
  const w = words('desk')
  await as('clerk')
  await page.goto('/desk/me')
  await page.getByRole('button', { name: w('account.factor-offer') }).click()
  await expect(page.getByRole('img', { name: w('account.qr') })).toBeVisible()
  await expect(page.locator('.secret')).toHaveText(/^[A-Z2-7 ]{16,}$/)
  await axe()
  await page.getByLabel(w('account.code')).fill('000000')
  await page.getByRole('button', { name: w('account.factor-on') }).click()
  await expect(page.getByRole('alert')).toBeVisible()
})

test('the link of an invitation sets a password once, and leaves the address', async ({ page, town, words, axe }) => {
  const w = words('desk')
  const { token } = JSON.parse(town.linli('invite', 'wangge09', '--json')) as { token: string }
  await page.goto(`/invite#${token}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('desk.invite'))
  await expect(page).toHaveURL(/\/invite$/)
  await axe()
  await page.getByLabel(w('account.password'), { exact: true }).fill('kurz')
  await page.getByLabel(w('account.again')).fill('kurz')
  await page.getByRole('button', { name: w('account.set-it') }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByLabel(w('account.password'), { exact: true }).fill('five green lamps in a row')
  await page.getByLabel(w('account.again')).fill('five green lamps in a row')
  await page.getByRole('button', { name: w('account.set-it') }).click()
  await expect(page.getByRole('status')).toHaveText(w('account.set'))
  const r = await town.call('POST', '/api/session', { login: 'wangge09', password: 'five green lamps in a row' })
  expect(r.csrf).toBeTruthy()
})

for (const [path, title] of [['causes', 'desk.causes'], ['standing', 'desk.standing'], ['parcels', 'desk.parcels'], ['places', 'desk.places'], ['undelivered', 'desk.undelivered']] as const) {
  test(`/desk/${path} explains itself when it is empty, and axe finds nothing`, async ({ page, as, words, axe }) => {
    /* The town is shared with all other tests: what they left in its lists is not what is looked at here. */
    await page.route(/\/api\/(causes|standing|parcels|aliases|notices\/undelivered)(\?|$)/, route => route.fulfill({ json: { items: [], comes_back: [] } }))
    await as('dispatcher')
    await page.goto(`/desk/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('desk')(title))
    await expect(page.locator('main .empty').first()).toHaveText(/\S{2}/)
    await axe()
  })
}

test('a name for a place is proposed by one and accepted by another', async ({ page, browser, as, words, lang, town }) => {
  const w = words('desk')
  const said = lang === 'zh' ? '大槐树下' : '老戏台口'
  await as('dispatcher')
  await page.goto('/desk/places')
  await page.getByLabel(w('places.said'), { exact: true }).fill(said)
  await page.getByRole('combobox', { name: w('places.means') }).fill('示例小区1号楼')
  await expect(page.locator('main [role="option"]').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: w('places.propose') }).click()
  await expect(page.getByRole('row', { name: new RegExp(said) })).toBeVisible()
  const other = await browser.newContext({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB', baseURL: new URL(page.url()).origin })
  await as('supervisor', other)
  const second = await other.newPage()
  await second.goto('/desk/places')
  await second.getByRole('row', { name: new RegExp(said) }).getByRole('button', { name: w('places.accept'), exact: true }).click()
  await expect(second.getByRole('row', { name: new RegExp(said) })).toBeHidden()
  await other.close()
  const found = await town.call('GET', `/api/places/find?said=${encodeURIComponent(said)}`)
  expect(found.candidates[0].place.code).toBe('110101012001001-01')
})
