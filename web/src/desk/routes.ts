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
  { path: '/m/:id(\\d+)', component: () => import('./matter/Matter.vue') },
  { path: '/boards', component: () => import('./boards/Boards.vue'), meta: { nav: 'boards.title', group: 'watch', may: ['matter.read'] } },
  { path: '/supervise', component: () => import('./boards/Supervise.vue'), meta: { nav: 'supervise.title', group: 'watch', may: ['matter.approve', 'matter.dispatch'] } },
  { path: '/print/:id(\\d+)', component: () => import('./boards/Print.vue') },
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
      { path: 'duties', component: () => import('./town/Duties.vue') },
      { path: 'posts', component: () => import('./town/Posts.vue') },
      { path: 'procedures', component: () => import('./town/Procedures.vue') },
      { path: 'calendar', component: () => import('./town/CalendarPage.vue') },
    ],
  },
  { path: '/admin', component: () => import('./town/Admin.vue'), meta: { nav: 'admin.title', group: 'town', may: ['people.manage', 'audit.read'] } },
  { path: '/admin/:tab', component: () => import('./town/Admin.vue') },
  { path: '/m/:matter/release', component: () => import('./matter/Release.vue'), props: true },
  { path: '/:rest(.*)*', redirect: '/' },
]

export const router = createRouter({ history: createWebHistory(prefix + '/desk'), routes })

// Any telephone system may open /desk?caller=NUMBER: the page to write a call down, with the number in it.
router.beforeEach(to => (to.path === '/' && typeof to.query.caller === 'string' ? { path: '/intake', query: to.query } : true))
