import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything } from '../domain/access.ts'
import type { Check } from '../domain/checks.ts'
import { type Duties, dutiesOf } from '../domain/duties.ts'
import { grouped } from '../domain/grouping.ts'
import { lists } from '../domain/words.ts'
import type { Assessed, AssessedCriterion, Assessment } from '../ranking/assessment.ts'
import * as scoring from '../scoring/queries.ts'
import type {
  ReportAssessment,
  ReportCheck,
  ReportCriterion,
  ReportRating,
  ReportStanding,
} from './data.ts'

/** The assessment of the whole as a plain value, with every single rating it rests on. */
export async function readAssessment(db: Db, assessment: Assessment): Promise<ReportAssessment> {
  const { set, round, weighting } = assessment
  const tasks = round ? await scoring.tasks(db, round.id) : []
  const offices = new Map((await scoring.assessors(db)).map((each) => [each.id, each.office]))
  const stored = round ? await storedRatings(db, round.id) : []
  const proposals = [assessment.ranked, assessment.incomplete, assessment.aside].flat()
  const recusals = round ? await scoring.recusals(db, round.id) : []
  const duties = dutiesOf({ assessors: tasks, proposals, recusals })
  return {
    set: set ? { name: set.name, origin: set.origin, state: set.state } : null,
    round: round
      ? { name: round.name, state: round.state, minimum: round.minimum, due: round.due }
      : null,
    weighting: weighting ? withoutIds(weighting) : null,
    criteria: assessment.criteria.map(criterionOf),
    assessors: assessment.assessors.map((each) => ({
      ...each,
      office: offices.get(each.id) ?? null,
    })),
    ratings: singles(assessment, duties, stored),
    standings: [
      ...assessment.ranked.map((each) => standingOf(each, 'ranked')),
      ...assessment.incomplete.map((each) => standingOf(each, 'incomplete')),
      ...assessment.aside.map((each) => standingOf(each, 'aside')),
    ],
  }
}

type Stored = {
  proposalId: number
  criterionId: number
  assessorId: number
  level: number
  note: string | null
}

function storedRatings(db: Db, roundId: number): Promise<Stored[]> {
  return owned(db, everything, 'rating')
    .select(['rating.proposalId', 'rating.criterionId', 'rating.assessorId', 'rating.level'])
    .select('rating.note')
    .where('rating.roundId', '=', roundId)
    .execute()
}

/**
 * Every single rating, proposal by proposal in the order of the assessment and criterion by
 * criterion: first those that count (so that they stand as one block), the computed level once for
 * each assessor it stands in for; then those that do not, with the reason.
 */
function singles(
  assessment: Assessment,
  duties: Duties,
  stored: readonly Stored[],
): ReportRating[] {
  const byCell = grouped(stored, (rating) => `${rating.proposalId} ${rating.criterionId}`)
  const all = [assessment.ranked, assessment.incomplete, assessment.aside].flat()
  return all.flatMap((proposal) => {
    const tasks = assessment.assessors.map(({ id }) => ({ id, of: duties(id, proposal.id) }))
    return assessment.criteria.flatMap((criterion, at) => {
      const given = byCell.get(`${proposal.id} ${criterion.id}`) ?? []
      const rates = tasks.filter((task) => task.of.includes(criterion.id))
      return singlesOf(proposal, criterion, at, rates, proposal.inRound ? given : [])
    })
  })
}

function singlesOf(
  proposal: Assessed,
  criterion: AssessedCriterion,
  at: number,
  rates: readonly { id: number }[],
  given: readonly Stored[],
): ReportRating[] {
  const excused = new Map(proposal.evaluation.excused.map((each) => [each.assessorId, each]))
  const derivedLevel = proposal.evaluation.criteria[at]?.derivedLevel
  const base = { proposalId: proposal.id, criterionId: criterion.id }
  const valueAt = (level: number) =>
    criterion.levels.find((each) => each.level === level)?.value ?? 0

  const counting = rates.flatMap(({ id }): ReportRating[] => {
    const own = given.find((rating) => rating.assessorId === id)
    const level = own?.level ?? derivedLevel
    if (level === undefined) return []
    const shared = { ...base, assessorId: id, level, value: valueAt(level), ignored: null }
    return [{ ...shared, derived: own === undefined, note: own?.note ?? null }]
  })
  const counted = new Set(counting.map((each) => each.assessorId))
  const ignored = given
    .filter((rating) => !counted.has(rating.assessorId))
    .map((rating): ReportRating => {
      const excuse = excused.get(rating.assessorId)
      const why = excuse ? (excuse.own ? 'own' : 'excused') : 'unassigned'
      const { assessorId, level, note } = rating
      const value = valueAt(level)
      return { ...base, assessorId, level, value, derived: false, note, ignored: why }
    })
  return [...counting, ...ignored]
}

function standingOf(each: Assessed, group: ReportStanding['group']): ReportStanding {
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
      lists.checkName.map((name) => [name, checkOf(each.checks[name])]),
    ) as ReportStanding['checks'],
  }
}

function checkOf(check: Check): ReportCheck {
  return { result: check.result, key: check.key, params: check.params, note: check.note ?? null }
}

function criterionOf(criterion: AssessedCriterion): ReportCriterion {
  const { id, code, name, shortName, question, derived, weight, levels } = criterion
  return { id, code, name, shortName, question, derived, weight, levels }
}

function withoutIds(weighting: scoring.Weighting): ReportAssessment['weighting'] {
  const { name, method, state, adoptedOn, adoptedBy, office, document } = weighting
  return { name, method, state, adoptedOn, adoptedBy, office, document }
}
