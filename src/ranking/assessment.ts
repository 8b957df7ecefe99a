import type { Check, CheckName } from '../domain/checks.ts'
import type { Evaluation } from '../domain/evaluation.ts'
import type { Readiness } from '../domain/readiness.ts'
import type { Code } from '../domain/words.ts'
import type * as inventory from '../inventory/queries.ts'
import type * as scoring from '../scoring/queries.ts'
import type * as ranking from './queries.ts'

/** A criterion of the set; `weight` is its share of 1. */
export type AssessedCriterion = Omit<scoring.SetCriterion, 'weight'> & { weight: number }

/** A location of use: named by the proposal, or the head office where it names none. */
export type UseLocation = { id: number; name: string; known: inventory.ReadinessInput }

export type ProposalReadiness = Readiness & {
  /** The day of the newest record it rests on. */
  asOf: string | null
}

/** A proposal with all that is computed about it. */
export type Assessed = Pick<
  ranking.ProposalFacts,
  | 'id'
  | 'number'
  | 'title'
  | 'opdId'
  | 'opd'
  | 'opdShort'
  | 'stateNote'
  | 'reviewResult'
  | 'reviewWay'
  | 'example'
  | 'costLow'
  | 'costHigh'
  | 'runningCost'
  | 'submittedAt'
  | 'mergedIntoId'
  | 'mergedInto'
> & {
  state: Code<'proposalState'>
  way: Code<'way'> | null
  platforms: Code<'platform'>[]
  costUnknown: boolean
  /** Lead and further OPD: whose proposal it is. */
  opdIds: number[]
  /** Takes part in the round. */
  inRound: boolean
  evaluation: Evaluation
  /** Of the inventory now; a closed round counts what was written into it. */
  readiness: ProposalReadiness
  locationsOfUse: UseLocation[]
  checks: Record<CheckName, Check>
  /** The decision in force. */
  decision?: ranking.Decision
  /** 0 to 100, of complete and provisional ones. */
  score?: number
  /** Points by criterion, in the order of `criteria`. */
  contributions?: number[]
  /** Among all that are ranked, whoever asks. */
  rank?: number
}

export type Assessment = {
  set?: scoring.CriterionSet
  weighting?: scoring.Weighting
  round?: scoring.Round
  criteria: AssessedCriterion[]
  /** Who rates in the round, by name; who replaces somebody after them. */
  assessors: { id: number; name: string }[]
  /** Complete ones in order. */
  ranked: Assessed[]
  /** Would be ranked, but ratings are missing; nearest to complete first. */
  incomplete: Assessed[]
  /** Merged, withdrawn, returned, redirected, declined. */
  aside: Assessed[]
  /** How many are ranked in all, whoever asks: "7 of 42". */
  total: number
}
