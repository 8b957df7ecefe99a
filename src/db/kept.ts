import type { Tables } from './schema.ts'

/** The tables that only `write.ts` changes: every change of a row leaves an event. */
export type KeptTable = {
  [T in keyof Tables]: Tables[T] extends { uid: string; version: unknown } ? T : never
}[keyof Tables]

/** The append-only tables that leave an event: a row is never changed, only followed by another. */
export type AppendTable =
  | 'decision'
  | 'opdConfirmation'
  | 'sessionRecord'
  | 'placement'
  | 'publication'

/** A field that takes several answers, kept as child rows and told in the history as one field. */
export type ListField = {
  table: keyof Tables
  parent: string
  /** One column: the field is a list of its values. Several: a list of objects with them. */
  columns: readonly [string, ...string[]]
  fixed?: Record<string, string | number>
}

const choice = (list: string, table: 'proposalChoice' | 'applicationChoice', parent: string) => ({
  table,
  parent,
  columns: ['code'] as const,
  fixed: { list },
})
const ofProposal = (list: string) => choice(list, 'proposalChoice', 'proposalId')
const ofApplication = (list: string) => choice(list, 'applicationChoice', 'applicationId')

/** Every list field, by the kept table it belongs to. */
export const listFields: { [T in KeptTable]?: Record<string, ListField> } = {
  account: { roles: { table: 'accountRole', parent: 'accountId', columns: ['role', 'opdId'] } },
  opd: {
    affairs: { table: 'opdAffair', parent: 'opdId', columns: ['affairCode'] },
    successors: { table: 'opdSuccessor', parent: 'opdId', columns: ['successorId'] },
  },
  deviceSurvey: {
    counts: {
      table: 'deviceCount',
      parent: 'surveyId',
      columns: ['type', 'good', 'minor', 'major', 'oldestYear', 'newestYear'],
    },
  },
  fgdSession: {
    invited: {
      table: 'sessionOpd',
      parent: 'fgdSessionId',
      columns: ['opdId'],
      fixed: { invited: 1 },
    },
  },
  proposal: {
    users: ofProposal('users'),
    platforms: ofProposal('platforms'),
    natures: ofProposal('natures'),
    locations: { table: 'proposalLocation', parent: 'proposalId', columns: ['locationId'] },
    further: { table: 'proposalOpd', parent: 'proposalId', columns: ['opdId', 'part'] },
    requires: { table: 'proposalRequires', parent: 'proposalId', columns: ['requiredId'] },
    costs: { table: 'proposalCost', parent: 'proposalId', columns: ['year', 'amount'] },
  },
  application: {
    users: ofApplication('users'),
    platforms: ofApplication('platforms'),
    userOpds: { table: 'applicationOpd', parent: 'applicationId', columns: ['opdId'] },
    integrations: {
      table: 'integration',
      parent: 'applicationId',
      columns: ['withApplicationId', 'withNationalId', 'withName'],
    },
  },
  infrastructureNeed: {
    proposals: { table: 'needProposal', parent: 'needId', columns: ['proposalId'] },
  },
  criterion: {
    levels: {
      table: 'criterionLevel',
      parent: 'criterionId',
      columns: ['level', 'value', 'anchor'],
    },
  },
  weighting: {
    weights: { table: 'weight', parent: 'weightingId', columns: ['criterionId', 'value'] },
  },
  round: {
    proposals: { table: 'roundProposal', parent: 'roundId', columns: ['proposalId'] },
    tasks: {
      table: 'roundAssessor',
      parent: 'roundId',
      columns: ['assessorId', 'criterionId'],
    },
  },
}

/** Which OPD a row belongs to, told by a column of its own or by the row above it. */
const ownerPath: { [T in KeptTable | AppendTable]?: { column: string; above?: KeptTable } } = {
  opd: { column: 'id' },
  opdAlias: { column: 'opdId' },
  opdDuty: { column: 'opdId' },
  opdPeople: { column: 'opdId' },
  opdAnswer: { column: 'opdId' },
  opdConfirmation: { column: 'opdId' },
  location: { column: 'opdId' },
  internetAccess: { column: 'locationId', above: 'location' },
  deviceSurvey: { column: 'locationId', above: 'location' },
  opdBudget: { column: 'opdId' },
  infrastructureNeed: { column: 'opdId' },
  application: { column: 'opdId' },
  proposal: { column: 'opdId' },
  checkAnswer: { column: 'proposalId', above: 'proposal' },
  decision: { column: 'proposalId', above: 'proposal' },
  placement: { column: 'proposalId', above: 'proposal' },
}

export function ownerPathOf(table: KeptTable | AppendTable) {
  return ownerPath[table]
}

/** Secrets that the history may tell were changed, but never their value. */
export const secretFields: readonly string[] = ['passwordHash', 'tokenHash']
