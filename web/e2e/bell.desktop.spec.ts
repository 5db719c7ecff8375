/* Messages to me at the desk: looking reads none, going there reads one, one press reads all. */
import { expect, test } from './test'

test('messages are read one by one by going there, or all by one press', async ({ page, as, town, words, axe, lang }, info) => {
  const w = words('desk')
  const unread = async () => (await town.call('GET', '/api/notices', undefined, 'dispatcher')).unread as number
  for (let i = 0; i < 3; i++) await town.report('我想问一件别的事情 ' + lang) // nothing says where it belongs: the desk is told
  await expect.poll(unread, { timeout: 30_000 }).toBeGreaterThanOrEqual(3)
  await as('dispatcher')
  await page.goto('/desk/boards')
  await expect(page.getByRole('button', { name: w('desk.messages', { n: await unread() }) })).toBeVisible()
  const before = await unread(), bell = page.locator('.bell'), list = page.locator('.letters')
  await bell.click()
  await expect(list.locator('li.unread').first()).toBeVisible()
  await axe()
  await page.screenshot({ path: info.outputPath(`bell-${lang}.png`) })
  expect(await unread()).toBe(before) // looked at, not read
  await list.locator('li.unread button').first().click()
  await expect(page).toHaveURL(/\/m\/\d+/)
  await expect.poll(unread).toBe(before - 1)
  await bell.click()
  await list.getByRole('button', { name: w('desk.messages-read') }).click()
  await expect(page.locator('.bell')).toContainText(w('desk.messages', { n: 0 }))
  await expect(list.locator('li.unread')).toHaveCount(0)
  await expect(list.getByRole('button', { name: w('desk.messages-read') })).toHaveCount(0) // nothing is left to mark
  expect(await unread()).toBe(0)
})
