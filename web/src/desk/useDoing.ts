/* Something that is done by pressing a button: once at a time, its refusal said with the field it names, and afterwards what it changed is read anew. */
import { ref } from 'vue'
import { fieldOf, sayProblem } from '@/shared/problem'

export function useDoing(after: () => unknown = () => undefined) {
  const busy = ref(false), refused = ref(''), field = ref('')
  async function doing(what: () => Promise<unknown>) {
    busy.value = true
    refused.value = field.value = ''
    try {
      await what()
      await after()
    } catch (e) {
      refused.value = sayProblem(e)
      field.value = fieldOf(e)
    } finally {
      busy.value = false
    }
  }
  return { busy, refused, field, doing }
}
