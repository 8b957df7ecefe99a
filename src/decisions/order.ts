import { byLevel } from '../domain/proposal.ts'
import { lists } from '../domain/words.ts'
import type { DecisionRow } from './queries.ts'

const last = Number.MAX_SAFE_INTEGER

/**
 * By outcome, phase and fixed place, the highest level first where two fixed the same; those without
 * a place by the day they were decided.
 */
export function inOrder(a: DecisionRow, b: DecisionRow): number {
  return (
    lists.outcome.indexOf(a.outcome) - lists.outcome.indexOf(b.outcome) ||
    (a.phaseSeq ?? last) - (b.phaseSeq ?? last) ||
    (a.place ?? last) - (b.place ?? last) ||
    (a.place === null ? 0 : byLevel(a, b)) ||
    a.decidedOn.localeCompare(b.decidedOn) ||
    a.id - b.id
  )
}
