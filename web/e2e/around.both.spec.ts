import { readFileSync } from 'node:fs'
import { expect, kept, test, type Town } from './test'

const photo = readFileSync(new URL('../../t/media/photo.jpg', import.meta.url))

/** A matter with two photos, and the id of it once a clerk has made it public with the second. */
async function made(town: Town, more: Record<string, unknown> = {}, photos = false) {
  const tokens: string[] = []
  for (let i = 0; photos && i < 2; i++) {
    const r = await fetch(kept().base + '/api/files', { method: 'POST', headers: { 'Content-Type': 'image/jpeg' }, body: photo })
    tokens.push(((await r.json()) as { token: string }).token)
  }
  const m = await town.report('路灯不亮，就在我家三号楼下，找13800000001', { subject: 'road.lamp', files: tokens })
  await town.call('PUT', `/api/matters/${m.id}/release`, { text: '幸福路东口两盏路灯不亮，已安排检修', text_en: 'Two street lamps are out at the east end of Xingfu Road; repairs are arranged', street: '幸福路东口', thing: 'lamp-002', ...more }, 'dispatcher')
  return m
}

test('a resident finds a public matter, reads it and joins in three taps', async ({ page, words, town, axe, lang }) => {
  const w = words('residents')
  const m = await made(town, { photos: [2] }, true)
  await page.goto('/around')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('around.title'))
  const card = page.getByRole('listitem').filter({ has: page.locator(`a[href$="/around/${m.id}"]`) })
  await expect(card).toContainText(lang === 'zh' ? '幸福路东口两盏路灯不亮' : 'Two street lamps are out')
  await expect(page.getByText('三号楼')).toHaveCount(0)
  await expect(card.locator('img')).toHaveJSProperty('complete', true)
  await axe()
  await card.getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`/around/${m.id}$`))
  await expect(page.getByText(w('public.people-n', { n: 1 }))).toBeVisible()
  await axe()
  await page.getByRole('button', { name: w('around.me-too') }).click()
  await axe()
  await page.getByRole('button', { name: w('around.join'), exact: true }).click()
  await expect(page.getByRole('heading', { name: w('around.joined-title') })).toBeFocused()
  const code = (await page.locator('.code strong').textContent())!
  await expect(page.getByText(w('public.people-n', { n: 2 }))).toBeVisible()
  await axe()
  expect((await town.call('GET', '/api/track', undefined, undefined, { 'X-Tracking-Code': code })).state).toBe('joined')
})

test('a lost answer does not make two voices', async ({ page, words, town }) => {
  const w = words('residents')
  const m = await made(town)
  await page.goto(`/around/${m.id}`)
  await page.getByRole('button', { name: w('around.me-too') }).click()
  await page.getByLabel(w('around.words')).fill('我这边也黑着')
  let first = true
  await page.route('**/join', async route => {
    if (first) {
      first = false
      await route.fetch() // the server has it; the answer never arrives
      await route.abort()
    } else await route.continue()
  })
  await page.getByRole('button', { name: w('around.join'), exact: true }).click()
  await expect(page.getByRole('alert')).toContainText(w('problem.unreached'))
  await expect(page.getByLabel(w('around.words'))).toHaveValue('我这边也黑着')
  await page.getByRole('button', { name: w('around.join'), exact: true }).click()
  await expect(page.getByRole('heading', { name: w('around.joined-title') })).toBeVisible()
  expect((await town.call('GET', `/api/public/matters/${m.id}`)).people).toBe(2)
})

test('danger is not put in line, and shows the numbers to call', async ({ page, words, town, axe }) => {
  const w = words('residents')
  const m = await made(town)
  await page.goto(`/around/${m.id}`)
  await page.getByRole('button', { name: w('around.me-too') }).click()
  await page.getByLabel(w('around.words')).fill('灯杆漏电，有人被电到了，着火了')
  await page.getByRole('button', { name: w('around.join'), exact: true }).click()
  await expect(page.getByRole('heading', { name: w('around.apart-title') })).toBeVisible()
  await expect(page.locator('a[href="tel:119"]').first()).toBeVisible()
  await axe()
})

test('filters say what they found, and an empty list says why', async ({ page, words, town, axe }) => {
  const w = words('residents')
  const m = await made(town)
  await page.goto('/around')
  const card = page.locator(`a[href$="/around/${m.id}"]`)
  await expect(card).toBeVisible()
  await page.getByLabel(w('around.subject')).selectOption('water')
  await expect(page.getByRole('heading', { name: w('around.none-here') })).toBeVisible()
  await expect(page).toHaveURL(/subject=water/)
  await axe()
  await page.getByRole('button', { name: w('around.clear') }).click()
  await expect(card).toBeVisible()
  await page.getByText(w('around.state-ended'), { exact: true }).click()
  await expect(card).toHaveCount(0)
  await page.goto('/around/7')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('around.gone'))
  await axe()
})

test('near me asks for a box, never for the position', async ({ page, words, context, town }) => {
  const w = words('residents')
  const m = await made(town)
  await context.grantPermissions(['geolocation'])
  await context.setGeolocation({ latitude: 39.8984358, longitude: 116.4117152 })
  await page.goto('/around')
  const asked = page.waitForRequest(/south=/)
  await page.getByRole('button', { name: w('around.near-me') }).click()
  const url = new URL((await asked).url())
  expect(url.searchParams.get('south')).toBe('39.888')
  expect(url.href).not.toContain('39.8984')
  await expect(page.locator(`a[href$="/around/${m.id}"]`)).toBeVisible()
  await context.setGeolocation({ latitude: 30, longitude: 100 })
  await page.getByRole('button', { name: w('around.near-off') }).click()
  await page.waitForTimeout(61) // positions of the last minute may be used again
  await expect(page.locator(`a[href$="/around/${m.id}"]`)).toBeVisible()
})

test('a town with an approval number shows a map, with the number on it', async ({ page, words, town, axe }) => {
  const w = words('residents')
  const m = await made(town)
  const map = (await town.call('GET', '/api/map/desk', undefined, 'dispatcher')) as Record<string, unknown>
  await page.route('**/api/town', async route => {
    const r = await route.fetch()
    await route.fulfill({ response: r, json: { ...(await r.json()), map_approval: '京S(2026)000号（示例）' } })
  })
  await page.route('**/api/map', route => route.fulfill({ json: { ...map, approval: '京S(2026)000号（示例）', drawn: true } }))
  await page.goto('/around?subject=road.lamp')
  await page.getByRole('button', { name: w('around.as-map') }).click()
  await expect(page.getByText('京S(2026)000号（示例）')).toBeVisible()
  const mark = page.locator('.around-mark').first()
  await expect(mark).toBeVisible()
  await axe()
  await mark.click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect(page.locator(`a[href$="/around/${m.id}"]`)).toBeVisible() // the list says the same
})

test('taken back is gone', async ({ page, words, town }) => {
  const w = words('residents')
  const m = await made(town)
  await page.goto(`/around/${m.id}`)
  await page.getByRole('button', { name: w('around.me-too') }).click()
  await town.call('DELETE', `/api/matters/${m.id}/release`, undefined, 'dispatcher')
  await page.getByRole('button', { name: w('around.join'), exact: true }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('around.gone'))
})

test('without an approval number there is a schematic: an order of communities, as tiles or as a list', async ({ page, words, axe }, info) => {
  const w = words('residents')
  await page.goto('/around')
  await page.getByRole('button', { name: w('around.as-schematic') }).first().click()
  await expect(page).toHaveURL(/as=map/)
  const part = page.locator('section.communities')
  await expect(part).toHaveCount(1)
  const tiles = part.getByRole('listitem')
  await expect(part.getByText(w('around.schematic-says'))).toBeVisible()
  // Rows from the north, in each from the west: what comes first stands higher, or further left.
  const plan = (await (await page.request.get('/api/map/schematic')).json()) as { columns: number; items: { code: string; name: string; row: number; column: number }[] }
  await expect(tiles).toHaveCount(plan.items.length)
  const boxes = await Promise.all(plan.items.map(async x => ({ ...x, at: (await tiles.filter({ hasText: x.name }).first().boundingBox())! })))
  for (const [i, b] of boxes.entries()) {
    const before = boxes[i - 1]
    if (before?.row === b.row) expect(b.at.x).toBeGreaterThan(before.at.x)
    else if (before) expect(b.at.y).toBeGreaterThan(before.at.y)
  }
  expect(JSON.stringify(plan)).not.toMatch(/lat|lon|\d{2,3}\.\d/)
  await expect(page.locator('canvas')).toHaveCount(0)
  if (process.env.LINLI_SHOTS) await page.screenshot({ path: `${process.env.LINLI_SHOTS}/schematic-${info.project.name}.png`, fullPage: true })
  await axe()
  await tiles.nth(2).getByRole('button').click()
  await expect(page).toHaveURL(/place=/)
  await part.getByRole('button', { name: w('around.as-list'), exact: true }).click()
  await expect(tiles).toHaveCount(plan.items.length)
  await expect(part.getByText(w('around.schematic-says'))).toHaveCount(0)
  await axe()
})
