/* Every page there is, on phone and desktop: it says what it is, fits the screen, and axe finds nothing serious on it. */
import { furnish, pages, routesOf } from './pages'
import { expect, settled, test } from './test'

/* WCAG 2.2, 1.4.10: 320 px without scrolling in two directions. The desk is made for desktops. WCAG 2.4.2: the window says which page it is. */
const NARROW = 320

for (const face of ['residents', 'work', 'desk'] as const)
  test(`each page of ${face}`, async ({ page, town, as, axe, isMobile }) => {
    test.setTimeout(300_000)
    const made = await furnish(town)
    if (isMobile) await page.setViewportSize({ width: NARROW, height: 640 })
    const titles = new Map<string, string>()
    for (const one of pages.filter(p => p.face === face)) {
      await test.step(one.name, async () => {
        await page.context().clearCookies()
        if (one.as) await as(one.as)
        const address = one.at(made)
        await page.goto(address)
        await settled(page)
        const [path] = address.split(/[?#]/)
        expect.soft(new URL(page.url()).pathname.replace(/\/$/, ''), `${one.name} is not sent elsewhere`).toBe(path!.replace(/\/$/, ''))
        await expect.soft(page.getByRole('heading', { level: 1 }), `${one.name} has one heading`).toHaveCount(1)
        titles.set(one.name, await page.title())
        if (isMobile && face !== 'desk') expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), `${one.name} fits ${NARROW} px`).toBeLessThanOrEqual(NARROW)
        if (isMobile && face !== 'desk') {
          await page.evaluate(() => document.documentElement.setAttribute('data-large', ''))
          expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), `${one.name} in large print fits ${NARROW} px`).toBeLessThanOrEqual(NARROW)
        }
        await test.step(`axe: ${one.name}`, () => axe())
      })
    }
    expect.soft([...titles].filter(([, title]) => !title), 'pages without a title').toEqual([])
    expect.soft(new Set(titles.values()).size, `titles that tell pages apart: ${[...titles.values()].join('; ')}`).toBeGreaterThanOrEqual(Math.min(6, titles.size))
  })

test('no page is forgotten', async () => {
  for (const face of ['residents', 'work', 'desk'] as const) {
    const under = face === 'residents' ? '' : '/' + face
    const had = pages.map(p => p.at({ id: '1', code: 'x', handled: '1', handledCode: 'x' }).split(/[?#]/)[0]!)
    for (const route of routesOf(face)) {
      const like = new RegExp('^(' + (route === '/invite' ? '' : under) + ')' + route.replace(/\/:\w+\?/g, '(/[^/]+)?').replace(/:\w+(\([^)]*\))?/g, '[^/]+').replace(/^\/$/, '/?') + '$')
      expect.soft(had.some(h => like.test(h)), `${face}: ${route}`).toBe(true)
    }
  }
})
