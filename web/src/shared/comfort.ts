/* How the reader likes to read: large print, high contrast. Kept on this device alone. */
import { reactive, watchEffect } from 'vue'
import { kept } from './words'

export const comfort = reactive({ large: kept('linli.large') === '1', contrast: kept('linli.contrast') === '1' })

export function beginComfort() {
  watchEffect(() => {
    document.documentElement.toggleAttribute('data-large', comfort.large)
    document.documentElement.toggleAttribute('data-contrast', comfort.contrast)
    try {
      localStorage.setItem('linli.large', comfort.large ? '1' : '0')
      localStorage.setItem('linli.contrast', comfort.contrast ? '1' : '0')
    } catch {
      /* kept until the page is closed */
    }
  })
}
