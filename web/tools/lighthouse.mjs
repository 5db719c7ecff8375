// node tools/lighthouse.mjs BASE /report /track …: Lighthouse's mobile preset on pages of a running server. Returns what counts, one row a page.
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { existsSync } from 'node:fs'

const chromium = process.env.LINLI_CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync)

export async function measure(base, pages) {
  const chrome = await launch({ ...(chromium ? { chromePath: chromium } : {}), chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'], logLevel: 'silent' })
  const rows = []
  try {
    for (const page of pages) {
      const { lhr } = await lighthouse(base + page, { port: chrome.port, output: 'json', logLevel: 'silent', onlyCategories: ['performance', 'accessibility'] })
      const score = c => Math.round(100 * (lhr.categories[c].score ?? 0))
      const ms = a => Math.round(lhr.audits[a].numericValue ?? -1)
      rows.push({
        page, performance: score('performance'), accessibility: score('accessibility'),
        largest_paint_ms: ms('largest-contentful-paint'), interactive_ms: ms('interactive'), blocked_ms: ms('total-blocking-time'), shift: Number((lhr.audits['cumulative-layout-shift'].numericValue ?? 0).toFixed(3)),
        failed: Object.values(lhr.audits).filter(a => a.score === 0 && lhr.categories.accessibility.auditRefs.some(r => r.id === a.id)).map(a => a.id),
      })
    }
  } finally {
    await chrome.kill()
  }
  return rows
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [base, ...pages] = process.argv.slice(2)
  console.log(JSON.stringify(await measure(base, pages), null, 2))
}
