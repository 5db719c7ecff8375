/* What this phone can do here: open without a network, be installed, take a position. Some of it browsers allow over https alone. */
import { reactive } from 'vue'
import { prefix } from '@/api/client'

interface InstallEvent extends Event {
  prompt(): Promise<unknown>
}
export const can = reactive({
  secure: globalThis.isSecureContext,
  offline: 'serviceWorker' in navigator && globalThis.isSecureContext,
  position: 'geolocation' in navigator && globalThis.isSecureContext,
  install: null as InstallEvent | null,
  installed: matchMedia('(display-mode: standalone)').matches,
})

addEventListener('beforeinstallprompt', e => {
  e.preventDefault()
  can.install = e as InstallEvent
})
addEventListener('appinstalled', () => {
  can.install = null
  can.installed = true
})

export async function registerWorker() {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  try {
    await navigator.serviceWorker.register(`${prefix}/work/sw.js`, { scope: `${prefix}/work`, updateViaCache: 'none' })
  } catch {
    can.offline = false
  }
}
export async function unregisterWorker() {
  if (!('serviceWorker' in navigator)) return
  const there = await navigator.serviceWorker.getRegistration(`${prefix}/work`)
  await there?.unregister()
}
