/* The ground under the map, three ways: none, a file of our own, a service asked in our stead. In none of them does a browser ask anybody else (the guard of every
 * test fails if it does). */
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { build, end, people, signedIn, source, type House } from './house'
import { archive, picture, vectorTile } from './tiles'
import { expect, ours, test } from './test'

test.describe.configure({ mode: 'default' })
const NUMBER = '示例审字（2026）0001号', OF_BASE = 'GS（示例）0002号'
let folder: string
const houses: House[] = []
const answers = { status: 200, body: picture(190, 40, 150) }
const heard: { url: string; headers: IncomingHttpHeaders }[] = []
let service: Server

const shot = async (page: Page, name: string) => { if (process.env.LINLI_SHOTS) await page.screenshot({ path: join(process.env.LINLI_SHOTS, name + '.png') }) }
function settings(name: string, text: string) {
  const path = join(folder, name)
  writeFileSync(path, text)
  chmodSync(path, 0o600)
  return path
}
async function house(basemap: string) {
  const h = await build(join(folder, 'town'), ['--basemap', basemap])
  houses.push(h)
  ours.push(h.base)
  return h
}
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-basemap-'))
  cpSync(join(source, 'samples/town'), join(folder, 'town'), { recursive: true })
  const yaml = join(folder, 'town/town.yaml')
  writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('map_approval: ""', `map_approval: "${NUMBER}"`))
  service = createServer((asked, answer) => {
    heard.push({ url: asked.url ?? '', headers: asked.headers })
    answer.writeHead(answers.status, { 'Content-Type': 'image/png', 'Set-Cookie': 'spy=1' }).end(answers.status === 200 ? answers.body : '')
  })
  await new Promise<void>(done => service.listen(0, '127.0.0.1', done))
})
test.afterAll(async () => {
  for (const h of houses) await end(h)
  service.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What share of the map is of a colour: 1 = all of it. */
async function share(map: Locator, is: 'magenta' | 'water') {
  const shot = (await map.screenshot()).toString('base64')
  return await map.page().evaluate(async ([data, which]) => {
    const image = new Image()
    image.src = 'data:image/png;base64,' + data
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    const pen = canvas.getContext('2d')!
    pen.drawImage(image, 0, 0)
    const p = pen.getImageData(0, 0, image.width, image.height).data
    let n = 0
    for (let i = 0; i < p.length; i += 4) {
      const [r, g, b] = [p[i]!, p[i + 1]!, p[i + 2]!]
      if (which === 'magenta' ? r > g + 40 && b > g + 25 : b > r + 25 && b > g && r > 120) n++
    }
    return n / (p.length / 4)
  }, [shot, is] as const)
}
async function around(page: Page, h: House, words: (face: 'residents') => (key: string) => string) {
  await page.goto(h.base + '/around?as=map')
  const map = page.locator('.town-map .maplibregl-canvas')
  await expect(map).toBeVisible({ timeout: 30_000 })
  void words
  return map
}
const enter = async (page: Page, h: House, login: string) => {
  const [name, value] = (await signedIn(h, login)).cookie.split('=', 2) as [string, string]
  await page.context().addCookies([{ name, value, url: h.base }])
}

test('a raster file lies under the map of residents, workers and the desk; its numbers stand on it; it can be switched off', async ({ page, words, axe }) => {
  test.slow()
  writeFileSync(join(folder, 'raster.pmtiles'), archive(picture(190, 40, 150), 2, { attribution: '<a href="https://example.org">© 示例</a>' }))
  const h = await house(settings('raster.conf', `file: ${join(folder, 'raster.pmtiles')}\napproval: ${OF_BASE}\n`))
  const w = words('residents'), parts: string[] = []
  page.on('response', r => { if (r.url().endsWith('/base/file')) parts.push(`${r.status()} ${r.request().headers()['range'] ?? 'whole'}`) })
  const map = await around(page, h, words)
  await expect.poll(() => share(map, 'magenta')).toBeGreaterThan(0.5)
  const says = page.locator('.maplibregl-ctrl-attrib')
  for (const said of [NUMBER, OF_BASE, '© 示例']) await expect(says).toContainText(said)
  await expect(says.locator('a')).toHaveCount(0) // no way out to somebody else's page
  expect(parts.length).toBeGreaterThan(1)
  expect(parts.filter(p => !p.startsWith('206 bytes='))).toEqual([])
  await axe()
  await shot(page, 'around-raster')
  const wish = page.getByLabel(w('map.base'))
  await wish.uncheck()
  await expect.poll(() => share(map, 'magenta')).toBeLessThan(0.05)
  const before = parts.length
  await page.reload() // the device remembers
  await expect(map).toBeVisible({ timeout: 30_000 })
  await expect(wish).not.toBeChecked()
  await page.waitForTimeout(500)
  expect(parts.length).toBe(before) // and nothing is fetched unasked
  await wish.check()
  await expect.poll(() => share(map, 'magenta')).toBeGreaterThan(0.5)

  await enter(page, h, people.dispatcher)
  await page.goto(h.base + '/desk/map')
  const desk = page.locator('.town-map .maplibregl-canvas')
  await expect.poll(() => share(desk, 'magenta'), { timeout: 30_000 }).toBeGreaterThan(0.3)
  await shot(page, 'desk-raster')
  await axe()
  await enter(page, h, people.grid)
  await page.goto(h.base + '/work')
  await page.locator('.switch').getByRole('button').nth(1).click()
  await page.locator('button.apart', { hasText: words('work')('today.as-map') }).click()
  const mine = page.locator('.town-map .maplibregl-canvas')
  await expect.poll(() => share(mine, 'magenta'), { timeout: 30_000 }).toBeGreaterThan(0.3)
  await shot(page, 'work-raster')
})

test('a vector file is drawn in a quiet style, its letters by the device', async ({ page, words }) => {
  writeFileSync(join(folder, 'vector.pmtiles'), archive(vectorTile(), 1, { attribution: '© 示例' }))
  const h = await house(settings('vector.conf', `file: ${join(folder, 'vector.pmtiles')}\napproval: ${OF_BASE}\n`))
  const map = await around(page, h, words)
  await expect.poll(() => share(map, 'water')).toBeGreaterThan(0.05)
  await page.waitForTimeout(1000)
  await shot(page, 'around-vector')
  await expect(page.getByText(words('residents')('map.base-lost'))).toHaveCount(0)
})

test('a service is asked in our stead: nothing of the reader goes along, and without it the map goes on', async ({ page, words, axe }) => {
  const port = (service.address() as AddressInfo).port
  const h = await house(settings('service.conf', `tiles: http://127.0.0.1:${port}/w/{z}/{x}/{y}.png?tk=secret\nattribution: 示例测绘\napproval: ${OF_BASE}\n`))
  const map = await around(page, h, words)
  await expect.poll(() => share(map, 'magenta')).toBeGreaterThan(0.5)
  await expect(page.locator('.maplibregl-ctrl-attrib')).toContainText('示例测绘')
  expect(heard.length).toBeGreaterThan(0)
  for (const { url, headers } of heard) {
    expect(url).toMatch(/^\/w\/\d+\/\d+\/\d+\.png\?tk=secret$/)
    expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'host', 'user-agent'])
    expect(headers['user-agent']).toBe('linli')
  }
  expect(await page.context().cookies()).toEqual([])
  const html = await page.content()
  expect(html).not.toContain('secret')
  answers.status = 500
  await page.locator('.maplibregl-ctrl-zoom-in').click()
  await page.locator('.maplibregl-ctrl-zoom-in').click()
  await expect(page.getByText(words('residents')('map.base-lost'))).toBeVisible({ timeout: 20_000 })
  await shot(page, 'around-lost')
  await axe()
  answers.status = 200
})

test('a base map without its own number is for staff alone', async ({ page, words }) => {
  writeFileSync(join(folder, 'bare.pmtiles'), archive(picture(190, 40, 150), 2, {}))
  const h = await house(join(folder, 'bare.pmtiles'))
  const map = await around(page, h, words)
  await expect(page.getByText(NUMBER)).toBeVisible()
  await page.waitForTimeout(500)
  expect(await share(map, 'magenta')).toBeLessThan(0.05)
  await expect(page.getByLabel(words('residents')('map.base'))).toHaveCount(0)
  expect((await page.request.get(h.base + '/api/map/base/file')).status()).toBe(404)
  expect((await page.request.get(h.base + '/api/map/desk/base/file')).status()).toBe(401)
})
