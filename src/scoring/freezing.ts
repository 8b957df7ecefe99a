import { AppError, type Message, orNotFound } from '../errors.ts'
import type { CriterionSet, SetCriterion } from './queries.ts'

/** The set, where it may still be changed: a frozen one never is, by any route. */
export function requireDraft(set: CriterionSet | undefined): CriterionSet {
  const known = orNotFound(set)
  if (known.state !== 'draft') throw new AppError('conflict', { key: 'scoring.error.frozen' })
  return known
}

/** What stands against freezing a set; empty when nothing does. */
export function notFreezable(criteria: readonly SetCriterion[]): Message[] {
  const few: Message[] = criteria.length < 2 ? [{ key: 'scoring.error.fewCriteria' }] : []
  return [...few, ...criteria.flatMap(against)]
}

/** Levels of the derived criterion are counted from 1 to 5: see `domain/readiness.ts`. */
export const derivedLevels = 5

function against({ code, levels, derived }: SetCriterion): Message[] {
  const params = { code }
  const numbers = levels.map((each) => each.level)
  if (levels.length < 2) return [{ key: 'scoring.error.fewLevels', params }]
  if (new Set(levels.map((each) => each.value)).size < 2) {
    return [{ key: 'scoring.error.sameValues', params }]
  }
  if (levels.some((each) => each.anchor.trim() === '')) {
    return [{ key: 'scoring.error.noAnchor', params }]
  }
  if (derived && numbers.join() !== '1,2,3,4,5') {
    return [{ key: 'scoring.error.derivedLevels', params: { n: derivedLevels } }]
  }
  return []
}
