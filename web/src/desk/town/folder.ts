/* The folder's texts: read and written as they are, beside the typed calls of the API. */
import { api, prefix, raw, type Answer } from '@/api/client'

export type Finding = Answer<'/api/folder/findings', 'get'>['findings'][number]
export type Findings = Answer<'/api/folder/findings', 'get'>
export type Draft = Answer<'/api/drafts/{id}', 'get'>
export type DraftItem = Answer<'/api/drafts', 'get'>['items'][number]
export type Diff = Answer<'/api/drafts/{id}/diff', 'get'>

const text = async (url: string) => await (await raw('GET', prefix + url)).text()
const q = encodeURIComponent
export const fileInForce = (name: string, version?: number) => text(`/api/folder/file?name=${q(name)}${version ? `&version=${version}` : ''}`)
export const fileOfDraft = (id: string, name: string) => text(`/api/drafts/${id}/file?name=${q(name)}`)
/** An absent file reads as no text at all. */
export const orNothing = (p: Promise<string>) => p.catch((e: unknown) => { if ((e as { problem?: { status: number } }).problem?.status === 404) return ''; throw e })
export async function writeFile(id: string, rev: number, name: string, base: number, body: string, gone = false): Promise<Draft> {
  const r = await raw('PUT', `${prefix}/api/drafts/${id}/file?name=${q(name)}&base=${base}${gone ? '&gone=true' : ''}`, {
    ...(gone ? {} : { body }), headers: { 'If-Match': `"r${rev}"`, ...(gone ? {} : { 'Content-Type': 'text/plain; charset=utf-8' }) },
  })
  return (await r.json()) as Draft
}
/** A list in pages, whole. */
export async function all<T>(page: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>, max = 5000): Promise<T[]> {
  const out: T[] = []
  let cursor: string | undefined
  do {
    const p = await page(cursor)
    out.push(...p.items)
    cursor = p.next ?? undefined
  } while (cursor && out.length < max)
  return out
}
export const drafts = (state: 'open' | 'ended') => api.get('/api/drafts', { query: { state } })
