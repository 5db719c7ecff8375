/* Words on the screen. Packs stand in web/lang; each language of a face is a chunk of its own. `{name}` in a text is filled from the arguments. */
import { reactive, readonly } from 'vue'
import { standing } from '@/api/client'

export interface Pack {
  lang: string
  name: string
  dir: 'ltr' | 'rtl'
  words: Record<string, string>
}
type Packs = Record<string, () => Promise<{ default: Pack }>>

const state = reactive({ lang: 'zh', dir: 'ltr' as 'ltr' | 'rtl', words: {} as Record<string, string> })
let packs: Packs = {}

export const language = readonly(state)
/** Languages to offer; the pseudo language is for tests and stands in no menu. */
export const offered = () => Object.keys(packs).filter(l => l !== 'ar-XB')
const names: Record<string, string> = { zh: '中文', en: 'English' }
export const languageName = (l: string) => names[l] ?? new Intl.DisplayNames([l], { type: 'language' }).of(l) ?? l

/** A key without words is shown as it is, so that a lack is seen and not hidden. */
export function t(key: string, args: Record<string, string | number> = {}): string {
  const text = state.words[key] ?? key
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole))
}
export const has = (key: string) => key in state.words

/** The server names things in Chinese and English; where a reader has neither, Chinese stands, marked with its language. */
export interface Names {
  zh?: string | null | undefined
  en?: string | null | undefined
}
export const inLanguage = (n: Names | null | undefined) => (n ? (state.lang.startsWith('zh') ? n.zh || n.en : n.en || n.zh) || '' : '')

function keep(key: string, value: string) {
  try {
    localStorage.setItem(key, value)
  } catch {
    /* a browser that keeps nothing: the choice lasts until the page is closed */
  }
}
export function kept(key: string): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

function wanted(): string {
  const asked = new URLSearchParams(location.search).get('lang') || kept('linli.lang')
  if (asked in packs) return asked
  for (const l of navigator.languages ?? []) {
    const found = Object.keys(packs).find(p => p !== 'ar-XB' && l.toLowerCase().startsWith(p.toLowerCase()))
    if (found) return found
  }
  return 'zh'
}

export async function speak(lang: string, remember = true) {
  const make = packs[lang] ?? packs['zh']
  if (!make) return
  const p = (await make()).default
  state.words = p.words
  state.lang = p.lang
  state.dir = p.dir
  standing.lang = p.lang.startsWith('zh') ? 'zh' : 'en'
  document.documentElement.lang = p.lang === 'zh' ? 'zh-CN' : p.lang
  document.documentElement.dir = p.dir
  if (remember) keep('linli.lang', p.lang)
}

export async function beginWords(all: Packs) {
  packs = all
  await speak(wanted(), new URLSearchParams(location.search).has('lang'))
}
