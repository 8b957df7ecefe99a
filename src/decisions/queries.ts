import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything, type Scope } from '../domain/access.ts'
import { grouped } from '../domain/grouping.ts'
import { decisionInForce, type ProposalState } from '../domain/proposal.ts'
import type { Code } from '../domain/words.ts'

/**
 * What became of a decision: it is in force; it is advice of a lower level given on or after the
 * day of the one in force; it is an earlier one; or it was entered wrongly and corrected by another.
 */
export type DecisionStanding = 'inForce' | 'advice' | 'earlier' | 'corrected'

export type DecisionRow = Omit<Row<'decision'>, 'accountId' | 'linkId' | 'outcome' | 'level'> & {
  outcome: Code<'outcome'>
  level: Code<'decisionLevel'>
  /** The phase it names; null = none, or the next stage without saying which. */
  phase: string | null
  phaseSeq: number | null
  national: string | null
  application: string | null
  /** Where a redirected one goes, in words: an application of the list, else what was typed. */
  target: string | null
  /** The session in which it was recorded. */
  session: string | null
  proposal: DecidedProposal
  standing: DecisionStanding
  /** The decision that corrects this one. */
  correctedById: number | null
}

/** What lists, the roadmap and the report need of the proposal that was decided. */
export type DecidedProposal = Pick<
  Row<'proposal'>,
  | 'id'
  | 'number'
  | 'title'
  | 'opdId'
  | 'way'
  | 'costUnknown'
  | 'costHigh'
  | 'runningCost'
  | 'submittedAt'
  | 'example'
> & { state: ProposalState; opd: string; opdShort: string | null }

/** Every decision in reach, newest first, each with its standing. */
export async function all(db: Db, scope: Scope): Promise<DecisionRow[]> {
  return withStanding(await select(db, scope).execute())
}

/** The decision in force of each decided proposal, by the id of the proposal. */
export async function inForce(db: Db, scope: Scope): Promise<Map<number, DecisionRow>> {
  const rows = await all(db, scope)
  return new Map(
    rows.filter((row) => row.standing === 'inForce').map((row) => [row.proposalId, row]),
  )
}

/** The decisions of one proposal, newest first; none where it is out of reach. */
export async function forProposal(db: Db, scope: Scope, id: number): Promise<DecisionRow[]> {
  return withStanding(await select(db, scope).where('decision.proposalId', '=', id).execute())
}

export async function findById(db: Db, scope: Scope, id: number): Promise<DecisionRow | undefined> {
  const found = await owned(db, scope, 'decision')
    .select('decision.proposalId')
    .where('decision.id', '=', id)
    .executeTakeFirst()
  if (!found) return undefined
  return (await forProposal(db, scope, found.proposalId)).find((row) => row.id === id)
}

/** The OPD that leads a proposal. */
export async function opdOf(trx: Tx, proposalId: number): Promise<number> {
  const row = await owned(trx, everything, 'proposal')
    .select('proposal.opdId')
    .where('proposal.id', '=', proposalId)
    .executeTakeFirstOrThrow()
  return row.opdId
}

/** Whether another decision already corrects this one. */
export async function isCorrected(db: Db | Tx, id: number): Promise<boolean> {
  const row = await owned(db, everything, 'decision')
    .select('decision.id')
    .where('decision.correctsId', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

export type DecidableProposal = {
  id: number
  number: string | null
  title: string
  opdId: number
  opd: string
  opdShort: string | null
  state: string
  example: string | null
}

/** The further OPD of every proposal, by its id: it stands among their own, too. */
export async function furtherOpds(db: Db, scope: Scope): Promise<Map<number, number[]>> {
  const rows = await owned(db, scope, 'proposalOpd')
    .select(['proposalOpd.proposalId', 'proposalOpd.opdId'])
    .execute()
  return new Map(
    [...grouped(rows, (row) => row.proposalId)].map(([id, of]) => [id, of.map((row) => row.opdId)]),
  )
}

/**
 * What an official may decide: every proposal that is neither merged nor withdrawn, also one that
 * nobody has rated, costed or completed yet; by number, those without one last.
 */
export function decidable(db: Db | Tx, scope: Scope): Promise<DecidableProposal[]> {
  return owned(db, scope, 'proposal')
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .select([
      'proposal.id',
      'proposal.number',
      'proposal.title',
      'proposal.opdId',
      'proposal.state',
      'proposal.example',
      'opd.name as opd',
      'opd.shortName as opdShort',
    ])
    .where('proposal.state', 'not in', ['merged', 'withdrawn'])
    .orderBy((eb) => eb('proposal.number', 'is', null))
    .orderBy('proposal.number')
    .orderBy('proposal.id')
    .limit(900)
    .execute()
}

/** The national applications a proposal may be redirected to, by name. */
export function nationals(db: Db): Promise<{ value: number; label: string }[]> {
  return db
    .selectFrom('nationalApplication')
    .select(['id as value', 'name as label'])
    .orderBy('nameKey')
    .execute()
}

export async function isNational(trx: Tx, id: number): Promise<boolean> {
  const row = await trx
    .selectFrom('nationalApplication')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

function select(db: Db, scope: Scope) {
  return owned(db, scope, 'decision')
    .innerJoin('proposal', 'proposal.id', 'decision.proposalId')
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .leftJoin('phase', 'phase.id', 'decision.phaseId')
    .leftJoin('nationalApplication', 'nationalApplication.id', 'decision.nationalId')
    .leftJoin('application', 'application.id', 'decision.applicationId')
    .leftJoin('opd as applicationOpd', 'applicationOpd.id', 'application.opdId')
    .leftJoin('fgdSession', 'fgdSession.id', 'decision.fgdSessionId')
    .selectAll('decision')
    .select([
      'phase.name as phase',
      'phase.seq as phaseSeq',
      'nationalApplication.name as national',
      'application.name as application',
      'applicationOpd.name as applicationOpd',
      'fgdSession.title as session',
      'proposal.number',
      'proposal.title',
      'proposal.opdId',
      'proposal.state',
      'proposal.way',
      'proposal.costUnknown',
      'proposal.costHigh',
      'proposal.runningCost',
      'proposal.submittedAt',
      'proposal.example as proposalExample',
      'opd.name as opd',
      'opd.shortName as opdShort',
    ])
    .orderBy('decision.decidedOn', 'desc')
    .orderBy('decision.id', 'desc')
}

type Selected = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]
type Unjudged = Omit<DecisionRow, 'standing' | 'correctedById'>

function withStanding(selected: readonly Selected[]): DecisionRow[] {
  const rows = selected.map(shaped)
  const correctedBy = new Map(rows.map((row) => [row.correctsId, row.id]))
  const byProposal = new Map<number, Unjudged[]>()
  for (const row of rows) {
    byProposal.set(row.proposalId, [...(byProposal.get(row.proposalId) ?? []), row])
  }
  const force = new Map(
    [...byProposal].map(([proposalId, decisions]) => [proposalId, decisionInForce(decisions)]),
  )
  return rows.map((row) => ({
    ...row,
    correctedById: correctedBy.get(row.id) ?? null,
    standing: correctedBy.has(row.id)
      ? 'corrected'
      : standingBeside(row, force.get(row.proposalId)),
  }))
}

function standingBeside(row: Unjudged, force: Unjudged | undefined): DecisionStanding {
  if (!force || row.id === force.id) return 'inForce'
  const later = row.decidedOn >= force.decidedOn && row.level !== force.level
  return later ? 'advice' : 'earlier'
}

function shaped(row: Selected): Unjudged {
  const {
    number,
    title,
    opdId,
    opd,
    opdShort,
    state,
    way,
    costUnknown,
    costHigh,
    runningCost,
    submittedAt,
    proposalExample,
    applicationOpd,
    accountId: _,
    linkId: __,
    ...decision
  } = row
  const { national, application, redirectTo } = row
  return {
    ...decision,
    target: national ?? (application ? `${application} (${applicationOpd})` : redirectTo),
    outcome: row.outcome as Code<'outcome'>,
    level: row.level as Code<'decisionLevel'>,
    proposal: {
      id: row.proposalId,
      number,
      title,
      opdId,
      opd,
      opdShort,
      state: state as ProposalState,
      way,
      costUnknown,
      costHigh,
      runningCost,
      submittedAt,
      example: proposalExample,
    },
  }
}
