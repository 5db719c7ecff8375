/* The pages of the desk, below /desk. `nav` puts a page into the menu for those who hold one of `may` (none: everybody signed in), `group` says under which
 * heading; `open` pages are shown to whoever is not signed in. */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { prefix } from '@/api/client'

declare module 'vue-router' {
  interface RouteMeta {
    nav?: string /* a key of the words */
    may?: string[]
    group?: 'work' | 'watch' | 'people' | 'town' | 'more'
    open?: boolean
  }
}

export const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./Start.vue'), meta: { nav: 'desk.start', group: 'work' } },
  { path: '/intake', component: () => import('./intake/Intake.vue'), meta: { nav: 'desk.intake', group: 'work', may: ['matter.open'] } },
  { path: '/triage', component: () => import('./triage/Triage.vue'), meta: { nav: 'desk.triage', group: 'work', may: ['matter.dispatch'] } },
  { path: '/callbacks', component: () => import('./callbacks/Callbacks.vue'), meta: { nav: 'desk.callbacks', group: 'work', may: ['matter.callback'] } },
  { path: '/orders', component: () => import('./orders/Orders.vue'), meta: { nav: 'desk.orders', group: 'work', may: ['matter.open', 'matter.close', 'matter.dispatch'] } },
  { path: '/orders/:system/:number', component: () => import('./orders/Orders.vue'), meta: { title: 'desk.orders' } },
  { path: '/m/:id(\\d+)', component: () => import('./matter/Matter.vue'), meta: { title: 'matter.title' } },
  { path: '/boards', component: () => import('./boards/Boards.vue'), meta: { nav: 'boards.title', group: 'watch', may: ['matter.read'] } },
  { path: '/supervise', component: () => import('./boards/Supervise.vue'), meta: { nav: 'supervise.title', group: 'watch', may: ['matter.approve', 'matter.dispatch'] } },
  { path: '/print/:id(\\d+)', component: () => import('./boards/Print.vue'), meta: { title: 'print.title' } },
  { path: '/figures', component: () => import('./figures/Figures.vue'), meta: { nav: 'figures.title', group: 'watch', may: ['report.read'] } },
  { path: '/map', component: () => import('./town/MapPage.vue'), meta: { nav: 'townmap.title', group: 'town', may: ['town.read'] } },
  {
    path: '/town',
    component: () => import('./town/Town.vue'),
    meta: { nav: 'town.title', group: 'town', may: ['town.read'] },
    children: [
      { path: '', redirect: '/town/files' },
      { path: 'files', component: () => import('./town/Files.vue') },
      { path: 'versions', component: () => import('./town/Versions.vue') },
      { path: 'lessons', component: () => import('./town/Lessons.vue') },
      { path: 'duties', component: () => import('./town/Duties.vue') },
      { path: 'posts', component: () => import('./town/Posts.vue') },
      { path: 'procedures', component: () => import('./town/Procedures.vue') },
      { path: 'calendar', component: () => import('./town/CalendarPage.vue') },
    ],
  },
  { path: '/admin', component: () => import('./town/Admin.vue'), meta: { nav: 'admin.title', group: 'town', may: ['people.manage', 'audit.read'] } },
  { path: '/admin/:tab', component: () => import('./town/Admin.vue'), meta: { title: 'admin.title' } },
  { path: '/m/:matter/release', component: () => import('./matter/Release.vue'), props: true, meta: { title: 'release.title' } },
  { path: '/undelivered', component: () => import('./undelivered/Undelivered.vue'), meta: { nav: 'desk.undelivered', group: 'watch', may: ['matter.dispatch'] } },
  { path: '/causes', component: () => import('./causes/Causes.vue'), meta: { nav: 'desk.causes', group: 'watch', may: ['matter.read'] } },
  { path: '/standing', component: () => import('./standing/Standing.vue'), meta: { nav: 'desk.standing', group: 'watch', may: ['report.read'] } },
  { path: '/parcels', component: () => import('./parcels/Parcels.vue'), meta: { nav: 'desk.parcels', group: 'watch', may: ['matter.handover', 'matter.receive'] } },
  { path: '/duty', component: () => import('./duty/Duty.vue'), meta: { nav: 'desk.duty', group: 'people', may: ['town.read'] } },
  { path: '/places', component: () => import('./places/Places.vue'), meta: { nav: 'desk.places', group: 'town', may: ['place.review'] } },
  { path: '/me', component: () => import('./account/Me.vue'), meta: { nav: 'desk.me', group: 'people' } },
  { path: '/invite', component: () => import('./account/Invite.vue'), meta: { open: true } },
  { path: '/:rest(.*)*', redirect: '/' },
]

// The link of an invitation is /invite#TOKEN, for staff of every face; this bundle shows it.
const base = location.pathname === prefix + '/invite' ? prefix : prefix + '/desk'
export const router = createRouter({ history: createWebHistory(base), routes })

// Any telephone system may open /desk?caller=NUMBER: the page to write a call down, with the number in it.
router.beforeEach(to => (to.path === '/' && typeof to.query.caller === 'string' ? { path: '/intake', query: to.query } : true))
