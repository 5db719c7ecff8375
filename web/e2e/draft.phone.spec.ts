import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { expect, kept, test } from './test'
import { jpeg } from './picture'

test('a draft with a photo survives a closed browser and no network, says that it is not sent, and is sent once', async ({ words, lang }) => {
  const w = words('residents')
  const folder = mkdtempSync(join(tmpdir(), 'linli-phone-'))
  const options = { executablePath: process.env.LINLI_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'], viewport: { width: 360, height: 740 }, locale: lang === 'zh' ? 'zh-CN' : 'en-GB', baseURL: kept().base }
  const said = `路灯不亮，断网时写的（${lang} ${Date.now()}）`
  try {
    let phone = await chromium.launchPersistentContext(folder, options)
    let page = phone.pages()[0] ?? (await phone.newPage())
    await page.goto('/report')
    await page.getByRole('textbox').fill(said)
    await page.getByRole('button', { name: w('report.next') }).click()
    await page.getByLabel(w('place.kind-community')).selectOption({ index: 1 })
    await page.getByRole('button', { name: w('report.next') }).click()
    await page.locator('input[type=file]').setInputFiles({ name: 'lamp.jpg', mimeType: 'image/jpeg', buffer: await jpeg(page) })
    await expect(page.getByRole('img', { name: w('photos.photo', { n: 1 }) })).toBeVisible()
    await page.waitForTimeout(600)
    await phone.close()

    phone = await chromium.launchPersistentContext(folder, options)
    page = phone.pages()[0] ?? (await phone.newPage())
    await page.goto('/')
    await page.getByRole('link', { name: w('report.draft-go') }).click()
    await expect(page.getByRole('img', { name: w('photos.photo', { n: 1 }) })).toBeVisible()
    await page.getByRole('button', { name: w('report.next'), exact: true }).click()
    await expect(page.locator('.answer .big')).toBeVisible()

    await phone.setOffline(true)
    await page.getByRole('button', { name: w('report.send') }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.waiting'))
    await expect(page.locator('main')).toContainText(w('report.waiting-says'))
    await phone.close()

    // Back with a network; the first answer is lost on its way, so that the phone cannot know whether it arrived.
    phone = await chromium.launchPersistentContext(folder, options)
    page = phone.pages()[0] ?? (await phone.newPage())
    const keys: string[] = []
    const ids: string[] = []
    await phone.route('**/api/matters', async route => {
      keys.push(route.request().headers()['idempotency-key'] ?? '')
      const answer = await route.fetch()
      ids.push(((await answer.json()) as { id: string }).id)
      await (keys.length === 1 ? route.abort() : route.fulfill({ response: answer }))
    })
    await page.goto('/')
    await expect.poll(() => keys.length).toBe(1)
    await page.getByRole('button', { name: w('report.try-now') }).click()
    await expect(page.getByRole('link', { name: w('home.look'), exact: true })).toBeVisible()
    expect(new Set(keys).size).toBe(1)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size, 'one matter, though it was sent twice').toBe(1)
    await page.getByRole('link', { name: w('home.look'), exact: true }).click()
    await expect(page.locator('.story')).toContainText(said)
    await expect(page.locator('.story').getByRole('img')).toHaveCount(1)
    await phone.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('what the server refuses goes back to be changed, with what to do', async ({ page, words }) => {
  const w = words('residents')
  await page.goto('/report')
  await page.getByRole('textbox').fill('路灯不亮，请来修')
  for (const next of ['report.next', 'report.no-place', 'report.no-photos']) await page.getByRole('button', { name: w(next) }).click()
  await page.locator('.contact summary').click()
  await page.getByRole('combobox').first().selectOption('sms')
  await page.getByRole('button', { name: w('report.send') }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByRole('textbox', { name: w('report.phone'), exact: true }).fill('13800009004')
  await page.getByRole('button', { name: w('report.send') }).click()
  await expect(page.locator('.code')).toBeVisible()
})
