/* Every page of the three faces: what script/shots draws and pages.both.spec.ts opens. A route that is missing here fails the latter. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { source, type Role } from './house'
import { kept, type Town } from './test'

/** A matter of somebody whose code we hold, and what else the addresses name. */
export interface Made {
  id: string
  code: string
  /** lies with a handler, who may act on it */
  handled: string
  handledCode: string
}
export interface Place {
  name: string
  face: 'residents' | 'work' | 'desk'
  at: (m: Made) => string
  as?: Role
}

const residents = (name: string, at: Place['at']): Place => ({ name, face: 'residents', at })
const work = (name: string, as: Role, at: Place['at']): Place => ({ name: `work-${name}`, face: 'work', as, at: m => '/work' + at(m) })
const desk = (name: string, as: Role, at: Place['at']): Place => ({ name: `desk-${name}`, face: 'desk', as, at: m => '/desk' + at(m) })

/** An order that upstream waits for the reply to. */
const ORDER = 'BJ2026112300001'

export const pages: Place[] = [
  residents('home', () => '/'),
  residents('help', () => '/help'),
  residents('report', () => '/report'),
  residents('track-ask', () => '/track'),
  residents('track', m => `/track#${m.code}`),
  residents('track-answered', m => `/track#${m.handledCode}`),
  residents('around', () => '/around'),
  residents('around-one', m => `/around/${m.id}`),
  residents('who', () => '/who?subject=road.lamp&community=110101012001&grid=110101012001001'),
  residents('figures', () => '/figures'),
  { name: 'sign-in', face: 'desk', at: () => '/desk' },
  { name: 'work-sign-in', face: 'work', at: () => '/work' },
  { name: 'desk-invite', face: 'desk', at: () => '/invite#000000000000000000000000' },
  work('today', 'handler', () => ''),
  work('matter', 'handler', m => `/matter/${m.handled}`),
  work('act', 'handler', m => `/matter/${m.id}/do/sign`),
  work('report', 'grid', () => '/report'),
  work('waiting', 'grid', () => '/waiting'),
  work('choose', 'grid', () => '/waiting/00000000-0000-4000-8000-000000000000'),
  work('notices', 'handler', () => '/notices'),
  work('secure', 'grid', () => '/secure'),
  work('phone', 'grid', () => '/phone'),
  desk('start', 'dispatcher', () => ''),
  desk('intake', 'dispatcher', () => '/intake?caller=13800000001'),
  desk('triage', 'dispatcher', () => '/triage'),
  desk('callbacks', 'dispatcher', () => '/callbacks'),
  desk('orders', 'dispatcher', () => '/orders'),
  desk('orders-one', 'dispatcher', () => `/orders/12345/${ORDER}`),
  desk('matter', 'dispatcher', m => `/m/${m.id}`),
  desk('matter-answered', 'supervisor', m => `/m/${m.handled}`),
  desk('release', 'dispatcher', m => `/m/${m.id}/release`),
  desk('print', 'dispatcher', m => `/print/${m.id}`),
  ...['today', 'overdue', 'returned', 'called', 'paused', 'shelved', 'reopened'].map(b => desk(`boards-${b}`, 'dispatcher', () => `/boards?board=${b}`)),
  desk('supervise', 'supervisor', () => '/supervise'),
  ...['rates', 'trend', 'heat', 'flow', 'returns', 'cooperation', 'sources', 'forms'].map(tab => desk(`figures-${tab}`, 'supervisor', () => `/figures?tab=${tab}`)),
  desk('undelivered', 'dispatcher', () => '/undelivered'),
  desk('causes', 'dispatcher', () => '/causes'),
  desk('standing', 'supervisor', () => '/standing'),
  desk('parcels', 'dispatcher', () => '/parcels'),
  desk('duty', 'dispatcher', () => '/duty'),
  desk('places', 'dispatcher', () => '/places'),
  desk('map', 'dispatcher', () => '/map'),
  ...['files', 'versions', 'duties', 'posts', 'procedures', 'lessons', 'calendar'].map(tab => desk(`town-${tab}`, 'admin', () => `/town/${tab}`)),
  desk('admin', 'admin', () => '/admin'),
  ...['accounts', 'keys', 'jobs', 'texts'].map(tab => desk(`admin-${tab}`, 'admin', () => `/admin/${tab}`)),
  ...['looks', 'acts'].map(tab => desk(`admin-${tab}`, 'auditor', () => `/admin/${tab}`)),
  desk('me', 'dispatcher', () => '/me'),
]

/** The routes of a face as its file declares them, parents and redirects left out. */
export function routesOf(face: Place['face']): string[] {
  const text = readFileSync(join(source, 'web/src', face, 'routes.ts'), 'utf8')
  const found: string[] = []
  let parent = ''
  for (const line of text.split('\n')) {
    const path = /path: '([^']*)'/.exec(line)?.[1]
    if (path === undefined || /redirect:/.test(line)) continue
    if (/^\s*path:/.test(line)) parent = path // a parent's path stands on a line of its own; its children follow, indented deeper
    else found.push(/^ {6}/.test(line) ? `${parent}/${path}` : path)
  }
  return found
}

/** A town with something to show on each page: made once for all tests, so that nobody's list of today grows with each of them. */
export async function furnish(town: Town): Promise<Made> {
  const at = join(kept().dir, 'furnished.json')
  if (first(at + '.begun')) writeFileSync(at, JSON.stringify(await furnishOnce(town)))
  for (let n = 0; !existsSync(at) && n < 600; n++) await pause(100) // another worker furnishes
  return JSON.parse(readFileSync(at, 'utf8')) as Made
}

const pause = (ms: number) => new Promise(r => setTimeout(r, ms))
/** Is this worker the first that makes this folder? */
function first(folder: string) {
  try {
    mkdirSync(folder)
    return true
  } catch {
    return false
  }
}

async function furnishOnce(town: Town): Promise<Made> {
  const made = await town.report('路灯不亮，晚上走路看不清，老人容易摔倒', { name: '示例', phone: '13800000099' })
  for (const words of ['小区门口的垃圾两天没有清运', '楼上夜里装修太吵', '停车位被占，消防通道堵了', '暖气不热，家里只有十四度', '井盖松动，车过有响声']) await town.report(words)
  await town.call('PUT', `/api/matters/${made.id}/release`, { text: '幸福路东口两盏路灯不亮，已安排检修', text_en: 'Two street lamps are out at the east end of Xingfu Road; repairs are arranged', street: '幸福路东口', thing: 'lamp-002' }, 'dispatcher')
  const handled = await town.report('路灯一闪一闪', { name: '示例', phone: '13800000098' })
  await town.act('handler', handled.id, 'sign')
  await town.act('handler', handled.id, 'contact', { channel: 'visit', outcome: 'reached', time: new Date().toISOString() })
  await town.act('handler', handled.id, 'answer', { text: '已到现场更换灯泡，路灯恢复照明' })
  // One for each board that a test's own steps do not fill.
  const back = await town.report('路灯杆歪了，像要倒')
  await town.act('handler', back.id, 'return', { unit: 'u-lamp', reason: '路灯由路灯管理中心养护' })
  const called = await town.report('路灯一排都不亮')
  await town.act('handler', called.id, 'sign')
  await town.act('handler', called.id, 'call_in', { unit: 'u-lamp', work: '请到现场修复路灯', reason: '灯杆归路灯管理中心' })
  await furnishTheDesk(town)
  return { ...made, handled: handled.id, handledCode: handled.code }
}

/** What the desk's own lists show. Where no other test reports or looks: what stands here is nobody else's. */
async function furnishTheDesk(town: Town) {
  const now = () => new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 19) + '+08:00', day = (days: number) => new Date(Date.now() + days * 86400000).toISOString()
  await town.call('POST', '/api/matters', { words: '上次说的那件事，还是没有人来', said: '老粮店门口' })
  await town.call('POST', '/api/causes', { text: '国瑞城东区社区燃气管道检修，预计今晚恢复供气', text_en: 'Gas pipes of one community are being repaired; supply is back tonight', subject: 'gas.service', places: ['110101012012'], until: day(0.25) }, 'dispatcher')
  await town.call('POST', '/api/standing', { subject: 'clean.waste', place: '110101012006', unit: 'cgb', plan: '清运由每日一次改为两次，设监督电话', goal: 2, due: day(90).slice(0, 10) }, 'dispatcher')
  await town.call('POST', '/api/aliases', { said: '老粮店门口', place: '110101012002004' }, 'dispatcher')
  const asks = await town.report('路灯间隔太远，中间一段很暗')
  await town.act('handler', asks.id, 'sign')
  await town.act('handler', asks.id, 'ask', { what: 'pause', reason: '等待灯杆到货' })
  const order = await town.call('POST', '/api/orders', { system: '12345', text: `工单编号：${ORDER}\n派单时间：${now().slice(0, 16).replace('T', ' ')}\n处理时限：${day(2.3).slice(0, 16).replace('T', ' ')}\n诉求内容：新世界家园社区路灯不亮\n诉求人：示例\n联系电话：13800000097` }, 'dispatcher')
  const closed = await town.report('路灯灯罩碎了', { name: '示例', phone: '13800000096' })
  await town.act('dispatcher', order.id, 'dispatch', { place: '110101012002004', subject: 'road.lamp', unit: 'cgb', reason: '问了诉求人，在社区门口' })
  for (const id of [order.id, closed.id]) await town.act('handler', id, 'sign')
  await pause(1200) // whole seconds: the contact is not before the signature
  for (const id of [order.id, closed.id]) {
    await town.act('handler', id, 'contact', { channel: 'phone', time: now(), outcome: 'reached', text: '已联系' })
    await town.act('handler', id, 'answer', { text: '已更换灯头并测试正常' })
    await town.act('dispatcher', id, 'tell', { channel: 'phone', time: now(), outcome: 'reached' })
  }
}
