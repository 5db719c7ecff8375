/* What has just happened, in a sentence: shown for a while, and read out. */
import { reactive } from 'vue'
import { showToast } from 'vant'

export const said = reactive({ quietly: '' })
export function say(text: string) {
  said.quietly = ''
  setTimeout(() => (said.quietly = text), 50)
  showToast({ message: text, position: 'bottom', duration: 3500, wordBreak: 'break-word' })
}
