import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
// @ts-expect-error plain JavaScript
import { packs } from './tools/packs-plugin.mjs'
// @ts-expect-error plain JavaScript
import { vantFont } from './tools/vant-font-plugin.mjs'
// @ts-expect-error plain JavaScript
import { workShell } from './tools/work-plugin.mjs'

/* The browser floor (docs/browsers.md): Chromium 87 and Android WebView 87, of late 2020, which government desktops and cheap phones still have;
 * Safari 14. The build targets it, and e2e/floor.spec.ts checks what was built. */
const floor = ['chrome87', 'edge88', 'safari14', 'firefox78']

export default defineConfig({
  plugins: [vue(), packs(), vantFont(), workShell()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  build: {
    target: floor,
    cssTarget: floor,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: {
        index: new URL('./index.html', import.meta.url).pathname,
        work: new URL('./work.html', import.meta.url).pathname,
        desk: new URL('./desk.html', import.meta.url).pathname,
      },
    },
  },
  server: { proxy: { '/api': process.env.LINLI_URL ?? 'http://127.0.0.1:8080' } },
})
