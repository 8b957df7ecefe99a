/**
 * Records whose history is told on the page of another: by the column that points to it. A member
 * without a column belongs there as a whole table.
 */
const families: Record<string, Record<string, string | null>> = {
  account: { accessLink: 'accountId' },
  opd: {
    opdAlias: 'opdId',
    opdDuty: 'opdId',
    opdPeople: 'opdId',
    opdAnswer: 'opdId',
    opdBudget: 'opdId',
    opdConfirmation: 'opdId',
  },
  location: { internetAccess: 'locationId', deviceSurvey: 'locationId' },
  fgdSession: {
    sessionItem: 'fgdSessionId',
    attendance: 'fgdSessionId',
    minute: 'fgdSessionId',
    followUp: 'fgdSessionId',
    sessionRecord: 'fgdSessionId',
  },
  proposal: { checkAnswer: 'proposalId', decision: 'proposalId', placement: 'proposalId' },
  criterionSet: { criterion: 'setId', weighting: 'setId' },
  round: { recusal: 'roundId', rating: 'roundId' },
  government: { signatory: null },
}

export function membersOf(entity: string): [entity: string, column: string | null][] {
  return Object.entries(families[entity] ?? {})
}
