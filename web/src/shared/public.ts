/* A matter as everybody may see it: what a clerk wrote, in the reader's language where there are two. */
import type { Answer } from '@/api/client'
import { language, t, inLanguage } from './words'

export type PublicMatter = Answer<'/api/public/matters/{id}', 'get'>

/** The summary in the reader's language, and the other one where both were written. */
export function summaryOf(m: PublicMatter) {
  const zh = { text: m.text, lang: 'zh-CN' }
  const en = { text: m.text_en, lang: 'en' }
  const [first, second] = language.lang.startsWith('zh') ? [zh, en] : [en, zh]
  return first.text ? { ...first, other: second.text ? second : null } : { ...second, other: null }
}

/** "Street lamp lamp-001, Happiness Road, Riverside community", as far as it is known. */
export function whereOf(m: PublicMatter) {
  const place = inLanguage(m.place?.name)
  const community = inLanguage(m.community?.name)
  const parts = [inLanguage(m.thing?.name), m.street, place, ...(m.community && m.community.code !== m.place?.code ? [community] : [])]
  return parts.filter(Boolean).filter((p, i, all) => !all.some((q, k) => k < i && q.includes(p))).join(t('public.comma'))
}
