import packs from 'virtual:packs/residents'
import { createApp } from 'vue'
import { beginComfort } from '@/shared/comfort'
import { beginWords } from '@/shared/words'
import App from './App.vue'
import { beginSending } from './drafts'
import { router } from './routes'
import '@/shared/base.css'
import './residents.css'

beginComfort()
void beginWords(packs).then(() => {
  createApp(App).use(router).mount('#app')
  beginSending()
})
