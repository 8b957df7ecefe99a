import { createHash } from 'node:crypto'
import type { Db } from '../db/schema.ts'
import * as decisions from '../decisions/queries.ts'
import { everything } from '../domain/access.ts'
import { lists } from '../domain/words.ts'
import { assess, scoreOf } from '../ranking/assess.ts'
import type { Assessment } from '../ranking/assessment.ts'
import * as roadmap from '../roadmap/queries.ts'
import type * as publications from './queries.ts'

/** Why a proposal is not told: what stands in the way of publishing it. */
export type LeftOut = {
  id: number
  number: string | null
  title: string
  opd: string
  why: 'undecided' | 'draft' | 'merged' | 'withdrawn'
}

export type Snapshot = {
  items: publications.NewItem[]
  leftOut: LeftOut[]
  /** SHA-256 of the items. */
  digest: string
}

/**
 * What publishing now would tell: every proposal with a decision in force but for drafts and those that
 * left, by outcome, phase, OPD and number, so that the order says nothing of the rank.
 */
export async function snapshotOf(db: Db): Promise<Snapshot> {
  const inForce = [...(await decisions.inForce(db, everything)).values()]
  const phases = await roadmap.phases(db)
  const assessment = await assess(db, everything)
  const items = inForce
    .filter((each) => !isLeft(each.proposal.state))
    .toSorted(inOrder)
    .map((each) => itemOf(each, phases, assessment))
  const { ranked, incomplete, aside } = assessment
  const decided = new Set(inForce.map((each) => each.proposalId))
  const waiting = [...ranked, ...incomplete, ...aside].filter(
    ({ id, state }) => !decided.has(id) && !isLeft(state),
  )
  const leftOut = [
    ...inForce.flatMap(({ proposal }) => leftOutOf(proposal, proposal.state)),
    ...waiting.flatMap((each) => leftOutOf(each, 'undecided')),
  ]
  return { items, leftOut, digest: digestOf(items) }
}

function leftOutOf(of: Omit<LeftOut, 'why'>, why: string): LeftOut[] {
  const { id, number, title, opd } = of
  if (why !== 'undecided' && !isLeft(why)) return []
  return [{ id, number, title, opd, why }]
}

type LeftState = 'draft' | 'merged' | 'withdrawn'
const isLeft = (state: string): state is LeftState =>
  ['draft', 'merged', 'withdrawn'].includes(state)

function itemOf(
  decision: decisions.DecisionRow,
  phases: readonly roadmap.PhaseRow[],
  assessment: Assessment,
): publications.NewItem {
  const { proposal, outcome, reason, lookAgainOn, target } = decision
  const phase = phases.find((each) => each.id === decision.phaseId)
  const assessed = scoreOf(assessment, proposal.id)
  const isRated = assessed?.evaluation.state === 'complete'
  const isRanked = assessed?.rank !== undefined
  const parts = assessment.criteria.map(({ name }, at) => ({
    name,
    points: assessed?.contributions?.[at] ?? 0,
  }))
  return {
    proposalId: proposal.id,
    decisionId: decision.id,
    opdId: proposal.opdId,
    number: proposal.number,
    title: proposal.title,
    opd: proposal.opd,
    outcome,
    phase: phase?.name ?? null,
    phaseSeq: phase?.seq ?? null,
    yearFrom: phase?.yearFrom ?? null,
    yearTo: phase?.yearTo ?? null,
    target: outcome === 'redirected' ? target : null,
    lookAgainOn,
    reason,
    score: isRated ? (assessed.score ?? null) : null,
    rank: assessed?.rank ?? null,
    rankOf: isRanked ? assessment.total : null,
    contributions: isRated ? JSON.stringify(parts) : null,
    example: decision.example ?? proposal.example,
  }
}

function inOrder(a: decisions.DecisionRow, b: decisions.DecisionRow): number {
  const last = Number.MAX_SAFE_INTEGER
  return (
    lists.outcome.indexOf(a.outcome) - lists.outcome.indexOf(b.outcome) ||
    (a.phaseSeq ?? last) - (b.phaseSeq ?? last) ||
    a.proposal.opd.localeCompare(b.proposal.opd) ||
    (a.proposal.number ?? '').localeCompare(b.proposal.number ?? '') ||
    a.proposalId - b.proposalId
  )
}

function digestOf(items: readonly publications.NewItem[]): string {
  return createHash('sha256').update(JSON.stringify(items)).digest('hex')
}

/** What differs from the list that was published before. */
export type Differences = {
  added: { title: string; opd: string }[]
  gone: { title: string; opd: string }[]
  /** The weightiest field first. */
  changed: { title: string; opd: string; fields: ('outcome' | 'reason' | 'name' | 'score')[] }[]
}

export function differences(
  before: readonly publications.OwnPublished[],
  now: readonly publications.NewItem[],
): Differences {
  const earlier = new Map(before.map((each) => [each.proposalId, each]))
  const ids = new Set(now.map((each) => each.proposalId))
  return {
    added: now.filter((each) => !earlier.has(each.proposalId)),
    gone: before.filter((each) => !ids.has(each.proposalId)),
    changed: now.flatMap((each) => {
      const was = earlier.get(each.proposalId)
      const fields = was ? fieldsChanged(was, each) : []
      return fields.length > 0 ? [{ title: each.title, opd: each.opd, fields }] : []
    }),
  }
}

function fieldsChanged(was: publications.OwnPublished, now: publications.NewItem) {
  const differs = (...names: (keyof publications.OwnPublished & keyof publications.NewItem)[]) =>
    names.some((name) => was[name] !== (now[name] ?? null))
  return [
    ...(differs('outcome', 'phase', 'yearFrom', 'yearTo', 'target', 'lookAgainOn')
      ? (['outcome'] as const)
      : []),
    ...(differs('reason') ? (['reason'] as const) : []),
    ...(differs('title', 'opd', 'number') ? (['name'] as const) : []),
    ...(differs('score', 'rank', 'rankOf') ? (['score'] as const) : []),
  ]
}
