/* Does the reader want a base map? Kept on this device alone; who saves data is not sent one unasked. */
import { ref, watch } from 'vue'
import { kept } from '@/shared/words'

const KEY = 'linli.base-map'
const saves = !!(navigator as { connection?: { saveData?: boolean } }).connection?.saveData
export const wished = ref(kept(KEY) ? kept(KEY) === '1' : !saves)
watch(wished, on => {
  try {
    localStorage.setItem(KEY, on ? '1' : '0')
  } catch {
    /* kept until the page is closed */
  }
})
