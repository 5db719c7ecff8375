/* A town whose map has an approval number: a tap on it, or the cross by keyboard, is a place. The sample town has none, and offers none. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, end, source, type House } from './house'
import { axeFindings, expect, ours, test } from './test'

let house: House, folder: string
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-map-'))
  cpSync(join(source, 'samples/town'), folder, { recursive: true })
  const yaml = join(folder, 'town.yaml')
  writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('map_approval: ""', 'map_approval: "示例审字（2026）0001号"'))
  house = await build(folder)
  ours.push(house.base)
})
test.afterAll(async () => {
  await end(house)
  rmSync(folder, { recursive: true, force: true })
})

test('without an approval number no map is offered', async ({ page, words }) => {
  await page.goto('/report?step=where')
  await expect(page.getByLabel(words('residents')('place.kind-community'))).toBeVisible()
  await expect(page.getByRole('button', { name: words('residents')('place.map') })).toHaveCount(0)
})

test('the map is fetched when it is opened, shows its number, and takes a tap or the cross', async ({ page, words }) => {
  const w = words('residents')
  const fetched: string[] = []
  page.on('request', r => fetched.push(r.url()))
  await page.goto(house.base + '/report')
  await page.getByRole('textbox').fill('路灯不亮')
  await page.getByRole('button', { name: w('report.next') }).click()
  expect(fetched.some(u => /TownMap/.test(u))).toBe(false)
  await page.getByRole('button', { name: w('place.map') }).click()
  const map = page.locator('.maplibregl-canvas')
  await expect(map).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('.town-map')).toContainText('示例审字（2026）0001号')
  await map.click({ position: { x: 150, y: 150 } })
  await expect(page.locator('.chosen')).toContainText(w('place.on-map'))
  await page.getByRole('button', { name: w('place.other') }).click()
  await map.focus()
  await page.keyboard.press('ArrowRight')
  await page.waitForTimeout(600)
  await page.getByRole('button', { name: w('map.here') }).click()
  await expect(page.locator('.chosen')).toContainText(w('place.on-map'))
  expect(await axeFindings(page)).toEqual([])
  expect(fetched.filter(u => !u.startsWith(house.base + '/') && !/^(blob|data):/.test(u))).toEqual([])
})
