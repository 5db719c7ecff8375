// Runs Playwright; with --report also writes var/web-report.json: what passed, sizes, timings and axe findings.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

const args = process.argv.slice(2)
const report = args.includes('--report')
const rest = args.filter(a => a !== '--report')
mkdirSync(new URL('../var', import.meta.url).pathname, { recursive: true })
if (report) (await import('./report.mjs')).clearReport()
const run = spawnSync('node', ['node_modules/@playwright/test/cli.js', 'test', '-c', 'e2e/playwright.config.ts', ...rest], { stdio: 'inherit', env: { ...process.env, ...(report ? { LINLI_WEB_REPORT: '1' } : {}) } })
if (report) {
  const { writeReport } = await import('./report.mjs')
  await writeReport()
}
process.exit(run.status ?? 1)
