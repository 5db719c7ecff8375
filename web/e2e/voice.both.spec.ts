/* A voice message: spoken into the page, heard before it travels, and heard by whoever deals with it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { source } from './house'
import { expect, kept, test } from './test'

// The browser has a microphone of its own that beeps, and gives it without asking.
test.use({ launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] }) })

/** It can be played: the browser knows how long it is, or at least what it is. */
const plays = (page: Page, of: string) =>
  expect.poll(() => page.locator(of).first().evaluate((a: HTMLAudioElement) => new Promise<boolean>(done => {
    if (a.readyState > 0) return done(true)
    a.onloadedmetadata = () => done(true)
    a.onerror = () => done(false)
    a.load()
    setTimeout(() => done(a.readyState > 0), 3000)
    a.preload = 'auto'
  }))).toBe(true)

test('a voice message is spoken, heard, sent, and heard by the reporter, at the desk and by who goes there', async ({ page, browser, as, words, town, axe, lang }) => {
  const w = words('residents'), d = words('desk')
  await page.goto('/report')
  await page.getByRole('textbox').fill('路灯不亮，说不清楚，请听录音')
  await page.getByRole('button', { name: w('report.next') }).click()
  await page.getByLabel(w('place.kind-community')).selectOption({ label: '新世界家园社区' })
  await page.getByLabel(w('place.kind-grid')).selectOption({ index: 2 })
  await page.getByRole('button', { name: w('report.next') }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.photos'))
  await page.getByRole('button', { name: w('photos.speak') }).click()
  const stop = page.locator('button.way.on')
  await expect(stop).toBeVisible()
  await axe()
  await page.waitForTimeout(1600) // somebody speaks
  await stop.click()
  await expect(page.getByLabel(w('photos.voice', { n: 1 }))).toBeVisible()
  await plays(page, 'li.voice audio')
  await axe()
  // Another thought: away with it, and said once more.
  await page.getByRole('button', { name: w('photos.remove-voice', { n: 1 }) }).click()
  await expect(page.locator('audio')).toHaveCount(0)
  await page.getByRole('button', { name: w('photos.speak') }).click()
  await page.waitForTimeout(1600)
  await stop.click()
  await expect(page.locator('li.voice audio')).toBeVisible()
  await page.getByRole('button', { name: w('report.next'), exact: true }).click()
  await page.getByRole('button', { name: w('report.send') }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.sent'))
  const code = (await page.locator('.code').innerText()).trim()
  const there = await town.call('GET', '/api/track', undefined, undefined, { 'X-Tracking-Code': code })
  expect(there.files).toHaveLength(1)
  expect(there.files[0].kind).toBe('voice')

  await page.goto('/track#' + code)
  await page.getByRole('button', { name: w('track.listen', { n: there.files[0].k }) }).click()
  await plays(page, '.files audio')
  await axe()

  const office = await browser.newContext({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB', baseURL: kept().base, viewport: { width: 1440, height: 900 } })
  await as('dispatcher', office)
  const desk = await office.newPage()
  await desk.goto(`/desk/m/${there.id}`)
  const audio = desk.getByLabel(d('matter.file-voice'))
  await expect(audio).toBeVisible()
  const got = await desk.request.get((await audio.getAttribute('src'))!)
  expect(got.status()).toBe(200)
  expect(got.headers()['content-type']).toMatch(/^audio\//)
  expect((await got.body()).length).toBeGreaterThan(500)
  await plays(desk, `audio[aria-label="${d('matter.file-voice')}"]`)
  await axe(desk)
  await office.close()

  const street = await browser.newContext({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB', baseURL: kept().base, viewport: { width: 360, height: 740 } })
  await as('handler', street)
  const phone = await street.newPage()
  await phone.goto(`/work/matter/${there.id}`)
  await plays(phone, `audio[aria-label="${words('work')('matter.file-voice')}"]`)
  await axe(phone)
  await street.close()
})

test('where a browser cannot record, a recording that the phone made is chosen: with the report, and later with a note', async ({ page, words, town, axe, lang }, info) => {
  const w = words('residents')
  await page.addInitScript(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined })) // as over http
  await page.goto('/report')
  await page.getByRole('textbox').fill('路灯不亮，请听我选的录音')
  await page.getByRole('button', { name: w('report.next') }).click()
  await page.getByLabel(w('place.kind-community')).selectOption({ label: '新世界家园社区' })
  await page.getByLabel(w('place.kind-grid')).selectOption({ index: 2 })
  await page.getByRole('button', { name: w('report.next') }).click()
  await expect(page.getByRole('button', { name: w('photos.speak') })).toHaveCount(0)
  const pick = page.getByLabel(w('photos.choose-recording'))
  await expect(pick).toHaveAttribute('accept', /^audio\/\*,.*\.amr/)
  await pick.setInputFiles({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('no sound') })
  await expect(page.getByRole('status').filter({ hasText: w('photos.no-recording', { name: 'list.txt' }) })).toBeVisible()
  await expect(page.locator('li.voice')).toHaveCount(0)
  await pick.setInputFiles(join(source, 't/media/voice.m4a'))
  await expect(page.getByLabel(w('photos.voice', { n: 1 }))).toBeVisible()
  await axe()
  await page.screenshot({ path: info.outputPath(`choose-${lang}.png`), fullPage: true })
  await page.getByRole('button', { name: w('report.next'), exact: true }).click()

  // A number that nobody could dial is said before anything is sent for good, and mended.
  await page.locator('details.contact > summary').click()
  await page.getByRole('textbox', { name: w('report.phone'), exact: true }).fill('138oooo0001')
  await page.getByRole('button', { name: w('report.send') }).click()
  await expect(page.getByRole('alert')).toContainText({ zh: '不是一个能拨打的电话号码', en: 'no telephone number that can be dialled' }[lang])
  await page.getByRole('textbox', { name: w('report.phone'), exact: true }).fill('138-0000-0001')
  await page.getByRole('button', { name: w('report.send') }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.sent'))
  const code = (await page.locator('.code').innerText()).trim()
  const there = () => town.call('GET', '/api/track', undefined, undefined, { 'X-Tracking-Code': code })
  expect((await there()).files.map((f: { kind: string }) => f.kind)).toEqual(['voice'])

  await page.goto('/track#' + code)
  await page.getByRole('button', { name: { zh: '补充说明', en: 'Add a note' }[lang], exact: true }).click()
  await page.locator('form.card textarea').fill('再听一段')
  await page.getByLabel(w('photos.choose-recording')).setInputFiles({ name: 'later.amr', mimeType: '', buffer: readFileSync(join(source, 't/media/voice.amr')) }) // pickers often know no type of it
  await page.locator('form.card button.go').click()
  await expect(page.getByText(w('track.done'), { exact: true })).toBeVisible()
  await expect.poll(async () => (await there()).files.map((f: { kind: string }) => f.kind)).toEqual(['voice', 'voice'])
})
