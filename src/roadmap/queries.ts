import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { appendRow, type By, insertRow, removeRow, updateRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import type { MoveInput, PhaseInput } from './schema.ts'

export type PhaseRow = Row<'phase'>

/** The phases in their order, which is the order of their years. */
export function phases(db: Db | Tx): Promise<PhaseRow[]> {
  const reader = db as Db
  return reader.selectFrom('phase').selectAll().orderBy('seq').orderBy('id').execute()
}

export function findPhase(db: Db | Tx, id: number): Promise<PhaseRow | undefined> {
  const reader = db as Db
  return reader.selectFrom('phase').selectAll().where('id', '=', id).executeTakeFirst()
}

/** A phase whose years overlap those given, apart from the phase that is being changed. */
export async function overlapping(
  trx: Tx,
  years: { yearFrom: number; yearTo: number },
  apartFrom?: number,
): Promise<PhaseRow | undefined> {
  const all = await phases(trx)
  return all.find(
    (phase) =>
      phase.id !== apartFrom && phase.yearFrom <= years.yearTo && phase.yearTo >= years.yearFrom,
  )
}

export async function insertPhase(trx: Tx, input: PhaseInput, by: By): Promise<number> {
  const last = (await phases(trx)).at(-1)
  const id = await insertRow(trx, 'phase', { ...input, seq: (last?.seq ?? 0) + 1 }, by)
  await arrange(trx, by)
  return id
}

export async function updatePhase(
  trx: Tx,
  id: number,
  version: number,
  input: PhaseInput,
  by: By,
): Promise<void> {
  await updateRow(trx, 'phase', id, version, input, by)
  await arrange(trx, by)
}

/**
 * Lets a phase trade places with the one before or after it: order and years are exchanged, names,
 * ceilings and capacities stay with their phases. Nothing happens at the end of the list.
 */
export async function movePhase(
  trx: Tx,
  id: number,
  version: number,
  towards: 'up' | 'down',
  by: By,
): Promise<void> {
  const all = await phases(trx)
  const at = all.findIndex((phase) => phase.id === id)
  const phase = all[at]
  const other = all[at + (towards === 'up' ? -1 : 1)]
  if (!phase || !other) return
  const yearsOf = ({ yearFrom, yearTo }: PhaseRow) => ({ yearFrom, yearTo })
  await updateRow(trx, 'phase', id, version, yearsOf(other), by)
  await updateRow(trx, 'phase', other.id, other.version, yearsOf(phase), by)
  await arrange(trx, by)
}

export function removePhase(trx: Tx, id: number, version: number, by: By): Promise<void> {
  return removeRow(trx, 'phase', id, version, by)
}

/** How many decisions name a phase, corrected ones and advice included: they are never changed. */
export async function decisionsOf(db: Db | Tx, id: number): Promise<number> {
  const { n } = await owned(db, everything, 'decision')
    .where('decision.phaseId', '=', id)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/** A planner's move of an undecided proposal; null = back to where the computation places it. */
export type Move = Pick<
  Row<'placement'>,
  'id' | 'proposalId' | 'phaseId' | 'reason' | 'actorName' | 'recordedAt' | 'example'
> & { phase: string | null }

/** Every move of a proposal, the latest first. */
export async function movesOf(db: Db | Tx, proposalId: number): Promise<Move[]> {
  const rows = await selectMoves(db).where('placement.proposalId', '=', proposalId).execute()
  return rows.toReversed()
}

/** In the order in which they were recorded. */
export function selectMoves(db: Db | Tx) {
  return owned(db, everything, 'placement')
    .leftJoin('phase', 'phase.id', 'placement.phaseId')
    .select(['placement.id', 'placement.proposalId', 'placement.phaseId', 'placement.reason'])
    .select(['placement.actorName', 'placement.recordedAt', 'placement.example'])
    .select('phase.name as phase')
    .orderBy('placement.id')
}

/** Records a move; earlier ones stay. */
export function place(
  trx: Tx,
  proposalId: number,
  { phaseId, reason }: MoveInput,
  by: By,
): Promise<number> {
  return appendRow(trx, 'placement', { proposalId, phaseId, reason, example: null }, by)
}

/** How many moves name a phase, later ones included: they are never changed. */
export async function movesInto(db: Db | Tx, id: number): Promise<number> {
  const { n } = await owned(db, everything, 'placement')
    .where('placement.phaseId', '=', id)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/** Numbers the phases by their years; first out of the way, because a number stands once. */
async function arrange(trx: Tx, by: By): Promise<void> {
  const all = (await phases(trx)).toSorted((a, b) => a.yearFrom - b.yearFrom || a.id - b.id)
  const wrong = all.flatMap((phase, at) => (phase.seq === at + 1 ? [] : [{ phase, seq: at + 1 }]))
  for (const { phase, seq } of wrong) {
    await updateRow(trx, 'phase', phase.id, phase.version, { seq: -seq }, by)
  }
  for (const { phase, seq } of wrong) {
    await updateRow(trx, 'phase', phase.id, phase.version + 1, { seq }, by)
  }
}
