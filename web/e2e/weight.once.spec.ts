import { expect, test } from './test'

/* What a first visitor's phone fetches for a page, as it travels: pressed, headers apart. */
for (const [at, most] of [['/', 90], ['/report', 90], ['/track', 90]] as const)
  test(`${at} weighs at most ${most} kB before the map`, async ({ page }) => {
    const seen = new Map<string, number>()
    const waits: Promise<unknown>[] = []
    page.on('requestfinished', r => waits.push(r.sizes().then(s => seen.set(new URL(r.url()).pathname, s.responseBodySize), () => undefined)))
    await page.goto(at, { waitUntil: 'networkidle' })
    await Promise.all(waits)
    const files = [...seen].filter(([path]) => !path.startsWith('/api/'))
    const sum = files.reduce((all, [, bytes]) => all + bytes, 0)
    test.info().annotations.push({ type: 'weight', description: `${at} ${sum}` })
    expect(files.some(([path]) => /TownMap|maplibre/i.test(path)), 'the map is loaded only when it is asked for').toBe(false)
    expect(sum, JSON.stringify(files)).toBeLessThanOrEqual(most * 1000)
    expect(sum).toBeGreaterThan(20000)
  })
