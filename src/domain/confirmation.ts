/** One change of a record as the history keeps it: the field names are the keys of `changes`. */
export type DataEvent = { entity: string; entityId: number; changes: Record<string, unknown> }

/** Records whose fields an OPD answers for; ratings, decisions and links are not among them. */
const answered: readonly string[] = [
  'opd',
  'opdDuty',
  'opdPeople',
  'opdBudget',
  'opdAnswer',
  'location',
  'internetAccess',
  'deviceSurvey',
  'application',
  'infrastructureNeed',
  'proposal',
]

/** Fields that the program or the office fills in, by record where a name means something else elsewhere. */
const notAnswered: readonly string[] = [
  'nameKey',
  'titleKey',
  'opdId',
  'locationId',
  'fgdSessionId',
  'source',
  'sourceCode',
]
const ofTheOffice: Readonly<Record<string, readonly string[]>> = {
  proposal: [
    'number',
    'cameBy',
    'state',
    'stateAt',
    'stateNote',
    'submittedAt',
    'reviewResult',
    'reviewNote',
    'mergedIntoId',
  ],
  opdDuty: ['seq', 'verified'],
  infrastructureNeed: ['state'],
}

/** How many answers of an OPD these events changed; one that changed twice counts once. */
export function changedAnswers(events: readonly DataEvent[]): number {
  const changed = events
    .filter(({ entity }) => answered.includes(entity))
    .flatMap(({ entity, entityId, changes }) =>
      Object.keys(changes)
        .filter((field) => !notAnswered.includes(field))
        .filter((field) => !ofTheOffice[entity]?.includes(field))
        .map((field) => `${entity} ${entityId} ${field}`),
    )
  return new Set(changed).size
}
