/* Signing in elsewhere (OpenID Connect): what the button says, and how somebody came back. The server's word is of a closed list; what it means is said here. */
import { reactive } from 'vue'
import { api, prefix } from '@/api/client'
import type { Names } from './words'

const reasons = ['late', 'declined', 'refused', 'unreachable', 'unlinked', 'busy', 'code', 'linked', 'taken', 'off']

export const elsewhere = reactive({ name: null as Names | null, back: '' })

// Said once: the address is cleaned, so that a page read again does not say it again.
const here = new URL(location.href)
const said = here.searchParams.get('sign-in') ?? ''
if (reasons.includes(said)) {
  elsewhere.back = said
  here.searchParams.delete('sign-in')
  history.replaceState(history.state, '', here)
}

export async function askElsewhere() {
  elsewhere.name = (await api.get('/api/town')).sign_in ?? null
}
/** The page that is open, as the way back; without the town's prefix, which the server adds. */
export const thenHere = () => location.pathname.slice(prefix.length)
export const wayOut = () => `${prefix}/sign-in/oidc?then=${encodeURIComponent(thenHere())}`
