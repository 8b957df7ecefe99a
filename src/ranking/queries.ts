import type { Db, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything } from '../domain/access.ts'
import type { Likened } from '../domain/likeness.ts'
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
      'proposal.titleKey',
      'proposal.opdId',
      'opd.name as opd',
      'opd.shortName as opdShort',
      'proposal.state',
      'proposal.stateNote',
      'proposal.reviewResult',
      'proposal.example',
      'proposal.way',
      'proposal.wayNationalId',
      'proposal.wayApplicationId',
      'proposal.reviewWay',
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

/** What people settled about the checks, of one proposal or of all, and what about. */
export function checkAnswers(db: Db | Tx, proposalId?: number) {
  const answers = owned(db, everything, 'checkAnswer')
    .leftJoin('opd', 'opd.id', 'checkAnswer.aboutOpdId')
    .leftJoin('nationalApplication as national', 'national.id', 'checkAnswer.aboutNationalId')
    .leftJoin('application', 'application.id', 'checkAnswer.aboutApplicationId')
    .leftJoin('proposal', 'proposal.id', 'checkAnswer.aboutProposalId')
    .select([
      'checkAnswer.id',
      'checkAnswer.version',
      'checkAnswer.proposalId',
      'checkAnswer.check',
      'checkAnswer.result',
      'checkAnswer.note',
      'checkAnswer.settledBy',
      'checkAnswer.settledOn',
      'checkAnswer.aboutOpdId',
      'checkAnswer.aboutNationalId',
      'checkAnswer.aboutApplicationId',
      'checkAnswer.aboutProposalId',
    ])
    .select(({ fn, ref }) => [
      fn
        .coalesce(
          ref('opd.name'),
          ref('national.name'),
          ref('application.name'),
          ref('proposal.title'),
        )
        .as('about'),
      fn.coalesce(ref('application.opdId'), ref('proposal.opdId')).as('aboutOwnerId'),
      'proposal.number as aboutNumber',
    ])
  return (
    proposalId === undefined ? answers : answers.where('checkAnswer.proposalId', '=', proposalId)
  ).execute()
}
export type CheckAnswer = Awaited<ReturnType<typeof checkAnswers>>[number]

/** The applications that a proposal may be like: all, or those it names or shares its name with. */
export function alikeApplications(db: Db, to?: Likened) {
  const all = owned(db, everything, 'application')
    .innerJoin('opd', 'opd.id', 'application.opdId')
    .select(['application.id', 'application.name as title', 'application.nameKey'])
    .select(['application.opdId', 'opd.name as opd'])
    .orderBy('application.id', 'desc')
  if (!to) return all.execute()
  return all
    .where((eb) =>
      eb.or([
        eb('application.id', '=', to.wayApplicationId ?? 0),
        eb('application.nameKey', '=', to.titleKey),
      ]),
    )
    .execute()
}

/** The proposals under one folded title that still stand for themselves. */
export function sameTitle(db: Db, titleKey: string) {
  return owned(db, everything, 'proposal')
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .select(['proposal.id', 'proposal.title', 'proposal.titleKey', 'proposal.opdId'])
    .select('opd.name as opd')
    .where('proposal.titleKey', '=', titleKey)
    .where('proposal.state', 'not in', ['draft', 'merged', 'withdrawn'])
    .orderBy('proposal.id')
    .execute()
}

export function nationals(db: Db) {
  return db
    .selectFrom('nationalApplication')
    .select(['id', 'name', 'nameKey', 'owner'])
    .orderBy('nameKey')
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
