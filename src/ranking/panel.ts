import type { Db } from '../db/schema.ts'
import { type Actor, can, scopeOf } from '../domain/access.ts'
import { adviceOf, type PatternAdvice } from '../domain/yogyakarta.ts'
import * as raters from '../scoring/raters.ts'
import { assess, scoreOf } from './assess.ts'
import type { Assessed, Assessment } from './assessment.ts'
import { sayReadiness, unrecordedFacts } from './say.ts'

/** What `views/ranking/score.eta` shows of one proposal. */
export type ScorePanel = {
  assessed: Assessed
  assessment: Pick<Assessment, 'criteria' | 'assessors' | 'round' | 'total'>
  /** Who gave what; undefined for readers who may not see it. */
  named: raters.NamedRating[] | undefined
  /** What the pattern of the set advises for the score, where it follows one. */
  advice: PatternAdvice | undefined
  sayReadiness: typeof sayReadiness
  /** What readiness lacks, by location and form. */
  unrecorded: ReturnType<typeof unrecordedFacts>
}

/**
 * The score of a proposal for a reader; undefined for a draft, for readers without the ranking, and
 * where there is no criteria set.
 */
export async function scorePanel(
  db: Db,
  actor: Actor,
  proposalId: number,
): Promise<ScorePanel | undefined> {
  if (!can(actor, 'ranking.view')) return undefined
  const scope = scopeOf(actor)
  const assessment = await assess(db, scope)
  const assessed = scoreOf(assessment, proposalId)
  if (!assessed || assessment.criteria.length === 0) return undefined
  const { round } = assessment
  const named =
    round && can(actor, 'rating.named')
      ? await raters.namedRatings(db, scope, round.id, proposalId)
      : undefined
  const { score } = assessed
  const advice = score === undefined ? undefined : adviceOf(assessment.set?.pattern ?? null, score)
  const unrecorded = unrecordedFacts(assessed.readiness, assessed.locationsOfUse)
  return { assessed, assessment, named, advice, sayReadiness, unrecorded }
}
