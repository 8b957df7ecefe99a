type Query = Record<string, string | number | undefined>

/** Every URL of the program; views and handlers write none by hand. */
export const paths = {
  home: () => '/',
  health: () => '/health',
  setup: (token: string) => `/setup/${token}`,
  signIn: (next?: string) => withQuery('/sign-in', { next }),
  signOut: () => '/sign-out',
  password: () => '/password',
  invite: (token: string) => `/invite/${token}`,
  account: () => '/account',
  ownSessions: () => '/account/sessions',
  accounts: (query?: Query) => withQuery('/accounts', query),
  accountNew: () => '/accounts/new',
  accessLog: (query?: Query) => withQuery('/accounts/log', query),
  accountOf: (id: number) => `/accounts/${id}`,
  accountEdit: (id: number) => `/accounts/${id}/edit`,
  accountLink: (id: number) => `/accounts/${id}/link`,
  accountState: (id: number) => `/accounts/${id}/state`,
  accountSessions: (id: number) => `/accounts/${id}/sessions`,
  language: () => '/language',

  settings: () => '/settings',
  government: () => '/settings/government',
  signatories: () => '/settings/signatories',
  signatoryNew: () => '/settings/signatories/new',
  signatory: (id: number) => `/settings/signatories/${id}`,
  signatoryRemoval: (id: number) => `/settings/signatories/${id}/removal`,
  standards: () => '/settings/standards',
  exampleRemoval: () => '/settings/example/removal',

  opds: (query?: Query) => withQuery('/opd', query),
  opdNew: (query?: Query) => withQuery('/opd/new', query),
  opd: (id: number) => `/opd/${id}`,
  opdEdit: (id: number) => `/opd/${id}/edit`,
  opdRemoval: (id: number) => `/opd/${id}/removal`,
  duties: (opdId: number) => `/opd/${opdId}/duties`,
  duty: (opdId: number, id: number) => `/opd/${opdId}/duties/${id}`,
  dutyRemoval: (opdId: number, id: number) => `/opd/${opdId}/duties/${id}/removal`,
  opdAnswers: (opdId: number) => `/opd/${opdId}/answers`,
  opdAnswerRemoval: (opdId: number) => `/opd/${opdId}/answers/removal`,
  people: (opdId: number) => `/opd/${opdId}/people`,
  peopleNew: (opdId: number, query?: Query) => withQuery(`/opd/${opdId}/people/new`, query),
  peopleDay: (opdId: number, id: number) => `/opd/${opdId}/people/${id}`,
  peopleRemoval: (opdId: number, id: number) => `/opd/${opdId}/people/${id}/removal`,
  locationNew: (opdId: number, query?: Query) => withQuery(`/opd/${opdId}/locations/new`, query),
  locations: (opdId: number) => `/opd/${opdId}/locations`,
  location: (id: number, query?: Query) => withQuery(`/locations/${id}`, query),
  locationEdit: (id: number) => `/locations/${id}/edit`,
  locationRemoval: (id: number) => `/locations/${id}/removal`,

  inventory: (query?: Query) => withQuery('/inventory', query),
  internetNew: (locationId: number, query?: Query) =>
    withQuery(`/locations/${locationId}/internet/new`, query),
  internets: (locationId: number) => `/locations/${locationId}/internet`,
  internet: (locationId: number, id: number) => `/locations/${locationId}/internet/${id}`,
  internetRemoval: (locationId: number, id: number) =>
    `/locations/${locationId}/internet/${id}/removal`,
  budgets: (opdId: number) => `/opd/${opdId}/budgets`,
  budgetNew: (opdId: number, query?: Query) => withQuery(`/opd/${opdId}/budgets/new`, query),
  budget: (opdId: number, id: number) => `/opd/${opdId}/budgets/${id}`,
  budgetRemoval: (opdId: number, id: number) => `/opd/${opdId}/budgets/${id}/removal`,
  devicesNew: (locationId: number, query?: Query) =>
    withQuery(`/locations/${locationId}/devices/new`, query),
  devices: (locationId: number) => `/locations/${locationId}/devices`,
  deviceSurvey: (locationId: number, id: number) => `/locations/${locationId}/devices/${id}`,
  deviceRemoval: (locationId: number, id: number) =>
    `/locations/${locationId}/devices/${id}/removal`,

  sessions: (query?: Query) => withQuery('/fgd', query),
  sessionNew: () => '/fgd/new',
  session: (id: number, query?: Query) => withQuery(`/fgd/${id}`, query),
  sessionEdit: (id: number) => `/fgd/${id}/edit`,
  sessionState: (id: number, query?: Query) => withQuery(`/fgd/${id}/state`, query),
  sessionRemoval: (id: number) => `/fgd/${id}/removal`,
  sessionInvited: (id: number) => `/fgd/${id}/invited`,
  sessionItems: (id: number) => `/fgd/${id}/items`,
  sessionItem: (id: number, itemId: number) => `/fgd/${id}/items/${itemId}`,
  sessionItemOrder: (id: number, itemId: number) => `/fgd/${id}/items/${itemId}/order`,
  sessionItemRemoval: (id: number, itemId: number) => `/fgd/${id}/items/${itemId}/removal`,
  attendances: (id: number) => `/fgd/${id}/attendance`,
  attendance: (id: number, personId: number) => `/fgd/${id}/attendance/${personId}`,
  attendanceRemoval: (id: number, personId: number) => `/fgd/${id}/attendance/${personId}/removal`,
  minutes: (id: number) => `/fgd/${id}/minutes`,
  minute: (id: number, minuteId: number) => `/fgd/${id}/minutes/${minuteId}`,
  minuteRemoval: (id: number, minuteId: number) => `/fgd/${id}/minutes/${minuteId}/removal`,
  needs: (query?: Query) => withQuery('/needs', query),
  needNew: (query?: Query) => withQuery('/needs/new', query),
  need: (id: number) => `/needs/${id}`,
  needEdit: (id: number, query?: Query) => withQuery(`/needs/${id}/edit`, query),
  needRemoval: (id: number) => `/needs/${id}/removal`,

  applications: (query?: Query) => withQuery('/applications', query),
  applicationNew: (query?: Query) => withQuery('/applications/new', query),
  application: (id: number) => `/applications/${id}`,
  applicationEdit: (id: number, query?: Query) => withQuery(`/applications/${id}/edit`, query),
  applicationRemoval: (id: number) => `/applications/${id}/removal`,
  nationals: (query?: Query) => withQuery('/applications/national', query),
  nationalNew: () => '/applications/national/new',
  national: (id: number) => `/applications/national/${id}`,
  nationalRemoval: (id: number) => `/applications/national/${id}/removal`,

  followUps: (id: number) => `/fgd/${id}/follow-ups`,
  followUp: (id: number, followUpId: number) => `/fgd/${id}/follow-ups/${followUpId}`,
  followUpProgress: (id: number, followUpId: number) =>
    `/fgd/${id}/follow-ups/${followUpId}/progress`,
  followUpRemoval: (id: number, followUpId: number) =>
    `/fgd/${id}/follow-ups/${followUpId}/removal`,

  proposals: (query?: Query) => withQuery('/proposals', query),
  proposalNew: (query?: Query) => withQuery('/proposals/new', query),
  proposal: (id: number) => `/proposals/${id}`,
  proposalEdit: (id: number) => `/proposals/${id}/edit`,
  proposalRemoval: (id: number) => `/proposals/${id}/removal`,
  proposalState: (id: number) => `/proposals/${id}/state`,
  proposalCheck: (id: number) => `/proposals/${id}/checks`,

  scoring: () => '/scoring',
  criterionSets: () => '/scoring/sets',
  criterionSetNew: (query?: Query) => withQuery('/scoring/sets/new', query),
  criterionSetPreset: () => '/scoring/sets/preset',
  criterionSet: (id: number) => `/scoring/sets/${id}`,
  criterionSetEdit: (id: number) => `/scoring/sets/${id}/edit`,
  criterionSetRemoval: (id: number) => `/scoring/sets/${id}/removal`,
  criterionSetFreezing: (id: number) => `/scoring/sets/${id}/freezing`,
  criterionSetInForce: (id: number) => `/scoring/sets/${id}/in-force`,
  criterionNew: (setId: number) => `/scoring/sets/${setId}/criteria/new`,
  criteria: (setId: number) => `/scoring/sets/${setId}/criteria`,
  criterion: (setId: number, id: number) => `/scoring/sets/${setId}/criteria/${id}`,
  criterionRemoval: (setId: number, id: number) => `/scoring/sets/${setId}/criteria/${id}/removal`,
  criterionOrder: (setId: number, id: number) => `/scoring/sets/${setId}/criteria/${id}/order`,
  weightings: (setId: number) => `/scoring/sets/${setId}/weightings`,
  weightingNew: (setId: number, query?: Query) =>
    withQuery(`/scoring/sets/${setId}/weightings/new`, query),
  weighting: (id: number) => `/scoring/weightings/${id}`,
  weightingEdit: (id: number) => `/scoring/weightings/${id}/edit`,
  weightingRemoval: (id: number) => `/scoring/weightings/${id}/removal`,
  weightingAdoption: (id: number) => `/scoring/weightings/${id}/adoption`,
  weightingInForce: (id: number) => `/scoring/weightings/${id}/in-force`,
  weightingComparison: (query?: Query) => withQuery('/scoring/weightings/compare', query),
  assessors: () => '/scoring/assessors',
  assessor: (id: number) => `/scoring/assessors/${id}`,
  assessorRemoval: (id: number) => `/scoring/assessors/${id}/removal`,
  rounds: () => '/scoring/rounds',
  roundNew: (query?: Query) => withQuery('/scoring/rounds/new', query),
  round: (id: number) => `/scoring/rounds/${id}`,
  roundEdit: (id: number) => `/scoring/rounds/${id}/edit`,
  roundState: (id: number, query?: Query) => withQuery(`/scoring/rounds/${id}/state`, query),
  roundInForce: (id: number) => `/scoring/rounds/${id}/in-force`,
  roundRemoval: (id: number) => `/scoring/rounds/${id}/removal`,
  roundProposals: (id: number) => `/scoring/rounds/${id}/proposals`,
  ratingGrid: (roundId: number, assessorId: number, query?: Query) =>
    withQuery(`/scoring/rounds/${roundId}/ratings/${assessorId}`, query),
  ratingSheet: (roundId: number, assessorId: number) =>
    `/scoring/rounds/${roundId}/sheets/${assessorId}`,
  recusals: (roundId: number) => `/scoring/rounds/${roundId}/recusals`,
  recusalRemoval: (roundId: number, id: number) =>
    `/scoring/rounds/${roundId}/recusals/${id}/removal`,

  ranking: (query?: Query) => withQuery('/ranking', query),
  decisions: (query?: Query) => withQuery('/decisions', query),
  decisionNew: (query?: Query) => withQuery('/decisions/new', query),
  decision: (id: number) => `/decisions/${id}`,
  roadmap: () => '/roadmap',
  phases: () => '/roadmap/phases',
  phaseNew: () => '/roadmap/phases/new',
  phase: (id: number) => `/roadmap/phases/${id}`,
  phaseRemoval: (id: number) => `/roadmap/phases/${id}/removal`,
  phaseMove: (id: number) => `/roadmap/phases/${id}/move`,

  report: () => '/report',
  reportFile: () => '/report/grand-design.xlsx',
}

/** Adds a query, leaving out what is undefined or empty. */
export function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  if (given.length === 0) return path
  return `${path}?${new URLSearchParams(Object.fromEntries(given.map(([key, value]) => [key, String(value)])))}`
}

/** A path of our own to go on to, or `fallback`: never another host, scheme or a control character. */
export function ownPath(next: unknown, fallback: string): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next)) return fallback
  return next.includes('\\') ? fallback : next
}
  histories: (query?: Query) => withQuery('/history', query),
  history: (entity: string, id: number, query?: Query) =>
    withQuery(`/history/${entity}/${id}`, query),
  historyEvent: (id: number, query?: Query) => withQuery(`/history/events/${id}`, query),
  removals: (query?: Query) => withQuery('/history/removed', query),
  removedRecord: (eventId: number) => `/history/removed/${eventId}`,

