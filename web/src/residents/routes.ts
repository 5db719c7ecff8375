/* The residents' pages. Each but the first is loaded when it is opened. An address here needs its row in src/api/pages.c. */
import { createRouter, createWebHistory } from 'vue-router'
import { prefix } from '@/api/client'
import Home from './Home.vue'

export const router = createRouter({
  history: createWebHistory(prefix + '/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', component: Home },
    { path: '/report', component: () => import('./Report.vue') },
    { path: '/track', component: () => import('./Track.vue') },
    { path: '/help', component: () => import('./Help.vue') },
    { path: '/around', component: () => import('./around/Around.vue') },
    { path: '/around/:matter', component: () => import('./around/One.vue') },
    { path: '/who', component: () => import('./who/Who.vue') },
    { path: '/figures', component: () => import('./figures/Figures.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
