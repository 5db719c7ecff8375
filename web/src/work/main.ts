import packs from 'virtual:packs/work'
import { createApp } from 'vue'
import { beginComfort } from '@/shared/comfort'
import { beginWords } from '@/shared/words'
import App from './App.vue'
import { router } from './routes'
import 'vant/lib/index.css'
import '@/shared/base.css'
import './work.css'

beginComfort()
void beginWords(packs).then(() => createApp(App).use(router).mount('#app'))
