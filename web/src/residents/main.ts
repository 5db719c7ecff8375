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
// The page is fetched while its words are.
const app = createApp(App).use(router)
void beginWords(packs).then(() => {
  app.mount('#app')
  beginSending()
})
