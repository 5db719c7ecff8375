import { expect, test } from './test'
import { jpeg } from './picture'

test.use({ viewport: { width: 320, height: 640 }, geolocation: { latitude: 39.8984358, longitude: 116.4117152 }, permissions: ['geolocation'] })

test('a first report on a phone of 320 pixels takes at most 12 taps besides the words, and nothing stands beyond the edge', async ({ page, words }) => {
  const w = words('residents')
  let taps = 0
  const tap = async (name: string | RegExp, role: 'button' | 'link' = 'button') => {
    await page.getByRole(role, { name, exact: typeof name === 'string' }).first().tap()
    taps++
  }
  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), await page.url()).toBeLessThanOrEqual(0)
  await page.goto('/')
  await fits()
  await tap(new RegExp(w('home.report')), 'link')
  await page.getByRole('textbox').tap()
  taps++
  await page.keyboard.insertText('楼下路灯坏了三天，晚上很黑')
  await fits()
  await tap(w('report.next'))
  await tap(w('place.locate'))
  await expect(page.locator('.chosen')).toBeVisible()
  await fits()
  await tap(w('report.next'))
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('label.way').tap()])
  taps += 2 // the second within the phone's own gallery
  await chooser.setFiles({ name: 'lamp.jpg', mimeType: 'image/jpeg', buffer: await jpeg(page) })
  await expect(page.getByRole('img', { name: w('photos.photo', { n: 1 }) })).toBeVisible()
  await fits()
  await tap(w('report.next'))
  await expect(page.locator('.answer .big')).toBeVisible()
  await fits()
  await tap(w('report.send'))
  await expect(page.locator('.code')).toBeVisible()
  await fits()
  test.info().annotations.push({ type: 'taps', description: String(taps) })
  expect(taps).toBeLessThanOrEqual(12)
})

test('every target of a report can be met by a thumb', async ({ page, words }) => {
  const w = words('residents')
  const small = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, a, select, input:not([type=checkbox], [type=radio], [type=file]), textarea, summary, .tick')]
        .filter(e => e.offsetParent && !e.matches('.visually-hidden') && !e.closest('.visually-hidden'))
        .map(e => ({ what: e.outerHTML.slice(0, 90), height: e.getBoundingClientRect().height }))
        .filter(e => e.height < 43.5),
    )
  await page.goto('/')
  expect(await small()).toEqual([])
  await page.goto('/report')
  await page.getByRole('textbox').fill('路灯不亮')
  expect(await small()).toEqual([])
  for (const next of ['report.next', 'report.no-place', 'report.no-photos']) {
    await page.getByRole('button', { name: w(next) }).click()
    expect(await small()).toEqual([])
  }
})
