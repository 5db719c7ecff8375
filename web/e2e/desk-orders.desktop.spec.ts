/* Orders from upstream: in with two actions, the reply out with three. Then who was answered is called back. */
import type { Page } from '@playwright/test'
import { expect, test, type Town } from './test'

const china = (hours: number) => new Date(Date.now() + (8 + hours) * 3600000).toISOString().slice(0, 16).replace('T', ' ')
const iso = () => new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 19) + '+08:00'
const order = (n: string) => `工单编号：${n}\n派单时间：${china(-1)}\n处理时限：${china(48)}\n诉求内容：兴隆都市馨园社区路灯不亮，第${n}张\n诉求人：示例·诉求人\n联系电话：13800004321`
let made = 0
const number = (page: Page) => `W-${page.context().browser()!.version().length}-${process.pid}-${Date.now() % 1e7}-${++made}`

/** The unit deals with it until upstream waits for the reply alone. */
async function dealtWith(town: Town, id: string) {
  await town.act('dispatcher', id, 'dispatch', { place: '110101012001001', subject: 'road.lamp', unit: 'cgb', reason: '问了诉求人，在社区门口' })
  await town.act('handler', id, 'sign')
  await new Promise(r => setTimeout(r, 1200)) // whole seconds: the contact is not before the signature
  await town.act('handler', id, 'contact', { channel: 'phone', time: iso(), outcome: 'reached', text: '已联系' })
  await town.act('handler', id, 'answer', { text: '已更换灯头并测试正常' })
  await town.act('dispatcher', id, 'tell', { channel: 'phone', time: iso(), outcome: 'reached' })
}

test('an order is pasted and taken in: two actions; pasted once more it is the same matter', async ({ page, as, words, axe }) => {
  const w = words('desk')
  const n = number(page)
  await as('dispatcher')
  await page.goto('/desk/orders')
  const box = page.getByLabel(w('orders.paste'))
  await expect(box).toBeFocused()
  await axe()
  await box.fill(order(n)) // one: paste
  await page.keyboard.press('Control+Enter') // two: take it in
  await expect(page.getByRole('status')).toContainText(w('orders.opened'))
  await expect(page.getByRole('row', { name: new RegExp(n) })).toBeVisible()
  await box.fill(order(n))
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('status')).toContainText(w('orders.same'))
  await box.fill('没有编号的一段话')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(box).toHaveValue('没有编号的一段话')
})

test('the reply goes out with three actions: open, copy, say that it was entered there', async ({ page, context, as, words, town, axe }) => {
  const w = words('desk')
  const n = number(page)
  const taken = await town.call('POST', '/api/orders', { system: '12345', text: order(n) }, 'dispatcher')
  await as('dispatcher')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/desk/orders')
  await page.getByRole('link', { name: n, exact: true }).click()
  await expect(page.getByText(w('orders.not-ready'))).toBeVisible()
  await axe()

  await dealtWith(town, taken.id)
  await page.goto('/desk/orders')
  await page.getByRole('link', { name: n, exact: true }).click() // one
  const reply = page.getByRole('region', { name: w('orders.reply') })
  await expect(reply.getByLabel(w('orders.text'))).toHaveValue(/已更换灯头并测试正常/)
  await reply.getByRole('button', { name: w('orders.copy') }).click() // two
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('已更换灯头并测试正常')
  const bundle = await page.request.get(await reply.getByRole('link', { name: w('orders.bundle') }).getAttribute('href') ?? '')
  expect(bundle.headers()['content-type']).toBe('application/zip')
  await reply.locator('button.go').last().click() // three
  await expect.poll(async () => (await town.call('GET', `/api/matters/${taken.id}`, undefined, 'dispatcher')).state).toBe('closed')
  await expect(page.getByRole('link', { name: n, exact: true })).toBeHidden()
})

test('who was answered is called back: what to say, the number for a reason, the outcome in one form', async ({ page, as, words, town, axe }) => {
  const w = words('desk')
  const taken = await town.report('路灯不亮，楼前很黑', { name: '张三', phone: '13800000011' })
  const unit = (await town.call('GET', `/api/matters/${taken.id}`, undefined, 'dispatcher')).unit.code
  if (unit !== 'cgb') await town.act('dispatcher', taken.id, 'assign', { unit: 'cgb', reason: '属城管' })
  await town.act('handler', taken.id, 'sign')
  await new Promise(r => setTimeout(r, 1200))
  await town.act('handler', taken.id, 'contact', { channel: 'phone', time: iso(), outcome: 'reached' })
  await town.act('handler', taken.id, 'answer', { text: '已更换灯头' })
  await town.act('dispatcher', taken.id, 'tell', { channel: 'phone', time: iso(), outcome: 'reached' })
  await as('dispatcher')
  await page.goto('/desk/callbacks')
  await expect(page.getByRole('heading', { name: w('callbacks.script') })).toBeVisible()
  const listed = async () => (await town.call('GET', '/api/callbacks?limit=50', undefined, 'dispatcher')).items.map((i: { id: string }) => i.id) as string[]
  await expect.poll(listed).toContain(taken.id)
  await page.reload()
  await page.locator('tbody tr').nth((await listed()).indexOf(taken.id)).getByRole('button').click()
  await expect(page.getByText('138****0011')).toBeVisible()
  await axe()
  await page.keyboard.press('1')
  const form = page.locator('form.act')
  await form.getByRole('radio').first().check()
  await form.locator('input[value="yes"]').check()
  await form.getByRole('spinbutton').fill('5')
  await page.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
  await expect.poll(listed).not.toContain(taken.id)
})
