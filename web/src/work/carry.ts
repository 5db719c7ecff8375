/* The queue as a file: for a phone that finds no network any more. What it holds is sent by another device of the same login, with the same keys: nothing twice. */
import { session } from '@/shared/session'
import { bringIn, queue } from './queue'
import type { Waiting } from './shelf'

const FORMAT = 'linli-work-queue/1'
interface Carried {
  format: string
  login: string
  at: string
  items: (Omit<Waiting, 'files'> & { files: { key: string; type: string; base64: string }[] })[]
}

async function base64(blob: Blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(text)
}
const blobOf = (f: { type: string; base64: string }) => new Blob([Uint8Array.from(atob(f.base64), c => c.charCodeAt(0))], { type: f.type })

export async function packed(): Promise<Blob> {
  const items = []
  for (const i of queue.items) items.push({ ...i, files: await Promise.all(i.files.map(async f => ({ key: f.key, type: f.blob.type, base64: await base64(f.blob) }))) })
  const all: Carried = { format: FORMAT, login: session.login, at: new Date().toISOString(), items }
  return new Blob([JSON.stringify(all, null, 1)], { type: 'application/json' })
}

export function saveAs(blob: Blob, name: string) {
  const a = document.createElement('a')
  a.href = URL.createObjectURL(blob)
  a.download = name
  a.click()
  setTimeout(() => URL.revokeObjectURL(a.href), 60000)
}

/** How many were brought in; 'bad' or the login whose file it is. */
export async function unpacked(file: Blob): Promise<{ n: number } | { bad: true } | { other: string }> {
  try {
    const all = JSON.parse(await file.text()) as Carried
    if (all.format !== FORMAT || !Array.isArray(all.items)) return { bad: true }
    if (all.login !== session.login) return { other: all.login }
    const items = all.items.map((i): Waiting => ({ ...i, files: i.files.map(f => ({ key: f.key, blob: blobOf(f) })) }))
    if (items.some(i => !i.id || !i.key || !i.action || typeof i.body !== 'object')) return { bad: true }
    return { n: await bringIn(items) }
  } catch {
    return { bad: true }
  }
}
