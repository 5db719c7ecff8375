import packs from 'virtual:packs/desk'
import { createApp } from 'vue'
import { beginComfort } from '@/shared/comfort'
import { beginWords } from '@/shared/words'
import App from './App.vue'
import { router } from './routes'
import 'element-plus/dist/index.css'
import '@/shared/base.css'
import './desk.css'

beginComfort()
void beginWords(packs).then(() => createApp(App).use(router).mount('#app'))
