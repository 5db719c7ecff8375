/* What changed on the server, live: one stream for the whole page, ids only. Whoever listens asks the API anew; so a missed event costs nothing but time. */
import { reactive } from 'vue'
import { prefix } from '@/api/client'

type Ear = (matter: string) => void

const ears = new Set<Ear>()
let stream: EventSource | null = null

export const live = reactive({ on: false })

function tell(id: string) {
  for (const ear of [...ears]) ear(id)
}

function begin() {
  stream = new EventSource(prefix + '/api/live')
  stream.onopen = () => {
    // A stream that was lost and found again: everybody looks once.
    if (!live.on) tell('')
    live.on = true
  }
  stream.onerror = () => {
    live.on = false
  }
  stream.addEventListener('matter.changed', e => {
    try {
      tell((JSON.parse((e as MessageEvent<string>).data) as { id?: string }).id ?? '')
    } catch {
      tell('')
    }
  })
  stream.addEventListener('resync', () => tell(''))
}

/** Calls @ear with the id of each matter that changed, '' when anything may have. Returns how to stop. */
export function listen(ear: Ear): () => void {
  ears.add(ear)
  if (!stream) begin()
  return () => {
    ears.delete(ear)
    if (ears.size) return
    stream?.close()
    stream = null
    live.on = false
  }
}
