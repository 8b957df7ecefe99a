import { createHash } from 'node:crypto'
import type { Tx } from '../db/schema.ts'
import { type By, insertRow, removeRow, updateRow } from '../db/write.ts'
import { needsNote } from '../domain/evaluation.ts'
import type { Message } from '../errors.ts'
import type { StoredRating } from './raters.ts'
import { cellName, type GridRow } from './schema.ts'

type Criterion = { id: number; derived: boolean }
type Kept = Pick<StoredRating, 'id' | 'version' | 'criterionId' | 'level' | 'note'>

/** What saving a row would write, and what stands against it, by field. */
export type RowPlan = {
  writes: {
    criterionId: number
    stored: Kept | undefined
    level: number | null
    note: string | null
  }[]
  conflicts: Record<string, Message>
  errors: Record<string, Message>
}

/**
 * What a row of an assessor's sheet changes. Only cells that differ from what was seen are written;
 * one that somebody else changed meanwhile to something else is a conflict. The note of the row
 * stands at its derived criterion where that has a level, else at its first level.
 *
 * @param readiness the level computed for the derived criterion; null while it is incomplete
 */
export function planRow(
  row: GridRow,
  stored: readonly Kept[],
  criteria: readonly Criterion[],
  readiness: number | null,
): RowPlan {
  const plan: RowPlan = { writes: [], conflicts: {}, errors: {} }
  const keptOf = new Map(stored.map((each) => [each.criterionId, each]))
  const levels = new Map<number, number | null>()
  const changed = new Set<number>()
  for (const { id } of criteria) {
    const mine = row.levels.get(id) ?? null
    const seen = row.seen.get(id) ?? null
    const now = keptOf.get(id)?.level ?? null
    levels.set(id, mine === seen ? now : mine)
    if (mine === seen || mine === now) continue
    if (now !== seen) plan.conflicts[cellName(id)] = conflict(mine, now)
    else changed.add(id)
  }

  const noteNow = noteOf(stored, criteria)
  const noteChanged = digest(row.note) !== row.seenNote && row.note !== noteNow
  if (noteChanged && digest(noteNow) !== row.seenNote) {
    plan.conflicts.note = conflict(row.note, noteNow)
  }
  if (changed.size === 0 && !noteChanged) return plan

  const note = noteChanged ? row.note : noteNow
  const rated = criteria.filter(({ id }) => levels.get(id) !== null)
  const carrier = rated.find(({ derived }) => derived) ?? rated[0]
  if (noteChanged && note !== null && !carrier) {
    plan.errors.note = { key: 'scoring.error.noteAlone' }
  }
  const unexplained = rated.some(
    (each) => note === null && needsNote(each, levels.get(each.id) ?? 0, readiness),
  )
  if (unexplained) plan.errors.note = { key: 'scoring.error.noteNeeded' }

  plan.writes = criteria.flatMap(({ id }) => {
    const kept = keptOf.get(id)
    const level = levels.get(id) ?? null
    const own = level !== null && id === carrier?.id ? note : null
    const same = level === (kept?.level ?? null) && own === (kept?.note ?? null)
    return same ? [] : [{ criterionId: id, stored: kept, level, note: own }]
  })
  return plan
}

/** Writes a plan; an emptied cell takes its rating away. Returns how many cells were written. */
export async function writeRow(
  trx: Tx,
  { writes }: RowPlan,
  at: { roundId: number; proposalId: number; assessorId: number },
  by: By,
): Promise<number> {
  for (const { criterionId, stored, level, note } of writes) {
    if (level !== null && stored) {
      await updateRow(trx, 'rating', stored.id, stored.version, { level, note }, by)
    } else if (level !== null) {
      await insertRow(trx, 'rating', { ...at, criterionId, level, note }, by)
    } else if (stored) {
      await removeRow(trx, 'rating', stored.id, stored.version, by)
    }
  }
  return writes.length
}

/** The note of a row: that of its derived criterion first. */
export function noteOf(
  ratings: readonly Pick<Kept, 'criterionId' | 'note'>[],
  criteria: readonly Criterion[],
): string | null {
  const derived = new Set(criteria.filter((each) => each.derived).map((each) => each.id))
  const notes = ratings.filter((each) => each.note !== null)
  return (notes.find((each) => derived.has(each.criterionId)) ?? notes[0])?.note ?? null
}

/** A short stand-in for a note, to tell whether it changed; '' for none. */
export function digest(note: string | null): string {
  return note ? createHash('sha256').update(note).digest('hex').slice(0, 16) : ''
}

function conflict(mine: number | string | null, stored: number | string | null): Message {
  return {
    key: 'scoring.error.conflict',
    params: { mine: mine ?? '–', stored: stored ?? '–' },
  }
}
