/* A refusal as a sentence that says what to do next. */
import { Refused } from '@/api/client'
import { t } from './words'

export function sayProblem(e: unknown): string {
  if (!(e instanceof Refused)) return t('problem.unexpected', { what: e instanceof Error ? e.message : String(e) })
  if (e.offline) return t('problem.unreached')
  if (e.problem.status === 401) return t('problem.signed-out')
  if (e.problem.status === 412) return t('problem.faster')
  if (e.problem.status === 429) return t('problem.too-often', { seconds: e.retryAfter || 60 })
  if (e.problem.status >= 500) return t('problem.server', { what: e.problem.detail })
  return e.problem.detail
}
export const fieldOf = (e: unknown) => (e instanceof Refused ? (e.problem.field ?? '') : '')
