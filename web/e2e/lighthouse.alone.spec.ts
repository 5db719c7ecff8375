/* Lighthouse's mobile preset, for `script/web test --report`: no part of every run. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, kept, test } from './test'
import { KEPT } from './setup'

test('a report and its tracking page are quick and open to all, by Lighthouse', async () => {
  test.setTimeout(240_000)
  // @ts-expect-error plain JavaScript
  const { measure } = await import('../tools/lighthouse.mjs')
  const rows = (await measure(kept().base, ['/report', '/track'])) as { page: string; performance: number; accessibility: number; largest_paint_ms: number; interactive_ms: number }[]
  writeFileSync(join(KEPT, 'lighthouse.json'), JSON.stringify(rows, null, 2))
  for (const r of rows) {
    expect.soft(r.performance, r.page).toBeGreaterThanOrEqual(95)
    expect.soft(r.accessibility, r.page).toBeGreaterThanOrEqual(95)
    expect.soft(r.largest_paint_ms, r.page).toBeLessThanOrEqual(2000)
    expect.soft(r.interactive_ms, r.page).toBeLessThanOrEqual(3000)
  }
})
