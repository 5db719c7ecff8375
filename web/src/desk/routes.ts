/* The pages of the desk, below /desk. `nav` puts a page into the menu for those who hold one of `may` (none: everybody signed in). */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { prefix } from '@/api/client'

declare module 'vue-router' {
  interface RouteMeta {
    nav?: string /* a key of the words */
    may?: string[]
    group?: 'work' | 'watch' | 'people' | 'town' | 'more'
  }
}

export const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./Start.vue'), meta: { nav: 'desk.start' } },
  { path: '/boards', component: () => import('./boards/Boards.vue'), meta: { nav: 'boards.title', group: 'watch', may: ['matter.read'] } },
  { path: '/supervise', component: () => import('./boards/Supervise.vue'), meta: { nav: 'supervise.title', group: 'watch', may: ['matter.approve', 'matter.dispatch'] } },
  { path: '/figures', component: () => import('./figures/Figures.vue'), meta: { nav: 'figures.title', group: 'watch', may: ['report.read'] } },
  { path: '/:rest(.*)*', redirect: '/' },
]
export const router = createRouter({ history: createWebHistory(prefix + '/desk'), routes })
