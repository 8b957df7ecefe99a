import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything, type Scope } from '../domain/access.ts'
import { type HistoryField, historyOf } from '../web/history.ts'
import type { Option, Proposal } from './queries.ts'

const fields: Record<string, HistoryField> = {
  state: { label: 'proposals.field.state', list: 'proposalState' },
  stateNote: { label: 'proposals.field.stateNote' },
  reviewResult: { label: 'proposals.field.reviewResult', list: 'reviewResult' },
  reviewNote: { label: 'proposals.field.reviewNote' },
  number: { label: 'proposals.field.number' },
  title: { label: 'proposals.field.title' },
  problem: { label: 'proposals.field.problem' },
  purpose: { label: 'proposals.field.purpose' },
  dutyText: { label: 'proposals.field.dutyText' },
  rpjmd: { label: 'proposals.field.rpjmd' },
  users: { label: 'proposals.field.users', list: 'users' },
  platforms: { label: 'proposals.field.platforms', list: 'platform' },
  form: { label: 'proposals.field.form', list: 'form' },
  natures: { label: 'proposals.field.natures', list: 'natureShort' },
  expectedUsers: { label: 'proposals.field.expectedUsers', kind: 'number' },
  dataReady: { label: 'proposals.field.dataReady', list: 'dataReady' },
  dataNote: { label: 'proposals.field.dataNote' },
  integration: { label: 'proposals.field.integration' },
  way: { label: 'proposals.field.way', list: 'way' },
  wayNote: { label: 'proposals.field.wayNote' },
  costUnknown: { label: 'proposals.costUnknown', kind: 'flag' },
  costLow: { label: 'proposals.field.costLow', kind: 'money' },
  costHigh: { label: 'proposals.field.costHigh', kind: 'money' },
  runningCost: { label: 'proposals.field.runningCost', kind: 'money' },
  costBasis: { label: 'proposals.field.costBasis', list: 'costBasis' },
  commitment: { label: 'proposals.field.commitment', list: 'commitment' },
  budgetPaper: { label: 'proposals.field.budgetPaper', list: 'budgetPaper' },
  fund: { label: 'proposals.field.fund', list: 'fund' },
  yearWanted: { label: 'proposals.field.yearWanted' },
  contactName: { label: 'proposals.field.contactName' },
  contactTitle: { label: 'proposals.field.contactTitle' },
  contactPhone: { label: 'proposals.field.contactPhone' },
  cameBy: { label: 'proposals.field.cameBy', list: 'cameBy' },
  letterNo: { label: 'proposals.field.letterNo' },
  letterOn: { label: 'proposals.field.letterOn', kind: 'day' },
}

/** What happened to a proposal, its settled checks and its decisions. */
export async function historyOfProposal(
  db: Db,
  scope: Scope,
  proposal: Proposal,
  choices: { duties: Option[]; locations: Option[]; nationals: Option[] },
) {
  const names = (options: Option[]) => new Map(options.map(({ value, label }) => [value, label]))
  const ids = async (table: 'checkAnswer' | 'decision') => {
    const rows = await owned(db, everything, table)
      .select(`${table}.id`)
      .where(`${table}.proposalId`, '=', proposal.id)
      .execute()
    return rows.map((row) => row.id)
  }
  return historyOf(db, scope, [
    {
      entity: 'proposal',
      ids: [proposal.id],
      fields: {
        ...fields,
        dutyId: { label: 'proposals.field.dutyId', names: names(choices.duties) },
        locations: { label: 'proposals.field.locations', names: names(choices.locations) },
        wayNationalId: {
          label: 'proposals.field.wayNationalId',
          names: names(choices.nationals),
        },
      },
    },
    {
      entity: 'checkAnswer',
      ids: await ids('checkAnswer'),
      name: 'proposals.history.check',
      fields: {
        check: { label: 'proposals.checks', list: 'checkName' },
        result: { label: 'proposals.field.result', list: 'checkResult' },
        note: { label: 'proposals.field.note' },
      },
    },
    {
      entity: 'decision',
      ids: await ids('decision'),
      name: 'proposals.history.decision',
      fields: {
        outcome: { label: 'proposals.decision', list: 'outcome' },
        office: { label: 'proposals.decision.by' },
        decidedOn: { label: 'proposals.decision.on', kind: 'day' },
        reason: { label: 'proposals.decision.reason' },
      },
    },
  ])
}
