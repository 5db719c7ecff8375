/* Every page as a picture, for people to look at: script/shots DIR. Without a folder there is nothing to do. */
import { join } from 'node:path'
import { furnish, pages } from './pages'
import { kept, listen, settled, test } from './test'

const folder = process.env.LINLI_SHOTS ?? ''

test.describe('@shot', () => {
  test.skip(!folder, 'script/shots DIR sets LINLI_SHOTS')

  for (const lang of ['zh', 'en'] as const)
    for (const [width, height] of [[360, 740], [1440, 900]] as const)
      test(`pages in ${lang} at ${width}x${height}`, async ({ browser, town, as }) => {
        test.setTimeout(900_000)
        const made = await furnish(town)
        for (const one of pages) {
          const context = await browser.newContext({ viewport: { width, height }, locale: lang === 'zh' ? 'zh-CN' : 'en-GB', timezoneId: 'Asia/Shanghai', isMobile: width < 600, hasTouch: width < 600, baseURL: kept().base })
          listen(context)
          if (one.as) await as(one.as, context)
          const page = await context.newPage()
          const address = one.at(made)
          await page.goto(address.includes('#') ? address.replace('#', `?lang=${lang}#`) : address + (address.includes('?') ? '&' : '?') + `lang=${lang}`)
          await settled(page)
          // As tall as the page: what is fixed to the edge of the screen then stands at the edge of the picture.
          const tall = await page.evaluate(() => document.documentElement.scrollHeight)
          if (tall > height) await page.setViewportSize({ width, height: tall })
          await settled(page)
          await page.screenshot({ path: join(folder, `${one.name}.${lang}.${width}x${height}.png`), fullPage: true })
          await context.close()
        }
      })
})
