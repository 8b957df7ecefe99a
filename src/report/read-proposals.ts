import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import * as decisions from '../decisions/queries.ts'
import { everything } from '../domain/access.ts'
import { grouped } from '../domain/grouping.ts'
import type { Code } from '../domain/words.ts'
import type { ReportDecision, ReportNational, ReportProposal } from './data.ts'

/** The proposals that were handed in, by number, each with the decision in force. */
export async function readProposals(
  db: Db,
): Promise<{ handedIn: ReportProposal[]; drafts: number; nationals: ReportNational[] }> {
  const nationals = await db
    .selectFrom('nationalApplication')
    .select(['id', 'name', 'function', 'owner', 'class', 'source', 'verifiedOn', 'example'])
    .orderBy('nameKey')
    .execute()
  const nationalName = new Map(nationals.map((each) => [each.id, each.name]))
  const rows = await selectProposals(db)
  const { drafts } = await owned(db, everything, 'proposal')
    .where('proposal.state', '=', 'draft')
    .select((eb) => eb.fn.countAll<number>().as('drafts'))
    .executeTakeFirstOrThrow()
  const choicesOf = byProposal(
    await owned(db, everything, 'proposalChoice')
      .select(['proposalChoice.proposalId', 'proposalChoice.list', 'proposalChoice.code'])
      .execute(),
  )
  const locationsOf = byProposal(
    await owned(db, everything, 'proposalLocation')
      .select(['proposalLocation.proposalId', 'proposalLocation.locationId'])
      .orderBy('proposalLocation.locationId')
      .execute(),
  )
  const furtherOf = byProposal(
    await owned(db, everything, 'proposalOpd')
      .select(['proposalOpd.proposalId', 'proposalOpd.opdId', 'proposalOpd.part'])
      .orderBy('proposalOpd.opdId')
      .execute(),
  )
  const requiredOf = byProposal(
    await owned(db, everything, 'proposalRequires')
      .select(['proposalRequires.proposalId', 'proposalRequires.requiredId'])
      .orderBy('proposalRequires.requiredId')
      .execute(),
  )
  const costsOf = byProposal(
    await owned(db, everything, 'proposalCost')
      .select(['proposalCost.proposalId', 'proposalCost.year', 'proposalCost.amount'])
      .orderBy('proposalCost.year')
      .execute(),
  )
  const inForce = await decisions.inForce(db, everything)

  const handedIn = rows.map((row): ReportProposal => {
    const { dutyTyped, dutyItem, dutyVerified, number, wayNationalId, ...rest } = row
    const chosen = (list: string) =>
      (choicesOf.get(row.id) ?? []).filter((each) => each.list === list).map((each) => each.code)
    const decision = inForce.get(row.id)
    const duty = dutyItem ?? dutyTyped
    return {
      ...rest,
      number: number ?? '',
      way: row.way as Code<'way'> | null,
      state: row.state as Code<'proposalState'>,
      wayNational: wayNationalId === null ? null : (nationalName.get(wayNationalId) ?? null),
      duty: duty ? { text: duty, verified: dutyVerified === 1 } : null,
      users: chosen('users'),
      platforms: chosen('platforms'),
      natures: chosen('natures'),
      locationIds: (locationsOf.get(row.id) ?? []).map((each) => each.locationId),
      further: (furtherOf.get(row.id) ?? []).map(({ opdId, part }) => ({ opdId, part })),
      requiredIds: (requiredOf.get(row.id) ?? []).map((each) => each.requiredId),
      costs: (costsOf.get(row.id) ?? []).map(({ year, amount }) => ({ year, amount })),
      decision: decision ? inReport(decision) : null,
    }
  })
  return { handedIn, drafts, nationals }
}

function selectProposals(db: Db) {
  return owned(db, everything, 'proposal')
    .leftJoin('opdDuty', 'opdDuty.id', 'proposal.dutyId')
    .select(['proposal.id', 'proposal.number', 'proposal.opdId', 'proposal.title'])
    .select(['proposal.fgdSessionId as sessionId', 'proposal.cameBy', 'proposal.letterNo'])
    .select(['proposal.letterOn', 'proposal.problem', 'proposal.purpose', 'proposal.rpjmd'])
    .select(['proposal.dutyText as dutyTyped', 'opdDuty.text as dutyItem'])
    .select(['opdDuty.verified as dutyVerified', 'proposal.form', 'proposal.expectedUsers'])
    .select(['proposal.dataReady', 'proposal.dataNote', 'proposal.integration', 'proposal.way'])
    .select(['proposal.wayNationalId', 'proposal.wayApplicationId', 'proposal.wayNote'])
    .select('proposal.costUnknown')
    .select(['proposal.costLow', 'proposal.costHigh', 'proposal.runningCost'])
    .select(['proposal.costBasis', 'proposal.commitment', 'proposal.budgetPaper'])
    .select(['proposal.fund', 'proposal.yearWanted', 'proposal.contactName'])
    .select(['proposal.contactTitle', 'proposal.state', 'proposal.stateNote'])
    .select(['proposal.reviewResult', 'proposal.reviewNote', 'proposal.reviewWay'])
    .select('proposal.mergedIntoId')
    .select(['proposal.submittedAt', 'proposal.example'])
    .where('proposal.state', '<>', 'draft')
    .orderBy('proposal.number')
    .orderBy('proposal.id')
    .execute()
}

function inReport(row: decisions.DecisionRow): ReportDecision {
  const { id, outcome, phaseId, place, national, target, level, decidedBy, office } = row
  const { holdsAs, decidedOn, document, reason, computedRank, computedScore, example } = row
  const { lookAgainOn, fgdSessionId } = row
  return {
    id,
    outcome,
    phaseId,
    place,
    national,
    redirectTo: national === null ? target : null,
    level,
    decidedBy,
    office,
    holdsAs,
    decidedOn,
    document,
    reason,
    computedRank,
    computedScore,
    lookAgainOn,
    sessionId: fgdSessionId,
    example,
  }
}

function byProposal<T extends { proposalId: number }>(rows: readonly T[]) {
  return grouped(rows, (row) => row.proposalId)
}
