import type { Insertable } from 'kysely'
import { untilNextWrite } from '../db/memo.ts'
import { publicationInForceId, publishedDecisionId } from '../db/published.ts'
import type { Db, Row, Tables, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { appendRow, type By } from '../db/write.ts'
import { everything, type Scope } from '../domain/access.ts'
import type { Code } from '../domain/words.ts'

/** In force, followed by a newer one, withdrawn, or the act by which one was withdrawn. */
export type PublicationStanding = 'inForce' | 'earlier' | 'withdrawn' | 'withdrawal'
export type Publication = Row<'publication'> & {
  standing: PublicationStanding
  /** How many proposals it tells of. */
  n: number
}

/** What everybody is told of a proposal: neither cost nor score, and nobody's name. */
export type Published = Pick<
  Row<'publicationItem'>,
  | 'proposalId'
  | 'number'
  | 'title'
  | 'opdId'
  | 'opd'
  | 'phase'
  | 'phaseSeq'
  | 'yearFrom'
  | 'yearTo'
  | 'target'
  | 'lookAgainOn'
  | 'reason'
  | 'example'
> & { outcome: Code<'outcome'> }

export type Contribution = { name: string; points: number }
/** What an OPD is told of its own beside that. */
export type OwnPublished = Published &
  Pick<Row<'publicationItem'>, 'score' | 'rank' | 'rankOf'> & { contributions: Contribution[] }

/** An item as it is kept, before it belongs to a publication. */
export type NewItem = Omit<Insertable<Tables['publicationItem']>, 'id' | 'publicationId'>

/** Every act, the newest first. */
export function all(db: Db): Promise<Publication[]> {
  return untilNextWrite(db, 'publications', async () => {
    const acts = await db.selectFrom('publication').selectAll().orderBy('id', 'desc').execute()
    const counts = await owned(db, everything, 'publicationItem')
      .select('publicationItem.publicationId as id')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .groupBy('publicationItem.publicationId')
      .execute()
    const n = new Map(counts.map((each) => [each.id, each.n]))
    const withdrawn = new Set(acts.map((act) => act.withdrawsId))
    return acts.map((act, at) => ({
      ...act,
      standing: standingOf(act, at === 0, withdrawn),
      n: n.get(act.id) ?? 0,
    }))
  })
}

function standingOf(
  { id, kind }: Row<'publication'>,
  isNewest: boolean,
  withdrawn: ReadonlySet<number | null>,
): PublicationStanding {
  if (kind === 'withdraw') return 'withdrawal'
  if (withdrawn.has(id)) return 'withdrawn'
  return isNewest ? 'inForce' : 'earlier'
}

export async function inForce(db: Db): Promise<Publication | undefined> {
  const [newest] = await all(db)
  return newest?.standing === 'inForce' ? newest : undefined
}

export async function findById(db: Db, id: number): Promise<Publication | undefined> {
  return (await all(db)).find((each) => each.id === id)
}

const told = [
  'publicationItem.proposalId',
  'publicationItem.number',
  'publicationItem.title',
  'publicationItem.opdId',
  'publicationItem.opd',
  'publicationItem.outcome',
  'publicationItem.phase',
  'publicationItem.phaseSeq',
  'publicationItem.yearFrom',
  'publicationItem.yearTo',
  'publicationItem.target',
  'publicationItem.lookAgainOn',
  'publicationItem.reason',
  'publicationItem.example',
] as const
const toldToItsOwn = [
  'publicationItem.score',
  'publicationItem.rank',
  'publicationItem.rankOf',
  'publicationItem.contributions',
] as const

/** What a publication tells of every OPD, in the order it was written down in. */
export async function items(db: Db, publicationId: number): Promise<Published[]> {
  const rows = await owned(db, everything, 'publicationItem')
    .select(told)
    .where('publicationItem.publicationId', '=', publicationId)
    .orderBy('publicationItem.id')
    .execute()
  return rows.map((row) => ({ ...row, outcome: row.outcome as Code<'outcome'> }))
}

/** What a publication tells the OPD in reach of their own proposals. */
export async function ownItems(
  db: Db,
  scope: Scope,
  publicationId: number,
): Promise<OwnPublished[]> {
  const rows = await owned(db, scope, 'publicationItem')
    .select([...told, ...toldToItsOwn])
    .where('publicationItem.publicationId', '=', publicationId)
    .orderBy('publicationItem.id')
    .execute()
  return rows.map(({ contributions, ...row }) => ({
    ...row,
    outcome: row.outcome as Code<'outcome'>,
    contributions: contributions ? (JSON.parse(contributions) as Contribution[]) : [],
  }))
}

/** What the publication in force tells of a proposal in reach; undefined where it tells nothing. */
export async function ownItem(
  db: Db,
  scope: Scope,
  proposalId: number,
): Promise<OwnPublished | undefined> {
  const act = await inForce(db)
  if (!act) return undefined
  return (await ownItems(db, scope, act.id)).find((each) => each.proposalId === proposalId)
}

/** The decisions published by the publication in force, by proposal. */
export async function publishedDecisions(db: Db): Promise<Map<number, number>> {
  const rows = await owned(db, everything, 'publicationItem')
    .select(['publicationItem.proposalId', 'publicationItem.decisionId'])
    .where('publicationItem.publicationId', '=', publicationInForceId)
    .execute()
  return new Map(rows.map((row) => [row.proposalId, row.decisionId]))
}

/** How many proposals in reach are decided without that being published. */
export async function unpublished(db: Db, scope: Scope, opdId: number): Promise<number> {
  const { n } = await owned(db, scope, 'proposal')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('proposal.opdId', '=', opdId)
    .where('proposal.state', 'not in', ['draft', 'merged', 'withdrawn'])
    .where(publishedDecisionId, 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('decision')
          .select('decision.id')
          .whereRef('decision.proposalId', '=', 'proposal.id'),
      ),
    )
    .executeTakeFirstOrThrow()
  return n
}

export type Act = Pick<Row<'publication'>, 'publishedOn' | 'document' | 'note'> & {
  example?: string | null
}

/** Whether nothing followed that publication yet. */
export async function isNewest(trx: Tx, id: number): Promise<boolean> {
  const row = await trx
    .selectFrom('publication')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  return row?.id === id
}

/** Publishes these items; nothing of it can be changed afterwards. */
export async function publish(
  trx: Tx,
  { example = null, ...act }: Act & { digest: string },
  told: readonly NewItem[],
  by: By,
): Promise<number> {
  const row = { ...act, kind: 'publish', withdrawsId: null, example } as const
  const publicationId = await appendRow(trx, 'publication', row, by)
  for (const item of told) {
    await trx
      .insertInto('publicationItem')
      .values({ ...item, publicationId })
      .execute()
  }
  return publicationId
}

/** Takes a publication back: nothing is in force until the next one. */
export function withdraw(trx: Tx, act: Act, withdrawsId: number, by: By): Promise<number> {
  const row = { example: null, ...act, kind: 'withdraw', withdrawsId, digest: null } as const
  return appendRow(trx, 'publication', row, by)
}
