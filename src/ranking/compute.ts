import type { Db } from '../db/schema.ts'
import { everything } from '../domain/access.ts'
import {
  type Check,
  type CheckName,
  dutyCheck,
  internetCheck,
  nationalCheck,
  type Settled,
  similarCheck,
} from '../domain/checks.ts'
import { type Evaluation, evaluate, type Rating } from '../domain/evaluation.ts'
import { grouped } from '../domain/grouping.ts'
import { likenesses } from '../domain/likeness.ts'
import { decisionInForce, isRanked } from '../domain/proposal.ts'
import { competitionRanks } from '../domain/ranking.ts'
import { readiness, type Standards } from '../domain/readiness.ts'
import { sum } from '../domain/scoring.ts'
import type { Code } from '../domain/words.ts'
import * as inventory from '../inventory/queries.ts'
import * as needs from '../needs/queries.ts'
import * as scoring from '../scoring/queries.ts'
import * as raters from '../scoring/raters.ts'
import type {
  Assessed,
  AssessedCriterion,
  Assessment,
  ProposalReadiness,
  UseLocation,
} from './assessment.ts'
import * as ranking from './queries.ts'

export type WithRatings = { assessment: Assessment; ratings: readonly Rating[] }

/** By the round in force, its set and the weighting in force for that. */
export async function compute(db: Db, standards: Standards): Promise<WithRatings> {
  const round = await scoring.roundInForce(db)
  const set = round ? await scoring.findSet(db, round.setId) : await scoring.setInForce(db)
  const weighting = set && (await scoring.weightingOf(db, set.id))
  return computeBy(db, standards, { set, weighting, round })
}

type InForce = {
  set: scoring.CriterionSet | undefined
  weighting: scoring.Weighting | undefined
  round: scoring.Round | undefined
}

export async function computeBy(
  db: Db,
  standards: Standards,
  { set, weighting, round }: InForce,
): Promise<WithRatings> {
  const criteria = set ? shared(await scoring.criteriaOf(db, set.id, weighting?.id)) : []
  const facts = await gather(db)
  const records = round ? await recordsOf(db, round.id) : emptyRecords
  const assessed = judge(facts, { round, criteria, records, standards })

  const takesPart = assessed.filter((each) => isRanked(each.state, each.decision?.outcome))
  const ranked = inOrder(
    takesPart.filter((each) => each.evaluation.state === 'complete' && each.inRound),
    criteria,
  )
  const complete = new Set(ranked.map((each) => each.id))
  const assessment = {
    ...(set && { set }),
    ...(weighting && { weighting }),
    ...(round && { round }),
    criteria,
    assessors: peopleOf(records),
    ranked,
    incomplete: takesPart.filter((each) => !complete.has(each.id)).toSorted(byCompleteness),
    aside: assessed.filter((each) => !isRanked(each.state, each.decision?.outcome)),
    total: ranked.length,
  }
  return { assessment, ratings: records.ratings }
}

function shared(criteria: readonly scoring.SetCriterion[]): AssessedCriterion[] {
  const total = sum(criteria.map((each) => each.weight))
  return criteria.map((each) => ({ ...each, weight: total > 0 ? each.weight / total : 0 }))
}

function peopleOf({ assessors, recusals }: Records): { id: number; name: string }[] {
  const all = [...assessors, ...recusals.flatMap((each) => each.replacement ?? [])]
  return [...new Map(all.map(({ id, name }) => [id, { id, name }])).values()]
}

type Records = {
  assessors: Awaited<ReturnType<typeof raters.tasks>>
  proposalIds: Set<number>
  recusals: readonly raters.RoundRecusal[]
  ratings: readonly Rating[]
}

const emptyRecords: Records = {
  assessors: [],
  proposalIds: new Set(),
  recusals: [],
  ratings: [],
}

async function recordsOf(db: Db, roundId: number): Promise<Records> {
  const proposalIds = new Set(await scoring.roundProposalIds(db, roundId))
  const ratings = await raters.ratings(db, everything, roundId)
  return {
    assessors: await raters.tasks(db, roundId),
    proposalIds,
    recusals: await raters.recusals(db, roundId),
    ratings: ratings.filter((rating) => proposalIds.has(rating.proposalId)),
  }
}

async function gather(db: Db) {
  const byProposal = <T extends { proposalId: number }>(rows: readonly T[]) =>
    grouped(rows, (row) => row.proposalId)
  return {
    proposals: await ranking.proposals(db),
    platforms: byProposal(await ranking.platforms(db)),
    further: byProposal(await ranking.furtherOpds(db)),
    uses: byProposal(await ranking.locationsOfUse(db)),
    offices: await inventory.readinessInputs(db, everything),
    planned: await needs.plannedInternet(db, everything),
    answers: byProposal(await ranking.checkAnswers(db)),
    nationals: await ranking.nationals(db),
    applications: await ranking.alikeApplications(db),
    decisions: byProposal(await ranking.decisions(db)),
  }
}
type Facts = Awaited<ReturnType<typeof gather>>

type Method = {
  round: scoring.Round | undefined
  criteria: readonly AssessedCriterion[]
  records: Records
  standards: Standards
}

/** Everything about each proposal but its rank. */
function judge(facts: Facts, { round, criteria, records, standards }: Method): Assessed[] {
  const officeOf = new Map(facts.offices.map((each) => [each.locationId, each]))
  const headOf = new Map(
    facts.offices.filter((each) => each.isHead === 1).map((each) => [each.opdId, each]),
  )
  const uses = facts.proposals.map((proposal): UseLocation[] => {
    const named = (facts.uses.get(proposal.id) ?? []).flatMap(
      (use) => officeOf.get(use.locationId) ?? [],
    )
    const head = headOf.get(proposal.opdId)
    return (named.length > 0 || !head ? named : [head]).map((known) => ({
      id: known.locationId,
      name: known.name,
      known,
    }))
  })
  const ready = uses.map((locations) => readinessOf(locations, standards))
  const alike = likenesses({
    ...facts,
    proposals: facts.proposals.filter(({ state }) => state !== 'merged' && state !== 'withdrawn'),
  })
  const evaluations = evaluate({
    criteria,
    minimum: round?.minimum ?? 1,
    proposals: facts.proposals.map(({ id, opdId }, at) => ({
      id,
      opdId,
      readiness: round?.state === 'closed' ? null : levelOf(ready[at]),
    })),
    assessors: records.assessors,
    recusals: records.recusals,
    ratings: records.ratings,
  })
  return facts.proposals.flatMap((proposal, at): Assessed[] => {
    const evaluation = evaluations[at]
    const readiness = ready[at]
    const locationsOfUse = uses[at]
    if (!evaluation || !readiness || !locationsOfUse) return []
    const decision = decisionInForce(facts.decisions.get(proposal.id) ?? [])
    return [
      {
        ...shown(proposal),
        platforms: (facts.platforms.get(proposal.id) ?? []).map(
          (each) => each.code as Code<'platform'>,
        ),
        opdIds: [
          proposal.opdId,
          ...(facts.further.get(proposal.id) ?? []).map((each) => each.opdId),
        ],
        inRound: records.proposalIds.has(proposal.id),
        evaluation,
        readiness,
        locationsOfUse,
        checks: checksOf(proposal, locationsOfUse, facts, alike, decision),
        ...(decision && { decision }),
        ...(evaluation.score !== undefined && { score: evaluation.score }),
        ...(evaluation.contributions && { contributions: evaluation.contributions }),
      },
    ]
  })
}

function shown(proposal: ranking.ProposalFacts) {
  const { duty, dutyText, dutyVerified, dutyBasis, titleKey, ...rest } = proposal
  return {
    ...rest,
    state: proposal.state as Code<'proposalState'>,
    way: proposal.way as Code<'way'> | null,
    costUnknown: proposal.costUnknown === 1,
  }
}

function readinessOf(locations: readonly UseLocation[], standards: Standards): ProposalReadiness {
  const facts = locations.map((each) => each.known)
  const days = facts.flatMap(({ internetOn, devicesOn }) => [internetOn ?? [], devicesOn ?? []])
  return { ...readiness(facts, standards), asOf: days.flat().toSorted().at(-1) ?? null }
}

function levelOf(ready: ProposalReadiness | undefined): number | null {
  return ready?.complete ? ready.level : null
}

type Alike = ReturnType<
  typeof likenesses<
    Facts['nationals'][number],
    Facts['applications'][number],
    Facts['proposals'][number]
  >
>

/** The four checks; days stand in them as stored (`2018-09-14`), the page writes them out. */
function checksOf(
  proposal: ranking.ProposalFacts,
  locations: readonly UseLocation[],
  { answers, planned }: Pick<Facts, 'answers' | 'planned'>,
  alike: Alike,
  decision: ranking.Decision | undefined,
): Record<CheckName, Check> {
  const settled = (check: CheckName): Settled | undefined => {
    const answer = answers.get(proposal.id)?.find((each) => each.check === check)
    return answer && { ...answer, name: answer.settledBy, day: answer.settledOn }
  }
  return {
    duty: dutyCheck({
      settled: settled('duty'),
      duty: proposal.duty ?? proposal.dutyText,
      listed: proposal.duty !== null,
      verified: proposal.duty !== null && proposal.dutyVerified === 1,
      legalBasis: proposal.dutyBasis ?? '',
    }),
    internet: internetCheck({
      settled: settled('internet'),
      locations: locations.map(({ id, name, known }) => ({
        name,
        internet: known.internet,
        planned: planned.get(id),
      })),
      phase:
        decision?.phase && decision.phaseFrom !== null
          ? { name: decision.phase, yearFrom: decision.phaseFrom }
          : null,
    }),
    national: nationalCheck({
      settled: settled('national'),
      candidate: alike.national(proposal),
    }),
    similar: similarCheck({
      settled: settled('similar'),
      candidate: alike.application(proposal) ?? alike.proposal(proposal),
      visible: true,
    }),
  }
}

/**
 * Ranks by score; equal ranks stand by value on the heaviest criterion, lower cost, earlier
 * submission, so that the list reads as the computed plan takes it.
 */
function inOrder(
  complete: readonly Assessed[],
  criteria: readonly AssessedCriterion[],
): Assessed[] {
  const ranks = competitionRanks(complete.map((each) => each.score ?? 0))
  const heaviest = heaviestOf(criteria)
  const onHeaviest = (each: Assessed) => each.evaluation.criteria[heaviest]?.mean ?? 0
  return complete
    .map((each, at) => ({ ...each, rank: ranks[at] ?? 0 }))
    .toSorted(
      (a, b) =>
        a.rank - b.rank ||
        onHeaviest(b) - onHeaviest(a) ||
        (a.costHigh ?? Number.MAX_SAFE_INTEGER) - (b.costHigh ?? Number.MAX_SAFE_INTEGER) ||
        compare(a.submittedAt ?? '', b.submittedAt ?? '') ||
        a.id - b.id,
    )
}

/** The place of the heaviest criterion, the first of equal ones. */
function heaviestOf(criteria: readonly AssessedCriterion[]): number {
  const weights = criteria.map((each) => each.weight)
  return weights.indexOf(Math.max(...weights))
}

const completeness: readonly Evaluation['state'][] = [
  'complete',
  'provisional',
  'incomplete',
  'unrated',
]

function byCompleteness(a: Assessed, b: Assessed): number {
  return (
    completeness.indexOf(a.evaluation.state) - completeness.indexOf(b.evaluation.state) ||
    b.evaluation.rated - a.evaluation.rated ||
    compare(a.number ?? '', b.number ?? '') ||
    a.id - b.id
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
