import { expect, test } from './test'

test('a whole report by keyboard alone: no mouse, from the first page to the code', async ({ page, words }) => {
  const w = words('residents')
  const key = (k: string) => page.keyboard.press(k)
  /* Tab until what has the focus is called so. */
  const reach = async (name: string, most = 40) => {
    for (let i = 0; i < most; i++) {
      await key('Tab')
      const at = await page.evaluate(() => {
        const e = document.activeElement as HTMLElement
        if (e === document.body) return '' // nothing has the focus; the page's whole text is no name
        return [e.getAttribute('aria-label') ?? '', e.innerText ?? '', (e as HTMLInputElement).labels?.[0]?.innerText ?? '', e.closest('label')?.innerText ?? ''].join('|')
      })
      if (at.includes(name)) return
    }
    throw new Error(`${name} is not reached by Tab`)
  }
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('home.title'))
  await reach(w('home.report'))
  await key('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('report.what'))
  for (let i = 0; i < 20 && (await page.evaluate(() => document.activeElement?.tagName)) !== 'TEXTAREA'; i++) await key('Tab')
  await page.keyboard.insertText('楼下路灯坏了三天')
  await expect(page.locator('.subject strong')).toBeVisible()
  await reach(w('report.next'))
  await key('Enter')
  // Each step begins at its heading, so that a screen reader says where one is.
  await expect(page.getByRole('heading', { level: 1, name: w('report.where') })).toBeFocused()
  await reach(w('place.kind-community'))
  await key('ArrowDown')
  await reach(w('place.kind-grid'))
  await key('ArrowDown')
  await expect(page.locator('.chosen')).toBeVisible()
  await reach(w('report.next'))
  await key('Enter')
  await expect(page.getByRole('heading', { level: 1, name: w('report.photos') })).toBeFocused()
  await reach(w('photos.add'))
  await reach(w('report.no-photos'))
  await key('Enter')
  await expect(page.getByRole('heading', { level: 1, name: w('report.check') })).toBeFocused()
  await expect(page.locator('.answer .big')).toBeVisible()
  await reach(w('report.send'))
  await key('Enter')
  await expect(page.locator('.code')).toBeVisible()
})
