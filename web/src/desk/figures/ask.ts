/* What the figures pages share: a period, shares as words, a table to take away. */
import { reactive } from 'vue'
import { prefix, raw } from '@/api/client'
import { dayOf } from '@/shared/when'

const back = (days: number) => dayOf(new Date(Date.now() - days * 86400000))
export const period = reactive({ from: back(30), to: dayOf(new Date()) })
export const spans = { week: 7, month: 30, quarter: 91, year: 365 }
export function span(days: number) {
  period.from = back(days)
  period.to = dayOf(new Date())
}

export const percent = (share: number | null | undefined) => (share === null || share === undefined ? '—' : `${(share * 100).toFixed(1)} %`)

export type Table = 'rates' | 'flow' | 'returns' | 'sources' | 'cooperation' | 'trend' | 'heat' | 'forms'
export type Format = 'csv' | 'csv-gb18030' | 'xlsx'
/** Fetched and not followed as a link, so that the table comes in the reader's language and a refusal is a sentence. */
export async function take(table: Table, format: Format, by = '') {
  const q = new URLSearchParams({ table, format, from: period.from, to: period.to, ...(by ? { by } : {}) })
  const r = await raw('GET', `${prefix}/api/figures/export?${q}`)
  const url = URL.createObjectURL(await r.blob())
  const a = document.createElement('a')
  a.href = url
  a.download = `${table}-${period.from}-${period.to}.${format === 'xlsx' ? 'xlsx' : 'csv'}`
  a.click()
  setTimeout(() => URL.revokeObjectURL(url), 10000)
}

/** What a number asks for when it is pressed. */
export interface Behind {
  table: 'rates' | 'flow' | 'returns' | 'sources' | 'cooperation'
  figure: string
  by?: string
  key?: string
  title: string
}
