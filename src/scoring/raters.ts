import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything, type Scope } from '../domain/access.ts'
import { type Duties, dutiesOf } from '../domain/duties.ts'
import type { Rating, RoundAssessor } from '../domain/evaluation.ts'
import { grouped } from '../domain/grouping.ts'
import { type Option, roundLeads } from './queries.ts'

/* Assessors and their tasks */

export type AssessorRow = Pick<
  Row<'assessor'>,
  'id' | 'name' | 'office' | 'opdId' | 'accountId' | 'version' | 'example'
> & { opd: string | null; account: string | null; ratings: number }

/** The assessors by name, with the name of their OPD and how many ratings they gave. */
export async function assessors(db: Db | Tx): Promise<AssessorRow[]> {
  const rows = await (db as Db)
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
  return (db as Db).selectFrom('assessor').selectAll().where('id', '=', id).executeTakeFirst()
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

/** Who rates which criteria of a round, with the OPD each comes from; by name. */
export async function tasks(
  db: Db | Tx,
  roundId: number,
): Promise<(RoundAssessor & { name: string; opdId: number | null })[]> {
  const rows = await (db as Db)
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

/* Ratings and recusals of a round */

/** Who does not rate what, and who does so in their place. */
export type RoundRecusal = Pick<
  Row<'recusal'>,
  'id' | 'version' | 'assessorId' | 'proposalId' | 'reason'
> & { replacement: { id: number; name: string; opdId: number | null } | null }

export async function recusals(db: Db | Tx, roundId: number): Promise<RoundRecusal[]> {
  const rows = await (db as Db)
    .selectFrom('recusal')
    .leftJoin('assessor', 'assessor.id', 'recusal.replacedById')
    .select([
      'recusal.id',
      'recusal.version',
      'recusal.assessorId',
      'recusal.proposalId',
      'recusal.reason',
      'assessor.id as by',
      'assessor.name',
      'assessor.opdId',
    ])
    .where('recusal.roundId', '=', roundId)
    .orderBy('recusal.id')
    .execute()
  return rows.map(({ by, name, opdId, ...row }) => ({
    ...row,
    replacement: by === null ? null : { id: by, name: name ?? '', opdId },
  }))
}

/** Who rates in a round, by name; who replaces somebody after them. */
export async function peopleOf(db: Db | Tx, roundId: number): Promise<Person[]> {
  const replacements = (await recusals(db, roundId)).flatMap((each) => each.replacement ?? [])
  const all = [...(await tasks(db, roundId)), ...replacements]
  return [...new Map(all.map(({ id, name, opdId }) => [id, { id, name, opdId }])).values()]
}

export type Person = { id: number; name: string; opdId: number | null }

/** The assessor of a round who has that account, by id. */
export async function ownSheet(
  db: Db | Tx,
  roundId: number,
  accountId: number | null,
): Promise<number | undefined> {
  if (accountId === null) return undefined
  const people = await peopleOf(db, roundId)
  const own = (await assessors(db)).filter((each) => each.accountId === accountId)
  return people.find(({ id }) => own.some((each) => each.id === id))?.id
}

/**
 * Who rates what in a round: see `domain/duties.ts`.
 *
 * @param without ids of recusals that do not count
 */
export async function duties(
  db: Db | Tx,
  roundId: number,
  without: readonly number[] = [],
): Promise<Duties> {
  const assessors = await tasks(db, roundId)
  const proposals = await roundLeads(db, roundId)
  const all = (await recusals(db, roundId)).filter((each) => !without.includes(each.id))
  return dutiesOf({ assessors, proposals, recusals: all })
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

/**
 * How many ratings each assessor gave each proposal of a round, of criteria not derived that are
 * theirs to rate there: assigned to them, or to somebody whom they replace.
 */
export function ratingCounts(db: Db | Tx, roundId: number) {
  return owned(db, everything, 'rating')
    .innerJoin('criterion', 'criterion.id', 'rating.criterionId')
    .where((eb) => {
      const task = eb
        .selectFrom('roundAssessor')
        .select('roundAssessor.criterionId')
        .whereRef('roundAssessor.roundId', '=', 'rating.roundId')
        .whereRef('roundAssessor.criterionId', '=', 'rating.criterionId')
      const absent = task
        .innerJoin('recusal', (join) =>
          join
            .onRef('recusal.roundId', '=', 'roundAssessor.roundId')
            .onRef('recusal.assessorId', '=', 'roundAssessor.assessorId'),
        )
        .whereRef('recusal.proposalId', '=', 'rating.proposalId')
        .whereRef('recusal.replacedById', '=', 'rating.assessorId')
      const own = task.whereRef('roundAssessor.assessorId', '=', 'rating.assessorId')
      return eb.or([eb.exists(own), eb.exists(absent)])
    })
    .select(['rating.assessorId', 'rating.proposalId'])
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('rating.roundId', '=', roundId)
    .where('criterion.derived', '=', 0)
    .groupBy(['rating.assessorId', 'rating.proposalId'])
    .execute()
}
