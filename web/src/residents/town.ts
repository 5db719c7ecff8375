/* The town whose page this is: asked once. */
import { reactive } from 'vue'
import { api } from '@/api/client'
import type { Names } from '@/shared/words'

export const town = reactive({ name: null as Names | null })

void api.get('/api/town').then(
  a => {
    town.name = (a as unknown as { name: Names }).name
  },
  () => undefined, // without a network the page still works on what it keeps; its head then says Linli
)
