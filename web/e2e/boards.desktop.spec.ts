import { expect, test } from './test'

/* The desk's boards, supervision and figures, as a dispatcher and a supervisor use them. */
test('a matter is found on the boards and signed for in bulk', async ({ page, as, town, words, axe, lang }) => {
  const w = words('desk'), mark = lang === 'zh' ? '榆树' : '杨树'
  const one = await town.report(`路灯不亮，就在大${mark}旁边 ${Date.now()}`)
  await as('handler')
  await page.goto('/desk/boards?board=mine')
  await expect(page.getByRole('navigation', { name: w('boards.title') }).getByRole('button').first()).toBeVisible()
  await axe()
  await expect.poll(async () => ((await town.call('GET', `/api/search?q=${encodeURIComponent(mark)}`, undefined, 'handler')) as { items: { id: string }[] }).items.some(i => i.id === one.id)).toBe(true)
  await expect(page.getByRole('searchbox')).toBeVisible() // before the page stands nobody presses a key
  await page.locator('body').press('/')
  await page.keyboard.type(mark)
  await page.keyboard.press('Enter')
  await expect(page.locator(`#row-${one.id}`)).toBeVisible()
  await page.getByRole('checkbox', { name: w('boards.mark', { id: one.id }) }).check()
  await expect(page.getByText(w('boards.marked', { n: 1 }))).toBeVisible()
  await page.getByRole('button', { name: w('boards.sign', { n: 1 }) }).click()
  await expect.poll(async () => (await town.call('GET', `/api/matters/${one.id}`, undefined, 'dispatcher')).state).toBe('received')
})

test('the dispatcher finds words of a report and keeps a view', async ({ page, as, town, words, axe, lang }) => {
  const w = words('desk')
  const mark = lang === 'zh' ? '槐树' : '柏树'
  const one = await town.report(`路灯不亮，就在大${mark}下面`)
  await as('dispatcher')
  await page.goto('/desk/boards')
  await expect.poll(async () => ((await town.call('GET', `/api/search?q=${encodeURIComponent(mark)}`, undefined, 'dispatcher')) as { items: { id: string }[] }).items.some(i => i.id === one.id)).toBe(true)
  await expect(page.getByRole('searchbox')).toBeVisible() // before the page stands nobody presses a key
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
  for (const tab of ['trend', 'heat', 'flow', 'returns', 'cooperation', 'sources', 'forms'] as const) {
    await page.getByRole('navigation', { name: w('figures.title') }).getByRole('button', { name: w(`figures.${tab}`), exact: true }).click()
    await expect(page.getByRole('heading', { level: 2, name: w(`figures.${tab}`) })).toBeVisible()
    if (tab === 'trend') await expect(page.locator('.chart canvas')).toBeVisible()
    await axe()
  }
})

test('a long board stays short in the page, and a small unit is never put in an order', async ({ page, as, words, axe }) => {
  const w = words('desk')
  const row = (n: number) => ({ id: String(900000000000000000n + BigInt(n)), rev: 1, state: 'dispatched', state_name: { zh: '已派单', en: 'Dispatched' }, open: true, urgent: false, subject: { code: 'a', name: { zh: `事项${n}`, en: `Subject ${n}` } }, grid: null, unit: null, post: '', holder: '', raised: 0, voices: 0, cause: null, opened: '2026-01-01T00:00:00+08:00', due: '2026-01-05T00:00:00+08:00', next: null, marks: ['overdue'], asked: '', answered: null, shelved_until: null, reopened: 0, tasks_open: 0 })
  const asked: string[] = []
  await page.route('**/api/matters?*', r => {
    const cursor = new URL(r.request().url()).searchParams.get('cursor'), from = Number(cursor ?? 0)
    if (cursor) asked.push(cursor)
    return r.fulfill({ json: { items: Array.from({ length: 2500 }, (_, i) => row(from + i)), next: from + 2500 < 10000 ? String(from + 2500) : null } })
  })
  /* What a date is said with is slow to make and quick to use. */
  await page.addInitScript(() => {
    const w = window as unknown as { formatters: number }
    w.formatters = 0
    Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, { construct: (make, args: [string]) => (w.formatters++, new make(...args)) })
  })
  await as('dispatcher')
  await page.goto('/desk/boards?board=overdue')
  const grid = page.getByRole('grid')
  await expect(page.locator('#row-900000000000000000')).toBeVisible()
  await grid.focus()
  await expect.poll(async () => {
    await page.keyboard.press('End')
    return page.locator('#row-900000000000009999').isVisible()
  }, { timeout: 20_000 }).toBe(true)
  expect(await grid.getByRole('row').count()).toBeLessThan(80)
  /* Wherever one jumps, the rows of that place are drawn and few others. How long a jump takes is a figure of the report, not a test: it is the machine's too. */
  const jumps = await page.evaluate(async () => {
    const w = window as unknown as { formatters: number }
    const before = w.formatters
    const box = document.querySelector<HTMLElement>('[role="grid"]')!
    const took: number[] = [], rows: number[] = [], seen: boolean[] = []
    for (let y = 0; y < 60; y++) {
      const t = performance.now()
      box.scrollTop = Math.min(y * 7919, box.scrollHeight - box.clientHeight)
      await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))
      took.push(performance.now() - t)
      const all = [...box.querySelectorAll<HTMLElement>('[id^="row-"]')], middle = box.getBoundingClientRect().top + box.clientHeight / 2
      rows.push(all.length)
      seen.push(all.some(r => r.getBoundingClientRect().top <= middle && r.getBoundingClientRect().bottom >= middle))
    }
    return { took: took.sort((a, b) => a - b), rows: Math.max(...rows), seen: seen.every(Boolean), formatters: before ? w.formatters - before : -1 }
  })
  expect(jumps.seen).toBe(true)
  expect(jumps.rows).toBeLessThan(80)
  expect(jumps.formatters).toBe(0)
  expect(asked).toEqual(['2500', '5000', '7500']) // no page is asked for twice
  test.info().annotations.push({ type: 'milliseconds of a jump in 10,000 rows', description: `median ${Math.round(jumps.took[30]!)}, slowest ${Math.round(jumps.took[59]!)}` })
  await axe()

  const rate = (numerator: number, denominator: number, low: number, high: number) => ({ rate: denominator ? numerator / denominator : null, low, high, numerator, denominator, excluded: 0, partly: 0 })
  const reading = (a: number, b: number, low: number, high: number) => ({ response: rate(a, b, low, high), solution: rate(a, b, low, high), satisfaction: rate(a, b, low, high), on_time: rate(a, b, low, high) })
  const unit = (code: string, a: number, b: number, low: number, high: number) => ({ key: code, cells: 1, withheld: false, unit: { code, name: { zh: code, en: code } }, matters: b, open_overdue: b - a, unrated: 0, reopened: 0, called: 0, unreachable: 0, moved: 0, shelved: 0, ended_unanswered: 0, official: reading(a, b, low, high), honest: reading(a, b, low, high) })
  await page.route('**/api/rates?*', r => r.fulfill({ json: { from: '2026-01-01', to: '2026-01-31', by: 'unit', end: null, as_of: null, lag_seals: 0, parked: 0, rank_min: 30, rows: r.request().url().includes('by=') ? [unit('alpha', 40, 80, 0.393, 0.607), unit('beta', 3, 3, 0.438, 1), unit('gamma', 90, 100, 0.826, 0.945)] : [{ ...unit('', 133, 183, 0.658, 0.786), unit: undefined }] } }))
  await page.goto('/desk/figures')
  const names = page.locator('.bands tbody th')
  await expect(names).toHaveText(['alpha', 'beta', 'gamma'])
  await page.getByLabel(w('figures.order')).selectOption('rate')
  await expect(names).toHaveText(['gamma', 'alpha', 'beta'])
  await expect(page.getByText(w('figures.few-not-ranked', { n: 30 }))).toBeVisible()
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/bands-${w('boards.subject')}.png`, fullPage: true })
  await axe()
})

test('papers open masked, and in the clear only with a purpose', async ({ page, context, as, town, words, axe }) => {
  const w = words('desk')
  const one = await town.report('路灯不亮，打印测试', { name: '王五六', phone: '13800004321' })
  const m = (await town.call('GET', `/api/matters/${one.id}`, undefined, 'dispatcher')) as { id: string }
  await as('dispatcher')
  await page.goto(`/desk/print/${m.id}`)
  await axe()
  let opened = context.waitForEvent('page')
  await page.getByRole('link', { name: w('print.paper-order'), exact: true }).click()
  const masked = await opened
  await expect(masked.getByRole('heading', { level: 1 })).toHaveText(w('print.paper-order'))
  await expect(masked.getByText('138****4321')).toBeVisible()
  await masked.close()
  await page.getByLabel(w('print.purpose')).fill('入户走访核实')
  opened = context.waitForEvent('page')
  await page.getByRole('button', { name: w('print.go') }).click()
  const clear = await opened
  await expect(clear.getByText('13800004321')).toBeVisible()
  expect(JSON.stringify(await town.call('GET', '/api/track/looks', undefined, undefined, { 'X-Tracking-Code': one.code }))).toContain('入户走访核实')
})
