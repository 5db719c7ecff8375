/* Messages to me at the desk: looking reads none, going there reads one, one press reads all. One after the other: both languages sign in as the
 * same dispatcher, and one press reads what the other waits for. */
import { expect, test } from './test'

test.describe.configure({ mode: 'serial' })
for (const lang of ['zh', 'en'] as const)
  test.describe(lang, () => {
    test.use({ lang })
    test('messages are read one by one by going there, or all by one press', async ({ page, as, town, words, axe }, info) => {
      const w = words('desk')
      // Other tests send the same dispatcher messages meanwhile: what is looked at are those of three matters of our own.
      const ids: string[] = []
      for (let i = 0; i < 3; i++) ids.push((await town.report('我想问一件别的事情 ' + lang)).id) // nothing says where it belongs: the desk is told
      const unread = async () => ((await town.call('GET', '/api/notices', undefined, 'dispatcher')).items as { matter: string; read: string | null }[]).filter(n => ids.includes(n.matter) && !n.read).map(n => n.matter)
      await expect.poll(async () => (await unread()).length, { timeout: 30_000 }).toBe(3)
      await as('dispatcher')
      await page.goto('/desk/boards')
      const bell = page.locator('.bell'), list = page.locator('.letters')
      await expect(bell).toContainText(new RegExp(w('desk.messages', { n: '[1-9]\\d*' })))
      await bell.click()
      await expect(list.locator('li.unread', { hasText: ids[0]! })).toBeVisible()
      await axe()
      await page.screenshot({ path: info.outputPath(`bell-${lang}.png`) })
      expect((await unread()).length).toBe(3) // looked at, not read
      await list.locator('li.unread', { hasText: ids[0]! }).getByRole('button').first().click()
      await expect(page).toHaveURL(new RegExp(`/m/${ids[0]}`))
      await expect.poll(async () => (await unread()).sort()).toEqual(ids.slice(1).sort())
      await bell.click()
      await list.getByRole('button', { name: w('desk.messages-read') }).click()
      await expect(list.locator('li.unread')).toHaveCount(0)
      await expect.poll(unread).toEqual([])
    })
  })
