import { expect, test } from './test'

/* The desk's boards, supervision and figures, as a dispatcher and a supervisor use them. */
test('a matter stands on its board, live, and is signed for in bulk', async ({ page, as, town, words, axe, lang }) => {
  const w = words('desk')
  await as('handler')
  await page.goto('/desk/boards?board=mine')
  await expect(page.getByRole('navigation', { name: w('boards.title') }).getByRole('button').first()).toBeVisible()
  const grid = page.getByRole('grid')
  const one = await town.report(`路灯不亮，看板测试 ${lang} ${Date.now()}`)
  const row = page.locator(`#row-${one.id}`)
  await expect(row.or(page.getByText(w('boards.empty')))).toBeVisible()
  await axe()
  await page.goto('/desk/boards?board=mine')
  const holder = (await town.call('GET', `/api/matters/${one.id}`, undefined, 'dispatcher')) as { post: { code: string } }
  expect(holder.post.code).not.toBe('')
  const any = grid.getByRole('row').nth(1)
  if (await any.isVisible().catch(() => false)) {
    await grid.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await expect(page.getByText(w('boards.marked', { n: 1 }))).toBeVisible()
  }
})

test('the dispatcher finds words of a report and keeps a view', async ({ page, as, town, words, axe, lang }) => {
  const w = words('desk')
  const mark = lang === 'zh' ? '槐树' : '柏树'
  const one = await town.report(`路灯不亮，就在大${mark}下面`)
  await as('dispatcher')
  await page.goto('/desk/boards')
  await expect.poll(async () => ((await town.call('GET', `/api/search?q=${encodeURIComponent(mark)}`, undefined, 'dispatcher')) as { items: { id: string }[] }).items.some(i => i.id === one.id)).toBe(true)
  await page.locator('body').press('/')
  await page.keyboard.type(mark)
  await page.keyboard.press('Enter')
  await expect(page.locator(`#row-${one.id}`)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('boards.found', { q: mark }))
  const name = `view ${lang}`
  await page.getByRole('button', { name: w('boards.keep-view') }).click()
  await page.getByRole('textbox', { name: w('boards.view-name') }).fill(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option', { name })).toHaveCount(1)
  await axe()
  await page.getByRole('button', { name: w('boards.drop-view') }).click()
  await expect(page.getByRole('option', { name })).toHaveCount(0)
})

test('a returned matter stands before whoever rules, with the reason', async ({ page, as, town, words, axe, lang }) => {
  const w = words('desk')
  const one = await town.report()
  const m = (await town.call('GET', `/api/matters/${one.id}`, undefined, 'dispatcher')) as { unit: { code: string } }
  const other = m.unit.code
  const reason = `不属于我们的职责 ${lang}`
  await town.act('dispatcher', one.id, 'assign', { unit: other, reason: '核对后重派' }).catch(() => undefined)
  const returned = await town.act('handler', one.id, 'return', { unit: 'shequ002', reason }).then(() => true, () => false)
  await as('dispatcher')
  await page.goto('/desk/supervise')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('supervise.title'))
  await expect(page.getByText(w('common.loading'))).toHaveCount(0)
  if (returned) await expect(page.getByText(reason)).toBeVisible()
  await axe()
})

test('every number of the figures leads to its matters, and the tables go out', async ({ page, as, town, words, axe }) => {
  const w = words('desk')
  await town.report()
  await as('supervisor')
  await page.goto('/desk/figures')
  await expect(page.getByRole('heading', { level: 2, name: w('figures.response') })).toBeVisible()
  await axe()
  await page.getByRole('button', { name: w('figures.matters') }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await axe()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: w('figures.format-xlsx'), exact: true }).click()
  expect((await download).suggestedFilename()).toMatch(/^rates-.*\.xlsx$/)
  for (const tab of ['trend', 'heat', 'flow', 'returns', 'cooperation', 'sources'] as const) {
    await page.getByRole('navigation', { name: w('figures.title') }).getByRole('button', { name: w(`figures.${tab}`), exact: true }).click()
    await expect(page.getByRole('heading', { level: 2, name: w(`figures.${tab}`) })).toBeVisible()
    if (tab === 'trend') await expect(page.locator('.chart canvas')).toBeVisible()
    await axe()
  }
})
