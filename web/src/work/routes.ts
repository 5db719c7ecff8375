/* The pages of grid workers and handlers, below /work. All of them are in one piece: each must open without a network. */
import { createRouter, createWebHistory } from 'vue-router'
import { prefix } from '@/api/client'
import Today from './Today.vue'

export const router = createRouter({
  history: createWebHistory(prefix + '/work'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', component: Today },
    { path: '/matter/:id', component: () => import('./MatterPage.vue') },
    { path: '/matter/:id/do/:action/:task?', component: () => import('./Act.vue') },
    { path: '/report', component: () => import('./Report.vue') },
    { path: '/waiting', component: () => import('./Waiting.vue') },
    { path: '/waiting/:id', component: () => import('./Choose.vue') },
    { path: '/notices', component: () => import('./Notices.vue') },
    { path: '/secure', component: () => import('./Secure.vue') },
    { path: '/phone', component: () => import('./Phone.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
