/* The matter page: everything on one screen, and two people on one matter at once. */
import { expect, kept, test } from './test'

test('words, clocks, reasons, story and what one may do stand on one page', async ({ page, as, words, town, axe }) => {
  const w = words('desk')
  const made = await town.report('路灯不亮，晚上走路看不清', { name: '张三', phone: '13800000001' })
  await as('dispatcher')
  await page.goto(`/desk/m/${made.id}`)
  await expect(page.getByText('路灯不亮，晚上走路看不清').first()).toBeVisible()
  for (const part of ['words', 'facts', 'reporter', 'voices', 'may', 'story', 'clocks', 'why']) await expect(page.getByRole('heading', { name: w(`matter.${part}`), exact: true })).toBeVisible()
  await expect(page.getByText('城市照明管理规定').first()).toBeVisible()
  await axe()
  // The clerk sends it elsewhere, by keyboard: a digit opens the form, Ctrl+Enter does it.
  await page.keyboard.press('1')
  const form = page.locator('form.act')
  await expect(form).toBeVisible()
  await form.getByRole('combobox').fill('zfd')
  await expect(form.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await form.locator('textarea').fill('属综合执法范围')
  await axe()
  await page.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
  expect((await town.call('GET', `/api/matters/${made.id}`, undefined, 'dispatcher')).unit.code).toBe('zfd')
  await expect(page.locator('.steps')).toContainText('属综合执法范围')
})

test('the contact is masked; to see it one says why, and the reporter can read who looked', async ({ page, as, words, town }) => {
  const w = words('desk')
  const made = await town.report('路灯不亮', { name: '李四', phone: '13800000002' })
  await as('dispatcher')
  await page.goto(`/desk/m/${made.id}`)
  await expect(page.getByText('138****0002')).toBeVisible()
  await page.getByRole('button', { name: w('matter.unmask') }).click()
  await page.getByLabel(w('matter.unmask-why')).fill('核实灯杆位置')
  await page.getByRole('button', { name: w('matter.unmask') }).click()
  await expect(page.getByText('13800000002')).toBeVisible()
  const looks = await town.call('GET', '/api/track/looks', undefined, undefined, { 'X-Tracking-Code': made.code })
  expect(JSON.stringify(looks)).toContain('核实灯杆位置')
  await page.getByRole('button', { name: w('matter.mask-again') }).click()
  await expect(page.getByText('13800000002')).toBeHidden()
})

test('two people on one matter: the second is shown what the first did, keeps what was typed, and decides', async ({ page, browser, as, words, town, lang }) => {
  const w = words('desk')
  const made = await town.report('路灯不亮，整条街', { phone: '13800000003' })
  await as('dispatcher')
  const other = await browser.newContext({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB', baseURL: kept().base })
  await as('night', other)
  const second = await other.newPage()
  await page.goto(`/desk/m/${made.id}`)
  await second.goto(`/desk/m/${made.id}`)
  await expect(second.locator('[data-test="state"]')).toBeVisible()

  // Both open the same form and write; the first is faster.
  for (const p of [page, second]) {
    await p.getByRole('button', { name: lang === 'zh' ? '改派' : 'Send elsewhere' }).click()
    await p.locator('form.act').getByRole('combobox').fill('zfd')
    await expect(p.locator('form.act').getByRole('option').first()).toBeVisible()
    await p.keyboard.press('Enter')
  }
  await page.locator('form.act textarea').fill('第一位先派')
  await second.locator('form.act textarea').fill('第二位写的理由，一字不能丢')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('form.act')).toBeHidden()
  await expect(second.locator('.steps').last()).toContainText('第一位先派') // live, beneath the form that is being written

  await second.locator('form.act textarea').press('Control+Enter')
  await expect(second.locator('form.act [role="alert"]').first()).toContainText(w('matter.meanwhile'))
  await expect(second.locator('form.act .meanwhile')).toContainText('第一位先派')
  await expect(second.locator('form.act textarea')).toHaveValue('第二位写的理由，一字不能丢')
  await second.getByRole('button', { name: w('matter.all-the-same') }).click()
  await expect(second.locator('form.act')).toBeHidden()
  await expect(page.locator('.steps').last()).toContainText('第二位写的理由，一字不能丢')
  await other.close()
})

test('Ctrl+K finds a matter by its number and by words', async ({ page, as, words, town }) => {
  const w = words('desk')
  const made = await town.report('路灯杆上有一只稀奇的鸟窝')
  await as('dispatcher')
  await page.goto('/desk')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('desk.start'))
  await page.keyboard.press('Control+k')
  await page.keyboard.type(made.id)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/desk/m/${made.id}$`))
  await page.keyboard.press('Control+k')
  await page.keyboard.type('稀奇的鸟窝')
  await expect(page.getByRole('search').getByRole('option').first()).toContainText(made.id)
})

test('who may not see a matter is told so, and what to do next', async ({ page, as, words, axe }) => {
  await as('dispatcher')
  await page.goto('/desk/m/123456789012345678')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('desk')('matter.none'))
  await axe()
})
