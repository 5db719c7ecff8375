/* A step that needs no words: one tap. */
import { inLanguage, t } from '@/shared/words'
import type { Action, KeptMatter } from './shelf'
import { write, type Outcome } from './queue'
import { refresh } from './matters'
import { orKept } from './net'
import { router } from './routes'
import { say } from './say'

/** Says how it went, in the words that are true: sent, or stored on this phone. */
export function sayOutcome(out: Outcome, name: string) {
  if (out.how === 'sent') say(t('act.sent', { what: name }))
  else if (out.how === 'stored') say(t('act.stored', { what: name }))
  else void router.push(`/waiting/${out.item.id}`)
}

export async function quick(kept: KeptMatter, a: Action, task?: number) {
  const out = await write({
    matter: kept.id, action: a.action, subject: kept.matter.subject?.name ?? null, name: a.name, rev: kept.rev, body: task ? { task } : {}, form: a.form, files: [],
  })
  sayOutcome(out, inLanguage(a.name))
  if (out.how === 'sent') await refresh().catch(orKept)
}
