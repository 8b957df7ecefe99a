import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything, type Scope } from '../domain/access.ts'
import { grouped } from '../domain/grouping.ts'

export type CriterionSet = Row<'criterionSet'>
export type Weighting = Row<'weighting'>
export type Level = { level: number; value: number; anchor: string }
/** A criterion of a set; `weight` as it was entered (per cent), 0 without a weighting. */
export type SetCriterion = {
  id: number
  code: string
  name: string
  shortName: string
  question: string | null
  derived: boolean
  weight: number
  levels: Level[]
}

export type Round = Row<'round'>
export type RoundProposal = { id: number; number: string | null; title: string; opdId: number }
export type Candidate = RoundProposal & { opd: string; inRound: boolean; since: string }
export type Option = { value: number; label: string }

/* What is rated by: sets and weightings */

/** Every set, the newest first. */
export function sets(db: Db | Tx): Promise<CriterionSet[]> {
  return (db as Db).selectFrom('criterionSet').selectAll().orderBy('id', 'desc').execute()
}

/**
 * The set in force: of those that are frozen and have an adopted weighting the one chosen last; where
 * none was chosen, that of the round scores come from, else the newest.
 */
export async function setInForce(db: Db | Tx): Promise<CriterionSet | undefined> {
  const usable = await usableSets(db)
  const [chosen] = usable.filter((each) => each.inForceAt !== null).toSorted(byChoice)
  if (chosen) return chosen
  const round = preferred(await rounds(db))
  return usable.find((each) => each.id === round?.setId) ?? usable[0]
}

/** The sets a round may use: frozen, with an adopted weighting; the newest first. */
export function usableSets(db: Db | Tx): Promise<CriterionSet[]> {
  return (db as Db)
    .selectFrom('criterionSet')
    .selectAll()
    .where('state', '=', 'frozen')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('weighting')
          .select('weighting.id')
          .whereRef('weighting.setId', '=', 'criterionSet.id')
          .where('weighting.state', '=', 'adopted'),
      ),
    )
    .orderBy('frozenAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export function findSet(db: Db | Tx, id: number): Promise<CriterionSet | undefined> {
  return (db as Db).selectFrom('criterionSet').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The weightings of a set, that in force first, then adopted ones, the newest first. */
export function weightings(db: Db | Tx, setId: number): Promise<Weighting[]> {
  return (db as Db)
    .selectFrom('weighting')
    .selectAll()
    .where('setId', '=', setId)
    .orderBy('state')
    .orderBy('inForceAt', 'desc')
    .orderBy('adoptedOn', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export function findWeighting(db: Db | Tx, id: number): Promise<Weighting | undefined> {
  return (db as Db).selectFrom('weighting').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The weighting by which a set is added up: the adopted one chosen last, else the newest adopted. */
export async function weightingOf(db: Db | Tx, setId: number): Promise<Weighting | undefined> {
  return (await weightings(db, setId)).find((each) => each.state === 'adopted')
}

/** The criteria of a set in their order, with their levels and the weights of a weighting. */
export async function criteriaOf(
  db: Db | Tx,
  setId: number,
  weightingId: number | undefined,
): Promise<SetCriterion[]> {
  const read = db as Db
  const criteria = await read
    .selectFrom('criterion')
    .select(['id', 'code', 'name', 'shortName', 'question', 'derived'])
    .where('setId', '=', setId)
    .orderBy('seq')
    .orderBy('id')
    .execute()
  const levels = await read
    .selectFrom('criterionLevel')
    .innerJoin('criterion', 'criterion.id', 'criterionLevel.criterionId')
    .select(['criterionLevel.criterionId', 'level', 'value', 'anchor'])
    .where('criterion.setId', '=', setId)
    .orderBy('level')
    .execute()
  const weights = await read
    .selectFrom('weight')
    .select(['criterionId', 'value'])
    .where('weightingId', '=', weightingId ?? 0)
    .execute()
  const weightOf = new Map(weights.map((each) => [each.criterionId, each.value]))
  const levelsOf = grouped(levels, (each) => each.criterionId)
  return criteria.map((criterion) => ({
    ...criterion,
    derived: criterion.derived === 1,
    weight: weightOf.get(criterion.id) ?? 0,
    levels: (levelsOf.get(criterion.id) ?? []).map(({ level, value, anchor }) => ({
      level,
      value,
      anchor,
    })),
  }))
}

/** The criteria of a set as they are stored, in their order. */
export function criterionRows(db: Db | Tx, setId: number): Promise<Row<'criterion'>[]> {
  return (db as Db)
    .selectFrom('criterion')
    .selectAll()
    .where('setId', '=', setId)
    .orderBy('seq')
    .orderBy('id')
    .execute()
}

/** The weights of a weighting, in per cent. */
export function weightsOf(db: Db | Tx, weightingId: number) {
  return (db as Db)
    .selectFrom('weight')
    .select(['criterionId', 'value'])
    .where('weightingId', '=', weightingId)
    .execute()
}

/* What is rated: rounds and their proposals */

/** All rounds, the newest first. */
export function rounds(db: Db | Tx): Promise<Round[]> {
  return (db as Db).selectFrom('round').selectAll().orderBy('id', 'desc').execute()
}

export function findRound(db: Db | Tx, id: number): Promise<Round | undefined> {
  return (db as Db).selectFrom('round').selectAll().where('id', '=', id).executeTakeFirst()
}

/**
 * The round that scores come from: of the rounds of the set in force the one chosen last; where none
 * was chosen, the newest that was opened, else the newest in preparation.
 */
export async function roundInForce(db: Db | Tx): Promise<Round | undefined> {
  const set = await setInForce(db)
  const all = await rounds(db)
  return preferred(set ? all.filter((round) => round.setId === set.id) : all)
}

/** Of rounds, the newest first, the one that stands for them all. */
export function preferred(all: readonly Round[]): Round | undefined {
  const [chosen] = all.filter((round) => round.inForceAt !== null).toSorted(byChoice)
  return chosen ?? all.find((round) => round.state !== 'prepared') ?? all[0]
}

function byChoice(a: Chosen, b: Chosen): number {
  const [one, other] = [a.inForceAt ?? '', b.inForceAt ?? '']
  return one === other ? b.id - a.id : one < other ? 1 : -1
}
type Chosen = { id: number; inForceAt: string | null }

/** The proposals of a round by number. */
export function roundProposals(
  db: Db | Tx,
  scope: Scope,
  roundId: number,
): Promise<RoundProposal[]> {
  return owned(db, scope, 'proposal')
    .innerJoin('roundProposal', 'roundProposal.proposalId', 'proposal.id')
    .select(['proposal.id', 'proposal.number', 'proposal.title', 'proposal.opdId'])
    .where('roundProposal.roundId', '=', roundId)
    .orderBy('proposal.number')
    .orderBy('proposal.id')
    .execute()
}

/** The ids of a round's proposals, whoever asks. */
export async function roundProposalIds(db: Db | Tx, roundId: number): Promise<number[]> {
  const rows = await (db as Db)
    .selectFrom('roundProposal')
    .select('proposalId')
    .where('roundId', '=', roundId)
    .execute()
  return rows.map((row) => row.proposalId)
}

/** The id and the lead of a round's proposals: what excuses an assessor by itself. */
export function roundLeads(db: Db | Tx, roundId: number): Promise<{ id: number; opdId: number }[]> {
  return owned(db, everything, 'proposal')
    .innerJoin('roundProposal', 'roundProposal.proposalId', 'proposal.id')
    .select(['proposal.id', 'proposal.opdId'])
    .where('roundProposal.roundId', '=', roundId)
    .execute()
}

const rateable = ['submitted', 'under_review', 'reviewed']

/** The proposals that a round may take: submitted, under review, reviewed; by number. */
export async function candidates(
  db: Db | Tx,
  scope: Scope,
  roundId: number | undefined,
): Promise<Candidate[]> {
  const inside = new Set(roundId ? await roundProposalIds(db, roundId) : [])
  const rows = await owned(db, scope, 'proposal')
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .select([
      'proposal.id',
      'proposal.number',
      'proposal.title',
      'proposal.opdId',
      'opd.name as opd',
      'proposal.submittedAt',
      'proposal.createdAt',
    ])
    .where('proposal.state', 'in', rateable)
    .orderBy('proposal.number')
    .orderBy('proposal.id')
    .execute()
  return rows.map(({ submittedAt, createdAt, ...row }) => ({
    ...row,
    since: submittedAt && submittedAt > createdAt ? submittedAt : createdAt,
    inRound: inside.has(row.id),
  }))
}

/** Candidates that came after the round was made and are not in it yet. */
export function newSince(round: Pick<Round, 'createdAt'>, all: readonly Candidate[]): Candidate[] {
  return all.filter((each) => !each.inRound && each.since >= round.createdAt)
}

/** Sessions that a round may belong to, the newest first. */
export function sessionOptions(db: Db): Promise<Option[]> {
  return db
    .selectFrom('fgdSession')
    .select(['id as value', 'title as label'])
    .orderBy('heldOn', 'desc')
    .execute()
}

export async function sessionTitle(db: Db, id: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('fgdSession')
    .select('title')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.title
}
