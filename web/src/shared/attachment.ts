/* Photos and voice messages that were chosen and are not sent yet. They lie as bytes until they travel, so that they can wait on the device. */
import { newKey, prefix, Refused, standing, unreached, type Answer, type Problem } from '@/api/client'

export interface Attachment {
  /** the Idempotency-Key of its upload as well: sent twice it is one file */
  id: string
  kind: 'photo' | 'voice'
  blob: Blob
  /** milliseconds, of a recording */
  ms?: number
  /** what the server gave for it, and when: it forgets what nobody names within a day */
  token?: string
  at?: number
}

export const attachment = (kind: Attachment['kind'], blob: Blob, ms?: number): Attachment => ({ id: newKey(), kind, blob, ...(ms ? { ms } : {}) })

const FRESH = 20 * 3600 * 1000

/** An upload that says how far it is (fetch does not). */
export function upload(file: Blob, key: string, progress: (share: number) => void): Promise<Answer<'/api/files', 'post'>> {
  return new Promise((done, fail) => {
    const x = new XMLHttpRequest()
    x.open('POST', prefix + '/api/files')
    // "audio/webm;codecs=opus" is what a recorder says; the server asks for the bare type.
    const headers: Record<string, string> = { 'Content-Type': file.type.split(';')[0] || 'application/octet-stream', 'Idempotency-Key': key, 'Accept-Language': standing.lang, ...standing.headers }
    for (const [name, value] of Object.entries(headers)) x.setRequestHeader(name, value)
    x.upload.onprogress = e => e.lengthComputable && progress(e.loaded / e.total)
    x.onerror = x.ontimeout = x.onabort = () => fail(new Refused(unreached))
    x.onload = () => {
      let said: unknown
      try {
        said = JSON.parse(x.responseText)
      } catch {
        said = { type: 'about:blank', title: '', status: x.status, detail: `${x.status}`, retry: x.status >= 500 }
      }
      if (x.status >= 200 && x.status < 300) done(said as Answer<'/api/files', 'post'>)
      else fail(new Refused(said as Problem, Number(x.getResponseHeader('Retry-After') ?? 0)))
    }
    x.send(file)
  })
}

/** Sends what has no token yet, one after the other; each token is kept as soon as it is there, so that a lost connection costs one photo. */
export async function sendAttachments(list: Attachment[], progress: (share: number) => void, keep: () => Promise<unknown> = async () => undefined): Promise<string[]> {
  let sent = 0
  for (const a of list) {
    if (a.token && a.at && Date.now() - a.at > FRESH) {
      delete a.token
      a.id = newKey()
    }
    if (!a.token) {
      const { token } = await upload(a.blob, a.id, share => progress((sent + share) / list.length))
      a.token = token
      a.at = Date.now()
      await keep()
    }
    progress(++sent / list.length)
  }
  return list.map(a => a.token!)
}
