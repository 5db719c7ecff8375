/* Whether the server is in reach, as far as the last request told. */
import { reactive } from 'vue'
import { Refused } from '@/api/client'

export const net = reactive({ reached: navigator.onLine })

/** Runs a request and remembers whether the server was reached. */
export async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    const got = await work()
    net.reached = true
    return got
  } catch (e) {
    if (e instanceof Refused) net.reached = !e.offline
    throw e
  }
}
/** No answer, or an answer that may be another one in a while: what was to be sent goes on waiting. */
export const later = (e: unknown) => e instanceof Refused && (e.offline || [401, 425, 429].includes(e.problem.status) || e.problem.status >= 500)

export function watchNet(back: () => void) {
  addEventListener('online', back)
  addEventListener('offline', () => (net.reached = false))
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && back())
}

/** What the server refuses or cannot answer leaves what is kept as it is; any other error is a mistake of ours and is not swallowed. */
export function orKept(e: unknown): undefined {
  if (!(e instanceof Refused)) throw e
  return undefined
}
