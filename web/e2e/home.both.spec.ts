import { expect, test } from './test'

test('the first page leads to a person', async ({ page, words, axe }) => {
  const w = words('residents')
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('home.title'))
  await axe()
  await page.getByRole('banner').getByRole('link', { name: w('home.person') }).click()
  await expect(page).toHaveURL(/\/help$/)
  await axe()
})

test('the faces of staff ask who one is, in the reader\'s language', async ({ page, words, axe }) => {
  for (const face of ['work', 'desk'] as const) {
    await page.goto('/' + face)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words(face)('common.sign-in'))
    await axe()
  }
})

test('signed in, the desk greets', async ({ page, as, words }) => {
  await as('dispatcher')
  await page.goto('/desk')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('desk')('desk.start'))
})

test('large print and a language from right to left change the whole page', async ({ page }) => {
  await page.goto('/?lang=ar-XB')
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  const before = await page.evaluate(() => getComputedStyle(document.body).fontSize)
  await page.locator('.comfort button').first().click()
  expect(parseFloat(await page.evaluate(() => getComputedStyle(document.body).fontSize))).toBeGreaterThan(parseFloat(before) * 1.25)
})
