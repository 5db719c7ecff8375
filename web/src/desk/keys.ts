/* Keyboard shortcuts of the desk. A page says which it has while it is shown; `?` lists them. Single letters are silent while somebody types, and can be
 * switched off altogether (WCAG 2.1.4); those with Ctrl or Alt always work. */
import { onBeforeUnmount, onMounted, reactive, ref } from 'vue'
import { kept } from '@/shared/words'

export interface Key {
  /** "j", "?", "ctrl+k", "alt+r", "ctrl+enter", "escape", "g i" (one after the other) */
  keys: string
  /** what it does, in the reader's language; asked when the list is shown */
  what: () => string
  run: () => void
}

export const shown = reactive<{ groups: { title: () => string; keys: Key[] }[] }>({ groups: [] })
export const singles = ref(kept('linli.desk.keys') !== '0')

export function switchSingles(on: boolean) {
  singles.value = on
  try {
    localStorage.setItem('linli.desk.keys', on ? '1' : '0')
  } catch {
    /* until the page is closed */
  }
}

function typing(at: EventTarget | null) {
  const e = at as HTMLElement | null
  return !!e && (e.isContentEditable || /^(textarea|select)$/i.test(e.tagName) || (e.tagName === 'INPUT' && !/^(checkbox|radio|button|submit)$/.test((e as HTMLInputElement).type)))
}

function nameOf(e: KeyboardEvent) {
  // Alt with a letter types a sign on some keyboards: the place of the key says which letter it is.
  const letter = e.altKey && /^Key[A-Z]$/.test(e.code) ? e.code.slice(3) : e.altKey && /^Digit\d$/.test(e.code) ? e.code.slice(5) : e.key
  return (e.ctrlKey || e.metaKey ? 'ctrl+' : '') + (e.altKey ? 'alt+' : '') + letter.toLowerCase()
}

let before = ''
let beforeAt = 0

function heard(e: KeyboardEvent) {
  if (e.defaultPrevented || e.isComposing) return
  const name = nameOf(e)
  const single = !/^(ctrl|alt)\+/.test(name) && name !== 'escape'
  if (single && (!singles.value || typing(e.target))) return
  const two = e.timeStamp - beforeAt < 1500 ? `${before} ${name}` : ''
  before = name
  beforeAt = e.timeStamp
  // The page that came last is asked first; a dialog that is open keeps single letters to itself.
  if (single && [...document.querySelectorAll('[role="dialog"]')].some(d => d.getClientRects().length && getComputedStyle(d).visibility !== 'hidden')) return
  for (let i = shown.groups.length - 1; i >= 0; i--) {
    const k = shown.groups[i]!.keys.find(x => x.keys === two || x.keys === name)
    if (!k) continue
    e.preventDefault()
    before = ''
    k.run()
    return
  }
}

/** While the component is on the page. */
export function useKeys(title: () => string, keys: Key[]) {
  const group = { title, keys }
  onMounted(() => {
    if (!shown.groups.length) addEventListener('keydown', heard)
    shown.groups.push(group)
  })
  onBeforeUnmount(() => {
    shown.groups = shown.groups.filter(g => g.title !== title)
    if (!shown.groups.length) removeEventListener('keydown', heard)
  })
}
