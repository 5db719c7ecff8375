/* Who is signed in: for workers and the desk. The cookie is HttpOnly and out of reach of any script; what is kept here is the name and the CSRF token. */
import { reactive } from 'vue'
import { api, hear, Refused, standing } from '@/api/client'

export interface Post {
  post: { code: string; title?: string; name?: { zh: string; en: string } }
  place: string
  org: string
  may: string[]
}
export const session = reactive({ known: false, login: '', name: '', posts: [] as Post[], rights: new Set<string>() })

export const may = (right: string) => session.rights.has(right)

function forget() {
  session.login = session.name = ''
  session.posts = []
  session.rights = new Set()
  delete standing.headers['X-CSRF-Token']
}

/** Asks the server who this is. Returns false when nobody is signed in. Throws when the server cannot be reached. */
export async function meet(): Promise<boolean> {
  hear.signedOut = forget
  try {
    const me = (await api.get('/api/session')) as unknown as { login: string; name: string; csrf: string; posts: Post[] }
    standing.headers['X-CSRF-Token'] = me.csrf
    session.login = me.login
    session.name = me.name
    session.posts = me.posts
    session.rights = new Set(me.posts.flatMap(p => p.may))
  } catch (e) {
    if (!(e instanceof Refused) || e.problem.status !== 401) throw e
    forget()
  }
  session.known = true
  return session.login !== ''
}

export async function signIn(login: string, password: string, code: string) {
  const given = (await api.post('/api/session', { body: { login, password, ...(code ? { code } : {}) } })) as unknown as { csrf: string }
  standing.headers['X-CSRF-Token'] = given.csrf
  await meet()
}

export async function signOut() {
  await api.del('/api/session')
  forget()
}
