import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything } from '../domain/access.ts'
import type { Code } from '../domain/words.ts'

/** A proposal that is past its draft, as the ranking needs it. */
export async function proposals(db: Db) {
  return owned(db, everything, 'proposal')
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .leftJoin('opdDuty', 'opdDuty.id', 'proposal.dutyId')
    .leftJoin('proposal as target', 'target.id', 'proposal.mergedIntoId')
    .select([
      'proposal.id',
      'proposal.number',
      'proposal.title',
      'proposal.opdId',
      'opd.name as opd',
      'opd.shortName as opdShort',
      'proposal.state',
      'proposal.stateNote',
      'proposal.reviewResult',
      'proposal.example',
      'proposal.way',
      'proposal.dutyText',
      'proposal.costUnknown',
      'proposal.costLow',
      'proposal.costHigh',
      'proposal.runningCost',
      'proposal.submittedAt',
      'proposal.mergedIntoId',
      'target.number as mergedInto',
      'opdDuty.text as duty',
      'opdDuty.verified as dutyVerified',
      'opdDuty.legalBasis as dutyBasis',
    ])
    .where('proposal.state', '<>', 'draft')
    .orderBy('proposal.number')
    .orderBy('proposal.id')
    .execute()
}
export type ProposalFacts = Awaited<ReturnType<typeof proposals>>[number]

/** The platforms of every proposal. */
export function platforms(db: Db): Promise<{ proposalId: number; code: string }[]> {
  return owned(db, everything, 'proposalChoice')
    .select(['proposalChoice.proposalId', 'proposalChoice.code'])
    .where('proposalChoice.list', '=', 'platforms')
    .execute()
}

/** The further OPD of every proposal: they see it as their own. */
export function furtherOpds(db: Db): Promise<{ proposalId: number; opdId: number }[]> {
  return owned(db, everything, 'proposalOpd')
    .select(['proposalOpd.proposalId', 'proposalOpd.opdId'])
    .execute()
}

/** The locations of use that proposals name. */
export function locationsOfUse(db: Db): Promise<{ proposalId: number; locationId: number }[]> {
  return owned(db, everything, 'proposalLocation')
    .select(['proposalLocation.proposalId', 'proposalLocation.locationId'])
    .orderBy('proposalLocation.locationId')
    .execute()
}

/** What people settled about the checks. */
export function checkAnswers(db: Db) {
  return owned(db, everything, 'checkAnswer')
    .select([
      'checkAnswer.proposalId',
      'checkAnswer.check',
      'checkAnswer.result',
      'checkAnswer.note',
      'checkAnswer.settledBy',
      'checkAnswer.settledOn',
    ])
    .execute()
}

/** A decision as it is shown beside the computed rank. */
export type Decision = {
  id: number
  proposalId: number
  outcome: Code<'outcome'>
  level: Code<'decisionLevel'>
  phaseId: number | null
  phase: string | null
  phaseFrom: number | null
  place: number | null
  national: string | null
  redirectTo: string | null
  decidedBy: string | null
  office: string
  holdsAs: string
  decidedOn: string
  document: string | null
  reason: string
  lookAgainOn: string | null
  computedRank: number | null
  computedScore: number | null
  correctsId: number | null
  example: string | null
}

/** Every decision, with the name of its phase. */
export async function decisions(db: Db): Promise<Decision[]> {
  return owned(db, everything, 'decision')
    .leftJoin('phase', 'phase.id', 'decision.phaseId')
    .leftJoin('nationalApplication', 'nationalApplication.id', 'decision.nationalId')
    .select([
      'decision.id',
      'decision.proposalId',
      'decision.outcome',
      'decision.level',
      'decision.phaseId',
      'phase.name as phase',
      'phase.yearFrom as phaseFrom',
      'decision.place',
      'nationalApplication.name as national',
      'decision.redirectTo',
      'decision.decidedBy',
      'decision.office',
      'decision.holdsAs',
      'decision.decidedOn',
      'decision.document',
      'decision.reason',
      'decision.lookAgainOn',
      'decision.computedRank',
      'decision.computedScore',
      'decision.correctsId',
      'decision.example',
    ])
    .$narrowType<{ outcome: Code<'outcome'>; level: Code<'decisionLevel'> }>()
    .execute()
}
