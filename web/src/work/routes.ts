/* The pages of grid workers and handlers, below /work. All of them are in one piece: each must open without a network. */
import { createRouter, createWebHistory } from 'vue-router'
import { prefix } from '@/api/client'
import Today from './Today.vue'

export const router = createRouter({
  history: createWebHistory(prefix + '/work'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', meta: { title: 'today.title' }, component: Today },
    { path: '/matter/:id', meta: { title: 'matter.title' }, component: () => import('./MatterPage.vue') },
    { path: '/matter/:id/do/:action/:task?', meta: { title: 'act.no-step' }, component: () => import('./Act.vue') },
    { path: '/report', meta: { title: 'report.title' }, component: () => import('./Report.vue') },
    { path: '/waiting', meta: { title: 'waiting.title' }, component: () => import('./Waiting.vue') },
    { path: '/waiting/:id', meta: { title: 'waiting.title' }, component: () => import('./Choose.vue') },
    { path: '/notices', meta: { title: 'notices.title' }, component: () => import('./Notices.vue') },
    { path: '/secure', meta: { title: 'secure.title' }, component: () => import('./Secure.vue') },
    { path: '/phone', meta: { title: 'phone.title' }, component: () => import('./Phone.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
