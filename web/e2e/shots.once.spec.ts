/* Every page as a picture, for people to look at: script/shots DIR. Without a folder there is nothing to do. A page is added to the list below. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { kept, test, type Town } from './test'
import type { Role } from './house'

const folder = process.env.LINLI_SHOTS ?? ''

interface Made { id: string; code: string }
interface Shot {
  name: string
  at: (m: Made) => string
  as?: Role
  then?: (page: Page) => Promise<void>
}

const shots: Shot[] = [
  { name: 'home', at: () => '/' },
  { name: 'help', at: () => '/help' },
  { name: 'report', at: () => '/report' },
  { name: 'track', at: m => `/track#${m.code}` },
  { name: 'around', at: () => '/around' },
  { name: 'around-one', at: m => `/around/${m.id}` },
  { name: 'who', at: () => '/who?subject=road.lamp&community=110101012001&grid=110101012001001' },
  { name: 'figures', at: () => '/figures' },
  { name: 'sign-in', at: () => '/desk' },
  { name: 'work-today', at: () => '/work', as: 'handler' },
  { name: 'work-matter', at: m => `/work/m/${m.id}`, as: 'handler' },
  { name: 'work-report', at: () => '/work/report', as: 'grid' },
  { name: 'work-queue', at: () => '/work/queue', as: 'grid' },
  { name: 'desk-start', at: () => '/desk', as: 'dispatcher' },
  { name: 'desk-intake', at: () => '/desk/intake?caller=13800000001', as: 'dispatcher' },
  { name: 'desk-triage', at: () => '/desk/triage', as: 'dispatcher' },
  { name: 'desk-matter', at: m => `/desk/m/${m.id}`, as: 'dispatcher' },
  { name: 'desk-release', at: m => `/desk/m/${m.id}/release`, as: 'dispatcher' },
  { name: 'desk-boards', at: () => '/desk/boards', as: 'dispatcher' },
  { name: 'desk-orders', at: () => '/desk/orders', as: 'dispatcher' },
  { name: 'desk-callbacks', at: () => '/desk/callbacks', as: 'dispatcher' },
  { name: 'desk-duty', at: () => '/desk/duty', as: 'dispatcher' },
  { name: 'desk-supervise', at: () => '/desk/supervise', as: 'supervisor' },
  { name: 'desk-figures', at: () => '/desk/figures', as: 'supervisor' },
  { name: 'desk-map', at: () => '/desk/map', as: 'dispatcher' },
  { name: 'desk-town', at: () => '/desk/town', as: 'admin' },
  { name: 'desk-admin', at: () => '/desk/admin', as: 'admin' },
  { name: 'desk-me', at: () => '/desk/me', as: 'dispatcher' },
]

/* A town that has something to show. */
async function furnish(town: Town): Promise<Made> {
  const made = await town.report('路灯不亮，晚上走路看不清，老人容易摔倒', { name: '示例', phone: '13800000099' })
  for (const words of ['小区门口的垃圾两天没有清运', '楼上夜里装修太吵', '停车位被占，消防通道堵了', '暖气不热，家里只有十四度', '井盖松动，车过有响声']) await town.report(words)
  await town.call('PUT', `/api/matters/${made.id}/release`, { text: '幸福路东口两盏路灯不亮，已安排检修', text_en: 'Two street lamps are out at the east end of Xingfu Road; repairs are arranged', street: '幸福路东口', thing: 'lamp-002' }, 'dispatcher')
  return made
}

test.describe('@shot', () => {
  test.skip(!folder, 'script/shots DIR sets LINLI_SHOTS')
  test.describe.configure({ mode: 'serial', timeout: 900_000 })

  test('pages', async ({ browser, town, as }) => {
    const made = await furnish(town)
    for (const lang of ['zh', 'en'] as const) {
      for (const [width, height] of [[360, 740], [1440, 900]] as const) {
        for (const shot of shots) {
          const context = await browser.newContext({ viewport: { width, height }, locale: lang === 'zh' ? 'zh-CN' : 'en-GB', timezoneId: 'Asia/Shanghai', isMobile: width < 600, hasTouch: width < 600, baseURL: kept().base })
          if (shot.as) await as(shot.as, context)
          const page = await context.newPage()
          const address = shot.at(made)
          await page.goto(address.includes('#') ? address.replace('#', `?lang=${lang}#`) : address + (address.includes('?') ? '&' : '?') + `lang=${lang}`)
          await page.waitForLoadState('networkidle', { timeout: 10_000 }).catch(() => undefined)
          await shot.then?.(page)
          await page.screenshot({ path: join(folder, `${shot.name}.${lang}.${width}x${height}.png`), fullPage: true })
          await context.close()
        }
      }
    }
  })
})
