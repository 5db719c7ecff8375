/* What tools/packs-plugin.mjs makes: for each face the languages there are, each loaded when it is first needed. */
declare module 'virtual:packs/*' {
  import type { Pack } from '@/shared/words'
  const packs: Record<string, () => Promise<{ default: Pack }>>
  export default packs
}
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}
declare module '*/packs-lib.mjs' { export function pack(lang: string, face: string): { lang: string; name: string; dir: 'ltr' | 'rtl'; words: Record<string, string> } }
