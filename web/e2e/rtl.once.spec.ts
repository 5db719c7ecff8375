import { axeFindings, expect, test } from './test'

/* The pseudo pack: longer words, from right to left. Nothing may hang on the direction of writing or on the length of a word. */
for (const width of [320, 1440])
  test(`a report from right to left, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 })
    const fits = async () => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), page.url()).toBeLessThanOrEqual(0)
      expect(await axeFindings(page)).toEqual([])
    }
    await page.goto('/?lang=ar-XB')
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
    await fits()
    // The way to a person stands at the end of the head: on the left.
    const [brand, person] = await Promise.all(['.brand', '.person'].map(s => page.locator(s).boundingBox()))
    expect(person!.x).toBeLessThan(brand!.x)
    await page.locator('.hero').click()
    await page.locator('textarea').fill('楼下路灯坏了三天')
    await expect(page.locator('.subject strong')).toBeVisible()
    await fits()
    for (let step = 0; step < 3; step++) {
      await page.locator('.bar .go').click()
      await page.waitForTimeout(300)
      await fits()
    }
    await page.locator('.contact summary').click()
    await page.locator('.comfort button').first().click()
    await fits()
    await page.locator('.bar .go').click()
    await expect(page.locator('.code')).toHaveAttribute('dir', 'ltr')
    await fits()
    await page.locator('.receipt a.go').click()
    await expect(page.locator('.story')).toBeVisible()
    await fits()
  })
