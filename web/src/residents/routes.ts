/* The residents' pages. Each but the first is loaded when it is opened. An address here needs its row in src/api/pages.c. `title`: a key of
 * the words, what the window is called. */
import { createRouter, createWebHistory } from 'vue-router'
import { prefix } from '@/api/client'
import Home from './Home.vue'

export const router = createRouter({
  history: createWebHistory(prefix + '/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', component: Home },
    { path: '/report', component: () => import('./Report.vue'), meta: { title: 'home.report' } },
    { path: '/track', component: () => import('./Track.vue'), meta: { title: 'track.title' } },
    { path: '/help', component: () => import('./Help.vue'), meta: { title: 'home.person' } },
    { path: '/around', component: () => import('./around/Around.vue'), meta: { title: 'around.title' } },
    { path: '/around/:matter', component: () => import('./around/One.vue'), meta: { title: 'around.title' } },
    { path: '/who', component: () => import('./who/Who.vue'), meta: { title: 'who.title' } },
    { path: '/figures', component: () => import('./figures/Figures.vue'), meta: { title: 'figures.title' } },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
