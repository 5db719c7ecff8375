import { defineConfig } from '@playwright/test'
import { existsSync } from 'node:fs'

const chromium = process.env.LINLI_CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync) ?? ''
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
const desktop = { viewport: { width: 1440, height: 900 } }

/* A file says by its name where it runs: *.phone.spec.ts on phones, *.desktop.spec.ts on desktops, *.both.spec.ts on both; each in both languages. *.once.spec.ts
 * runs once, and sets what it needs itself; *.alone.spec.ts after all others, when nobody else uses the machine. */
export default defineConfig<{ lang: string }>({
  testDir: '.',
  globalSetup: './setup.ts',
  outputDir: '../var/results',
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: Number(process.env.LINLI_WEB_WORKERS ?? 2),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: '../var/playwright.json' }]],
  use: {
    browserName: 'chromium',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: 'allow',
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-gl=swiftshader', '--enable-unsafe-swiftshader'],
    },
  },
  projects: [
    { name: 'phone-zh', testMatch: /\.(phone|both)\.spec\.ts$/, use: { ...phone, lang: 'zh' } },
    { name: 'phone-en', testMatch: /\.(phone|both)\.spec\.ts$/, use: { ...phone, lang: 'en' } },
    { name: 'desktop-zh', testMatch: /\.(desktop|both)\.spec\.ts$/, use: { ...desktop, lang: 'zh' } },
    { name: 'desktop-en', testMatch: /\.(desktop|both)\.spec\.ts$/, use: { ...desktop, lang: 'en' } },
    { name: 'once', testMatch: /\.once\.spec\.ts$/, use: { ...desktop, lang: 'zh' } },
    ...(process.env.LINLI_WEB_REPORT ? [{ name: 'alone', testMatch: /\.alone\.spec\.ts$/, use: { ...desktop, lang: 'zh' }, dependencies: ['phone-zh', 'phone-en', 'desktop-zh', 'desktop-en', 'once'] }] : []),
  ],
})
