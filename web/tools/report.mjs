// After `script/web test --report`: what passed, what the pages weigh, what Lighthouse measured and what axe found, as one file; prints its name.
import { existsSync, readFileSync, rmSync, statSync, readdirSync, writeFileSync } from 'node:fs'

const at = name => new URL(`../var/${name}`, import.meta.url).pathname
const json = name => (existsSync(at(name)) ? JSON.parse(readFileSync(at(name), 'utf8')) : null)
const lines = name => (existsSync(at(name)) ? readFileSync(at(name), 'utf8').trim().split('\n').filter(Boolean).map(l => JSON.parse(l)) : [])

/** What an earlier run left behind must not stand in this report. */
export function clearReport() {
  for (const name of ['lighthouse.json', 'axe.jsonl', 'web-report.json', 'playwright.json']) rmSync(at(name), { force: true })
}

function* tests(suite) {
  for (const s of suite.suites ?? []) yield* tests(s)
  for (const spec of suite.specs ?? []) for (const t of spec.tests) yield { file: spec.file, title: spec.title, project: t.projectName, status: t.status, ms: t.results.reduce((all, r) => all + r.duration, 0), notes: t.annotations ?? [] }
}

function built() {
  const folder = new URL('../dist/assets', import.meta.url).pathname
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter(n => !/\.(gz|br)$/.test(n)).map(name => {
    const size = end => (existsSync(`${folder}/${name}${end}`) ? statSync(`${folder}/${name}${end}`).size : null)
    return { name, bytes: size(''), gzip: size('.gz'), brotli: size('.br') }
  }).sort((a, b) => b.bytes - a.bytes)
}

export async function writeReport() {
  const run = json('playwright.json')
  const all = run ? [...tests(run)] : []
  const noted = type => all.flatMap(t => t.notes.filter(n => n.type === type).map(n => n.description))
  const looked = lines('axe.jsonl')
  const report = {
    when: new Date().toISOString(),
    tests: run ? { passed: run.stats.expected, failed: run.stats.unexpected, flaky: run.stats.flaky, skipped: run.stats.skipped, seconds: Math.round(run.stats.duration / 1000) } : null,
    failed: all.filter(t => t.status === 'unexpected').map(({ file, title, project }) => ({ file, title, project })),
    weights: noted('weight').map(w => ({ page: w.split(' ')[0], bytes_pressed: Number(w.split(' ')[1]) })),
    taps: noted('taps').map(Number),
    lighthouse: json('lighthouse.json'),
    axe: { pages_looked_at: looked.length, serious: looked.filter(l => l.findings.length) },
    built: built(),
    slowest: [...all].sort((a, b) => b.ms - a.ms).slice(0, 10).map(({ file, title, project, ms }) => ({ file, title, project, ms })),
  }
  writeFileSync(at('web-report.json'), JSON.stringify(report, null, 2) + '\n')
  console.log(`web/var/web-report.json`)
}
