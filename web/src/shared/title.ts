/* What the window is called: the page, then whose it is (WCAG 2.4.2). A route says its page's name by `title`, a key of the words. */
import { watchEffect } from 'vue'
import { useRoute } from 'vue-router'
import { t } from './words'

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
  }
}

export function useTitle(whose: () => string) {
  const route = useRoute()
  watchEffect(() => {
    const page = route.meta.title ?? route.meta.nav
    document.title = [page && t(page), whose()].filter(Boolean).join(' · ')
  })
}
