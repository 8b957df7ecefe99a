import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything, type Scope } from '../domain/access.ts'
import type { Rating, Recusal, RoundAssessor } from '../domain/evaluation.ts'
import { grouped } from '../domain/grouping.ts'

export type CriterionSet = Pick<
  Row<'criterionSet'>,
  'id' | 'name' | 'origin' | 'state' | 'frozenAt'
>
export type Weighting = Pick<
  Row<'weighting'>,
  'id' | 'setId' | 'name' | 'method' | 'state' | 'adoptedOn' | 'adoptedBy' | 'office' | 'document'
>
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

/* Sets and weightings */

/** The set in force: the newest that is frozen and has an adopted weighting. */
export async function setInForce(db: Db | Tx): Promise<CriterionSet | undefined> {
  return reading(db)
    .selectFrom('criterionSet')
    .select(['id', 'name', 'origin', 'state', 'frozenAt'])
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
    .executeTakeFirst()
}

export function findSet(db: Db, id: number): Promise<CriterionSet | undefined> {
  return db
    .selectFrom('criterionSet')
    .select(['id', 'name', 'origin', 'state', 'frozenAt'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The weighting by which a set is added up: the newest adopted one. */
export function weightingOf(db: Db | Tx, setId: number): Promise<Weighting | undefined> {
  return reading(db)
    .selectFrom('weighting')
    .select([
      'id',
      'setId',
      'name',
      'method',
      'state',
      'adoptedOn',
      'adoptedBy',
      'office',
      'document',
    ])
    .where('setId', '=', setId)
    .where('state', '=', 'adopted')
    .orderBy('adoptedOn', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

/** The criteria of a set in their order, with their levels and the weights of a weighting. */
export async function criteriaOf(
  db: Db | Tx,
  setId: number,
  weightingId: number | undefined,
): Promise<SetCriterion[]> {
  const read = reading(db)
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

/* Assessors */

export type AssessorRow = Pick<
  Row<'assessor'>,
  'id' | 'name' | 'office' | 'opdId' | 'accountId' | 'version' | 'example'
> & { opd: string | null; account: string | null; ratings: number }

/** The assessors by name, with the name of their OPD and how many ratings they gave. */
export async function assessors(db: Db | Tx): Promise<AssessorRow[]> {
  const rows = await reading(db)
    .selectFrom('assessor')
    .leftJoin('account', 'account.id', 'assessor.accountId')
    .select([
      'assessor.id',
      'assessor.name',
      'assessor.office',
      'assessor.opdId',
      'assessor.accountId',
      'assessor.version',
      'assessor.example',
      'account.username as account',
    ])
    .orderBy('assessor.name')
    .orderBy('assessor.id')
    .execute()
  const opds = await owned(db, everything, 'opd').select(['opd.id', 'opd.name']).execute()
  const given = await owned(db, everything, 'rating')
    .select('rating.assessorId')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .groupBy('rating.assessorId')
    .execute()
  const nameOf = new Map(opds.map((opd) => [opd.id, opd.name]))
  const countOf = new Map(given.map((each) => [each.assessorId, each.n]))
  return rows.map((row) => ({
    ...row,
    opd: row.opdId === null ? null : (nameOf.get(row.opdId) ?? null),
    ratings: countOf.get(row.id) ?? 0,
  }))
}

export function findAssessor(db: Db | Tx, id: number): Promise<Row<'assessor'> | undefined> {
  return reading(db).selectFrom('assessor').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Accounts that an assessor may be tied to. */
export function accountOptions(db: Db): Promise<Option[]> {
  return db
    .selectFrom('account')
    .select(['id as value', 'name as label'])
    .where('state', '=', 'active')
    .orderBy('name')
    .execute()
}

/* Rounds */

/** All rounds, the newest first. */
export function rounds(db: Db): Promise<Round[]> {
  return db.selectFrom('round').selectAll().orderBy('id', 'desc').execute()
}

export function findRound(db: Db | Tx, id: number): Promise<Round | undefined> {
  return reading(db).selectFrom('round').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The round that scores come from: the newest that was opened, else the newest in preparation. */
export async function roundInForce(db: Db | Tx): Promise<Round | undefined> {
  const all = await reading(db).selectFrom('round').selectAll().orderBy('id', 'desc').execute()
  return all.find((round) => round.state !== 'prepared') ?? all[0]
}

/** Who rates which criteria of a round, with the OPD each comes from; by name. */
export async function tasks(
  db: Db | Tx,
  roundId: number,
): Promise<(RoundAssessor & { name: string; opdId: number | null })[]> {
  const rows = await reading(db)
    .selectFrom('roundAssessor')
    .innerJoin('assessor', 'assessor.id', 'roundAssessor.assessorId')
    .select(['assessor.id', 'assessor.name', 'assessor.opdId', 'roundAssessor.criterionId'])
    .where('roundAssessor.roundId', '=', roundId)
    .orderBy('assessor.name')
    .orderBy('assessor.id')
    .execute()
  return [...grouped(rows, (row) => row.id)].map(([id, own]) => ({
    id,
    name: own[0]?.name ?? '',
    opdId: own[0]?.opdId ?? null,
    criterionIds: own.map((row) => row.criterionId),
  }))
}

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
  const rows = await reading(db)
    .selectFrom('roundProposal')
    .select('proposalId')
    .where('roundId', '=', roundId)
    .execute()
  return rows.map((row) => row.proposalId)
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

/* Ratings and recusals of a round */

export type RoundRecusal = Recusal & { id: number; version: number }

export function recusals(db: Db | Tx, roundId: number): Promise<RoundRecusal[]> {
  return reading(db)
    .selectFrom('recusal')
    .select(['id', 'version', 'assessorId', 'proposalId', 'reason'])
    .where('roundId', '=', roundId)
    .orderBy('id')
    .execute()
}

/** Every rating of a round; the input of `domain/evaluation.ts`. */
export function ratings(db: Db | Tx, scope: Scope, roundId: number): Promise<Rating[]> {
  return owned(db, scope, 'rating')
    .select(['rating.proposalId', 'rating.criterionId', 'rating.assessorId', 'rating.level'])
    .where('rating.roundId', '=', roundId)
    .execute()
}

export type StoredRating = Pick<
  Row<'rating'>,
  'id' | 'version' | 'proposalId' | 'criterionId' | 'level' | 'note' | 'updatedAt'
>

/** One assessor's ratings of some proposals of a round. */
export function ratingsBy(
  db: Db | Tx,
  scope: Scope,
  roundId: number,
  assessorId: number,
  proposalIds: readonly number[],
): Promise<StoredRating[]> {
  return owned(db, scope, 'rating')
    .select([
      'rating.id',
      'rating.version',
      'rating.proposalId',
      'rating.criterionId',
      'rating.level',
      'rating.note',
      'rating.updatedAt',
    ])
    .where('rating.roundId', '=', roundId)
    .where('rating.assessorId', '=', assessorId)
    .where('rating.proposalId', 'in', [...proposalIds, 0])
    .execute()
}

export type NamedRating = {
  criterionId: number
  assessor: string
  level: number
  note: string | null
}

/** Who gave what to one proposal of a round: for planners only (policy `rating.named`). */
export function namedRatings(
  db: Db,
  scope: Scope,
  roundId: number,
  proposalId: number,
): Promise<NamedRating[]> {
  return owned(db, scope, 'rating')
    .innerJoin('assessor', 'assessor.id', 'rating.assessorId')
    .select(['rating.criterionId', 'assessor.name as assessor', 'rating.level', 'rating.note'])
    .where('rating.roundId', '=', roundId)
    .where('rating.proposalId', '=', proposalId)
    .orderBy('assessor.name')
    .execute()
}

/** How many ratings each assessor gave each proposal of a round, of assigned criteria not derived. */
export function ratingCounts(db: Db | Tx, roundId: number) {
  return owned(db, everything, 'rating')
    .innerJoin('criterion', 'criterion.id', 'rating.criterionId')
    .innerJoin('roundAssessor', (join) =>
      join
        .onRef('roundAssessor.roundId', '=', 'rating.roundId')
        .onRef('roundAssessor.assessorId', '=', 'rating.assessorId')
        .onRef('roundAssessor.criterionId', '=', 'rating.criterionId'),
    )
    .select(['rating.assessorId', 'rating.proposalId'])
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('rating.roundId', '=', roundId)
    .where('criterion.derived', '=', 0)
    .groupBy(['rating.assessorId', 'rating.proposalId'])
    .execute()
}

/** The id and the lead of a round's proposals: what excuses an assessor by itself. */
export function roundLeads(db: Db | Tx, roundId: number): Promise<{ id: number; opdId: number }[]> {
  return owned(db, everything, 'proposal')
    .innerJoin('roundProposal', 'roundProposal.proposalId', 'proposal.id')
    .select(['proposal.id', 'proposal.opdId'])
    .where('roundProposal.roundId', '=', roundId)
    .execute()
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

/** A transaction reads what `Db` reads. */
function reading(db: Db | Tx): Db {
  return db as unknown as Db
}
