/* A telephone call, from the first ring to dispatch, by keyboard alone: no test here touches a mouse. */
import type { Page } from '@playwright/test'
import { expect, test } from './test'

/** What is pressed, counted; words (what people say) are not. */
function fingers(page: Page) {
  let pressed = 0
  return {
    get count() {
      return pressed
    },
    async press(...keys: string[]) {
      for (const k of keys) {
        await page.keyboard.press(k)
        pressed += k.split('+').length
      }
    },
    async type(text: string, asWords = false) {
      await page.keyboard.type(text)
      if (!asWords) pressed += [...text].length
    },
  }
}

test('any telephone system opens the page with the number in it, and the words have the focus', async ({ page, as, words, axe }) => {
  await as('dispatcher')
  await page.goto('/desk?caller=13800000007')
  await expect(page).toHaveURL(/\/desk\/intake\?caller=13800000007$/)
  const w = words('desk')
  await expect(page.getByLabel(w('intake.phone'))).toHaveValue('13800000007')
  await expect(page.getByLabel(w('intake.words'))).toBeFocused()
  await axe()
})

test('a call about a lamp-post is written down, explained, sent and dispatched in at most 60 keystrokes', async ({ page, as, words, town, axe }) => {
  const w = words('desk')
  await as('dispatcher')
  await page.goto('/desk?caller=13800000008')
  const hand = fingers(page)
  await expect(page.getByLabel(w('intake.words'))).toBeFocused()
  await hand.type('路灯不亮，晚上走路看不清', true)
  await hand.press('Alt+p')
  await hand.type('lamp-002')
  await expect(page.getByRole('option', { name: /lamp-002/ })).toBeVisible()
  await hand.press('Enter')
  // The explanation stands beside it: who, by when, and on what it rests.
  const beside = page.getByRole('region', { name: w('intake.beside') })
  await expect(beside).toContainText('示例路灯管理中心')
  await expect(beside).toContainText('城市照明管理规定')
  await axe()
  await hand.press('Alt+r')
  await expect(page.getByRole('checkbox', { name: w('intake.read-back') })).toBeChecked()
  await hand.press('Control+Enter')
  const code = page.locator('[data-test="code"]')
  await expect(code).toHaveText(/^[0-9A-Z]{4}(-[0-9A-Z]{4})+$/)
  await expect(page.locator('[data-test="gone"]')).toContainText('示例路灯管理中心')
  expect(hand.count).toBeLessThanOrEqual(60)
  const tracked = await town.call('GET', '/api/track', undefined, undefined, { 'X-Tracking-Code': await code.innerText() })
  expect(tracked.unit.code).toBe('u-lamp')
  await axe()
  // The next call begins empty.
  await hand.press('Alt+n')
  await expect(page.getByLabel(w('intake.words'))).toHaveValue('')
  await expect(page.getByLabel(w('intake.phone'))).toHaveValue('')
})

test('where nobody knows the place it does not go by itself; one key sends it all the same', async ({ page, as, words, town }) => {
  const w = words('desk')
  await as('dispatcher')
  await page.goto('/desk/intake')
  const hand = fingers(page)
  await expect(page.getByLabel(w('intake.words'))).toBeFocused()
  await hand.type('有人占道经营，很吵', true)
  await hand.press('Alt+r', 'Control+Enter')
  await expect(page.getByRole('heading', { name: w('intake.waits') })).toBeVisible()
  const id = await page.getByRole('link', { name: /^\d{15,}$/ }).innerText()
  await hand.press('Alt+d')
  await expect(page.locator('[data-test="gone"]')).toBeVisible()
  expect(hand.count).toBeLessThanOrEqual(60)
  expect((await town.call('GET', `/api/matters/${id}`, undefined, 'dispatcher')).state).toBe('dispatched')
})

test('words of danger show the emergency number at once; what was reported nearby stands beside it', async ({ page, as, words, town }) => {
  const w = words('desk')
  await town.report()
  await as('dispatcher')
  await page.goto('/desk/intake')
  await expect(page.getByLabel(w('intake.words'))).toBeFocused()
  await page.keyboard.type('楼道里闻到很浓的煤气味')
  await expect(page.getByRole('alert')).toContainText('119')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('路灯不亮')
  await page.keyboard.press('Alt+p')
  await page.keyboard.type('lamp-002')
  await expect(page.getByRole('option', { name: /lamp-002/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: w('intake.similar') })).toContainText(/\d/)
  await page.keyboard.press('Alt+c')
  await expect(page.getByLabel(w('intake.phone'))).toBeFocused()
})

test('a suggested subject is taken by one key, and what is missing is said at its field', async ({ page, as, words }) => {
  const w = words('desk')
  await as('dispatcher')
  await page.goto('/desk/intake')
  await expect(page.getByLabel(w('intake.words'))).toBeFocused()
  await page.keyboard.type('路灯')
  await expect(page.getByRole('list', { name: w('intake.suggested') })).toBeVisible()
  await page.keyboard.press('Alt+1')
  await expect(page.getByRole('combobox', { name: w('intake.subject') })).not.toHaveValue('')
  // Without words nothing is sent: the page says what is missing, and puts the cursor there.
  await page.keyboard.press('Alt+w')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert')).toHaveText(w('intake.words-needed'))
  await expect(page.getByLabel(w('intake.words'))).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel(w('intake.words'))).toBeFocused()
})

test('in the queue one key sends a matter to who answers for it, and the next one comes', async ({ page, as, words, town, axe }) => {
  const w = words('desk')
  const made = await town.report('路灯不亮，整条街都黑', { lat: undefined, lon: undefined, said: '老供销社对面' })
  await as('dispatcher')
  await page.goto('/desk/triage')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('desk.triage'))
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  const here = page.locator(`a[href$="/m/${made.id}"]`).first()
  for (let i = 0; i < 50 && !(await here.isVisible()); i++) {
    await page.keyboard.press('j')
    await page.waitForTimeout(150)
  }
  await expect(here).toBeVisible()
  await expect(page.getByText('老供销社对面')).toBeVisible()
  await expect(page.getByRole('button', { name: /^1/ })).toBeVisible()
  await axe()
  await page.keyboard.press('1')
  await expect.poll(async () => (await town.call('GET', `/api/matters/${made.id}`, undefined, 'dispatcher')).state).toBe('dispatched')
  await expect(here).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('desk.triage'))
})
