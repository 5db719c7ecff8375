/* The town whose page this is: asked once. */
import { reactive } from 'vue'
import { api, type Answer } from '@/api/client'

type Town = Answer<'/api/town', 'get'>
export const town = reactive({ name: null as Town['name'] | null, contact: null as Town['contact'] | null, map_approval: '' })

void api.get('/api/town').then(
  a => Object.assign(town, { name: a.name, contact: a.contact, map_approval: a.map_approval }),
  () => undefined, // without a network the page still works on what it keeps; its head then says Linli
)
