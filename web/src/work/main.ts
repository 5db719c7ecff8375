import packs from 'virtual:packs/work'
import { createApp } from 'vue'
import { prefix, standing } from '@/api/client'
import { beginComfort } from '@/shared/comfort'
import { beginWords } from '@/shared/words'
import App from './App.vue'
import { router } from './routes'
import 'vant/lib/index.css'
import '@/shared/base.css'
import './work.css'

// A phone is handed on: nothing of an answer stays in the browser's own cache.
standing.cache = 'no-store'

const manifest = document.createElement('link')
manifest.rel = 'manifest'
manifest.href = `${prefix}/work/manifest.webmanifest`
document.head.append(manifest)

beginComfort()
void beginWords(packs).then(() => createApp(App).use(router).mount('#app'))
