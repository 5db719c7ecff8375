/* The pages of grid workers and handlers, below /work. */
import { createRouter, createWebHistory } from 'vue-router'
import { prefix } from '@/api/client'
import Today from './Today.vue'

export const router = createRouter({
  history: createWebHistory(prefix + '/work'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', component: Today },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
