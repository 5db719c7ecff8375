/* The service worker of the work face: the pages and their files, so that they open without a network. Answers of the API never pass through it; the face keeps
 * those in its own database, where signing out wipes them. */
/// <reference lib="webworker" />
import { cleanupOutdatedCaches, getCacheKeyForURL, matchPrecache, precache } from 'workbox-precaching'

declare const self: ServiceWorkerGlobalScope
declare const __FILES__: { url: string; revision: string | null }[]

/* "/" or "/t/TOWN/"; the page itself is kept under the address that every page of this face shares. */
const base = new URL(self.registration.scope).pathname.replace(/work\/?$/, '')
const page = base + 'work'

precache(__FILES__.map(f => ({ ...f, url: base + f.url })))
cleanupOutdatedCaches()

self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', e => e.waitUntil(self.clients.claim()))

const kept = (url: string, or: () => Promise<Response> | Response) => matchPrecache(url).then(k => k ?? or())

self.addEventListener('fetch', e => {
  const { request } = e
  if (request.method !== 'GET') return
  // A page is the newest one when the server is in reach, else the one that was kept. Files have their content in their name.
  if (request.mode === 'navigate')
    e.respondWith(fetch(request).then(r => (r.ok ? r : kept(page, () => r)), () => kept(page, () => Response.error())))
  else if (getCacheKeyForURL(request.url)) e.respondWith(kept(request.url, () => fetch(request)))
})
