/* The pages of the desk, below /desk. `nav` puts a page into the menu for those who hold one of `may` (none: everybody signed in). */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { prefix } from '@/api/client'

declare module 'vue-router' {
  interface RouteMeta {
    nav?: string /* a key of the words */
    may?: string[]
  }
}

export const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./Start.vue'), meta: { nav: 'desk.start' } },
  { path: '/:rest(.*)*', redirect: '/' },
]
export const router = createRouter({ history: createWebHistory(prefix + '/desk'), routes })
