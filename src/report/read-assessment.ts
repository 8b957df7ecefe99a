import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything } from '../domain/access.ts'
import type { Check } from '../domain/checks.ts'
import { type Duties, dutiesOf } from '../domain/duties.ts'
import type { Rating } from '../domain/evaluation.ts'
import { grouped } from '../domain/grouping.ts'
import { lists } from '../domain/words.ts'
import type { Assessed, AssessedCriterion, Assessment } from '../ranking/assessment.ts'
import * as ranking from '../ranking/queries.ts'
import type * as scoring from '../scoring/queries.ts'
import * as raters from '../scoring/raters.ts'
import type {
  ReportAssessment,
  ReportCheck,
  ReportCriterion,
  ReportRating,
  ReportStanding,
} from './data.ts'

/** The assessment of the whole as a plain value, with every single rating it rests on. */
export async function readAssessment(
  db: Db,
  assessment: Assessment,
  ratings: readonly Rating[],
): Promise<ReportAssessment> {
  const { set, round, weighting } = assessment
  const tasks = round ? await raters.tasks(db, round.id) : []
  const people = new Map((await raters.assessors(db)).map((each) => [each.id, each]))
  const proposals = [assessment.ranked, assessment.incomplete, assessment.aside].flat()
  const recusals = round ? await raters.recusals(db, round.id) : []
  const duties = dutiesOf({ assessors: tasks, proposals, recusals })
  const settled = await settledOf(db)
  const noteOf = round ? await notesOf(db, round.id) : () => null
  return {
    set: set
      ? { name: set.name, origin: set.origin, state: set.state, frozenAt: set.frozenAt }
      : null,
    round: round
      ? {
          name: round.name,
          state: round.state,
          minimum: round.minimum,
          due: round.due,
          sessionId: round.fgdSessionId,
        }
      : null,
    weighting: weighting ? withoutIds(weighting) : null,
    criteria: assessment.criteria.map(criterionOf),
    assessors: assessment.assessors.map((each) => ({
      ...each,
      office: people.get(each.id)?.office ?? null,
      opdId: people.get(each.id)?.opdId ?? null,
    })),
    recusals: recusals.map(({ assessorId, proposalId, reason, replacement }) => ({
      assessorId,
      proposalId,
      reason,
      by: replacement?.name ?? null,
    })),
    ratings: singles(assessment, duties, ratings, noteOf),
    standings: [
      ...assessment.ranked.map((each) => standingOf(each, 'ranked', settled)),
      ...assessment.incomplete.map((each) => standingOf(each, 'incomplete', settled)),
      ...assessment.aside.map((each) => standingOf(each, 'aside', settled)),
    ],
  }
}

type Key = Pick<Rating, 'proposalId' | 'criterionId' | 'assessorId'>

/** The notes by rating: few have one. */
async function notesOf(db: Db, roundId: number): Promise<(rating: Key) => string | null> {
  const rows = await owned(db, everything, 'rating')
    .select(['rating.proposalId', 'rating.criterionId', 'rating.assessorId', 'rating.note'])
    .where('rating.roundId', '=', roundId)
    .where('rating.note', 'is not', null)
    .execute()
  const keyOf = (rating: Key) => `${rating.proposalId} ${rating.criterionId} ${rating.assessorId}`
  const notes = new Map(rows.map((row) => [keyOf(row), row.note]))
  return (rating) => (notes.size === 0 ? null : (notes.get(keyOf(rating)) ?? null))
}

/**
 * Every single rating, proposal by proposal in the order of the assessment and criterion by
 * criterion: first those that count (so that they stand as one block), the computed level once for
 * each assessor it stands in for; then those that do not, with the reason. A round has a hundred
 * thousand of them: nothing is made of each but the one value.
 */
function singles(
  assessment: Assessment,
  duties: Duties,
  given: readonly Rating[],
  noteOf: (rating: Key) => string | null,
): ReportRating[] {
  const byProposal = grouped(given, (rating) => rating.proposalId)
  const all: ReportRating[] = []
  for (const proposal of [assessment.ranked, assessment.incomplete, assessment.aside].flat()) {
    const tasks = assessment.assessors.map(({ id }) => ({ id, of: duties(id, proposal.id) }))
    const own = byProposal.get(proposal.id) ?? []
    for (const [at, criterion] of assessment.criteria.entries()) {
      const rates = tasks.filter((task) => task.of.includes(criterion.id))
      const ratings = own.filter((rating) => rating.criterionId === criterion.id)
      addSingles(all, { proposal, criterion, at, rates, ratings, noteOf })
    }
  }
  return all
}

type Cell = {
  proposal: Assessed
  criterion: AssessedCriterion
  /** The place of the criterion. */
  at: number
  /** Who is to rate the proposal by it. */
  rates: readonly { id: number }[]
  ratings: readonly Rating[]
  noteOf: (rating: Key) => string | null
}

function addSingles(all: ReportRating[], cell: Cell): void {
  const { proposal, criterion, at, rates, ratings, noteOf } = cell
  const derivedLevel = proposal.evaluation.criteria[at]?.derivedLevel
  const single = (
    assessorId: number,
    level: number,
    own: Rating | undefined,
    ignored: ReportRating['ignored'],
  ): ReportRating => ({
    proposalId: proposal.id,
    criterionId: criterion.id,
    assessorId,
    level,
    value: criterion.levels.find((each) => each.level === level)?.value ?? 0,
    derived: own === undefined,
    note: own ? noteOf(own) : null,
    ignored,
  })
  const counted: number[] = []
  for (const { id } of rates) {
    const own = ratings.find((rating) => rating.assessorId === id)
    const level = own?.level ?? derivedLevel
    if (level === undefined) continue
    counted.push(id)
    all.push(single(id, level, own, null))
  }
  for (const rating of ratings) {
    if (counted.includes(rating.assessorId)) continue
    const { excused } = proposal.evaluation
    const excuse = excused.find((each) => each.assessorId === rating.assessorId)
    const why = excuse ? (excuse.own ? 'own' : 'excused') : 'unassigned'
    all.push(single(rating.assessorId, rating.level, rating, why))
  }
}

function standingOf(
  each: Assessed,
  group: ReportStanding['group'],
  settled: SettledBy,
): ReportStanding {
  const { evaluation } = each
  return {
    proposalId: each.id,
    group,
    state: evaluation.state,
    rank: each.rank ?? null,
    score: each.score ?? null,
    criteria: evaluation.criteria.map(({ mean, count, needed }) => ({
      mean: mean ?? null,
      count,
      needed,
    })),
    rated: evaluation.rated,
    thinnest: evaluation.thinnest ?? null,
    checks: Object.fromEntries(
      lists.checkName.map((name) => [name, checkOf(each.checks[name], settled(each.id, name))]),
    ) as ReportStanding['checks'],
  }
}

function checkOf(check: Check, settled: ReportCheck['settled']): ReportCheck {
  const { result, key, params, note } = check
  return { result, key, params, note: note ?? null, settled }
}

type SettledBy = (proposalId: number, check: string) => ReportCheck['settled']

async function settledOf(db: Db): Promise<SettledBy> {
  const keyOf = (proposalId: number, check: string) => `${proposalId} ${check}`
  const known = new Map(
    (await ranking.checkAnswers(db)).map((row) => [
      keyOf(row.proposalId, row.check),
      { by: row.settledBy, on: row.settledOn, about: row.about },
    ]),
  )
  return (proposalId, check) => known.get(keyOf(proposalId, check)) ?? null
}

function criterionOf(criterion: AssessedCriterion): ReportCriterion {
  const { id, code, name, shortName, question, derived, weight, levels } = criterion
  return { id, code, name, shortName, question, derived, weight, levels }
}

function withoutIds(weighting: scoring.Weighting): ReportAssessment['weighting'] {
  const { name, method, state, adoptedOn, adoptedBy, office, document } = weighting
  return { name, method, state, adoptedOn, adoptedBy, office, document }
}
