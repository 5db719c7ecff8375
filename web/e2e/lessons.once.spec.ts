import { expect, test } from './test'

test('what the desk corrects teaches the matcher: one person takes the words, another loads them, and the next report goes there', async ({ page, as, words, town, axe, context }) => {
  const w = words('desk')
  const odd = '泔水车'
  const catalogue = (await town.call('GET', '/api/subjects')) as { items: { code: string; name: Record<string, string> }[] }
  const to = catalogue.items.find(s => s.code === 'clean.waste')!
  for (const end of ['天热味道大', '苍蝇很多', '孩子绕着走', '又来了', '昨天也这样', '请尽快']) {
    const m = (await town.call('POST', '/api/matters', { words: `${odd}洒了一地，${end}` })) as { id: string }
    await town.act('dispatcher', m.id, 'dispatch', { place: '110101012002004', subject: to.code, reason: '看照片' })
  }
  await as('admin')
  await page.goto('/desk/town/lessons')
  const card = page.locator('.versions li').filter({ hasText: '生活垃圾清运' })
  await expect(card).toContainText(to.name.zh!)
  await expect(card).toContainText(w('town.lessons-corrected', { n: 6, right: 6 }))
  await axe()
  await page.goto('/desk/town/lessons?lang=en')
  await expect(page.locator('.versions li').first()).toContainText('6 were corrected; with these words 6 of them would be placed right.')
  await axe()
  await page.goto('/desk/town/lessons?lang=zh')
  await card.getByLabel(w('town.lessons-words')).fill(odd)
  await card.getByRole('button', { name: w('town.lessons-take') }).click()
  await expect(page.getByRole('status')).toContainText(w('town.lessons-drafted'))
  await expect(page.locator('details')).toContainText(`${w('town.lessons-decided', { n: '' }).trim()}`)
  await page.getByRole('link', { name: w('town.lessons-draft') }).click()
  await expect(page.getByText(w('town.waits-second'))).toBeVisible()
  const id = new URL(page.url()).searchParams.get('draft')
  await context.clearCookies()
  await as('leader')
  await page.goto(`/desk/town/files?draft=${id}`)
  await page.getByRole('button', { name: w('town.load') }).click()
  await page.getByRole('button', { name: w('town.load-now'), exact: true }).click()
  await expect(page.getByRole('status')).toBeVisible()
  const next = (await town.call('POST', '/api/preview', { words: `${odd}又漏了`, place: '110101012002004' })) as { subject: { code: string }; matched: string }
  expect(next.subject.code).toBe(to.code)
  expect(next.matched).toBe('keyword')
})
