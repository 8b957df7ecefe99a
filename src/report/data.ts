import type { Row } from '../db/schema.ts'
import type { PictureHead } from '../domain/picture.ts'
import type { Code } from '../domain/words.ts'

/** null = real, `*` = wholly an example, else the names of the fields that are. */
type Example = { example: string | null }

/** Sizes in pixels. */
export type ReportPicture = PictureHead & { bytes: Uint8Array }

export type ReportGovernment = {
  name: string
  officeName: string
  officeShort: string
  headTitle: string
  province: string | null
  capital: string | null
  address: string | null
  spbeTerm: string
  planTitle: string
  timeZone: string
  yearFrom: number
  yearTo: number
  legalBases: string | null
  paper: string
  emblem: ReportPicture | null
  signatories: {
    role: string
    name: string | null
    office: string
    holdsAs: string
    rank: string | null
  }[]
}

export type ReportOpd = Example & {
  id: number
  code: string
  name: string
  /** The OPD above it, when it is a unit. */
  parentId: number | null
  parent: string | null
  shortName: string | null
  kind: string
  headTitle: string | null
  headName: string | null
  contactName: string | null
  contactTitle: string | null
  validFrom: string | null
  validUntil: string | null
  /** Its last day lies before the day of the report. */
  ended: boolean
  /** The regulation by which it ended. */
  endedBy: string | null
  /** Names of the OPD that took over what it had. */
  successors: string[]
  note: string | null
  affairs: string[]
  /** Parts of which the OPD said, on that day, that it has none. */
  saysNone: { part: Code<'opdPart'>; asOf: string }[]
  /** How many of the parts that are asked of every OPD are answered; null once it has ended. */
  complete: { done: number; of: number } | null
  /** The newest word of the OPD that its data are right. */
  confirmed: { asOf: string; name: string; position: string; note: string | null } | null
}

/** A government affair there is to choose from, and the source it was compared with. */
export type ReportAffair = Pick<
  Row<'affair'>,
  'code' | 'name' | 'grouping' | 'source' | 'verifiedOn'
>

export type ReportDuty = Example & {
  opdId: number
  seq: number
  text: string
  legalBasis: string | null
  verified: number
}

/** The newest count of employees on or before the day of the report. */
export type ReportPeople = Example & {
  opdId: number
  asOf: string
  pns: number | null
  pppk: number | null
  other: number | null
  computerUsers: number | null
  ictStaff: number | null
  ictTrained: number | null
  sessionId: number | null
}

export type ReportLocation = Example & {
  id: number
  opdId: number
  name: string
  kind: string
  district: string | null
  address: string | null
  isHead: number
  computerUsers: number | null
  signal: string | null
  power: string | null
  powerOutHours: number | null
  serverRoom: number | null
  note: string | null
}

/** The newest state of one line of a location; speeds in kbps. */
export type ReportInternet = Example & {
  locationId: number
  line: number
  asOf: string
  available: Code<'internet'>
  provider: string | null
  service: string | null
  medium: string | null
  downKbps: number | null
  intranetKbps: number | null
  ownership: string | null
  costMonth: number | null
  fund: string | null
  lan: string | null
  wifi: string | null
  quality: string | null
  outageHours: number | null
  measuredOn: string | null
  measuredDownKbps: number | null
  measuredUpKbps: number | null
  latencyMs: number | null
  note: string | null
  sessionId: number | null
}

export type ReportDeviceCount = {
  type: string
  good: number
  minor: number
  major: number
  oldestYear: number | null
  newestYear: number | null
}

/** The newest survey of a location; one without counts says that there are no devices. */
export type ReportSurvey = Example & {
  locationId: number
  asOf: string
  note: string | null
  sessionId: number | null
  counts: ReportDeviceCount[]
}

export type ReportApplication = Example & {
  id: number
  opdId: number
  sessionId: number | null
  name: string
  description: string | null
  function: string | null
  output: string | null
  url: string | null
  licence: string | null
  sourceHeld: string | null
  language: string | null
  framework: string | null
  database: string | null
  developer: string | null
  builtYear: number | null
  hosting: string | null
  useState: string | null
  plan: string | null
  class: string | null
  yearlyCost: number | null
  /** Name of the national application it is part of. */
  national: string | null
  contactName: string | null
  contactTitle: string | null
  note: string | null
  platforms: string[]
  users: string[]
  /** Further OPD that use it. */
  userOpds: number[]
  /** Names of what it exchanges data with. */
  integrations: string[]
}

export type ReportNeed = Example & {
  id: number
  opdId: number
  locationId: number | null
  sessionId: number | null
  kind: string
  text: string
  quantity: number | null
  reason: string | null
  costUnknown: number
  cost: number | null
  fund: string | null
  year: number | null
  state: string
  note: string | null
  proposalIds: number[]
}

/** What an OPD sets aside for ICT in a year; 0 = not budgeted. */
export type ReportBudget = Example & {
  opdId: number
  year: number
  amount: number
  document: string | null
}

/** How far an office is below the standards; null = not known. */
export type ReportGap = {
  locationId: number
  internet: Code<'internet'> | null
  requiredKbps: number
  missingKbps: number | null
  requiredComputers: number | null
  missingComputers: number | null
}

export type ReportNational = Example & {
  id: number
  name: string
  function: string
  owner: string
  class: string
  source: string | null
  verifiedOn: string | null
}

/** The decision in force. */
export type ReportDecision = {
  id: number
  outcome: Code<'outcome'>
  phaseId: number | null
  place: number | null
  national: string | null
  redirectTo: string | null
  level: Code<'decisionLevel'>
  decidedBy: string | null
  office: string
  holdsAs: string
  decidedOn: string
  document: string | null
  reason: string
  computedRank: number | null
  computedScore: number | null
  lookAgainOn: string | null
  sessionId: number | null
  example: string | null
}

/** A proposal that was handed in: drafts are not in the report. */
export type ReportProposal = Example & {
  id: number
  number: string
  opdId: number
  sessionId: number | null
  cameBy: string
  letterNo: string | null
  letterOn: string | null
  title: string
  problem: string | null
  purpose: string | null
  duty: { text: string; verified: boolean } | null
  rpjmd: string | null
  form: string | null
  expectedUsers: number | null
  dataReady: string | null
  dataNote: string | null
  integration: string | null
  way: Code<'way'> | null
  wayNational: string | null
  wayApplicationId: number | null
  wayNote: string | null
  costUnknown: number
  costLow: number | null
  costHigh: number | null
  runningCost: number | null
  costBasis: string | null
  commitment: string | null
  budgetPaper: string | null
  fund: string | null
  yearWanted: number | null
  contactName: string | null
  contactTitle: string | null
  state: Code<'proposalState'>
  stateNote: string | null
  reviewResult: string | null
  reviewNote: string | null
  /** The way that the review recommends. */
  reviewWay: string | null
  mergedIntoId: number | null
  submittedAt: string | null
  users: string[]
  platforms: string[]
  natures: string[]
  locationIds: number[]
  further: { opdId: number; part: string }[]
  /** The proposals it waits for. */
  requiredIds: number[]
  costs: { year: number; amount: number }[]
  decision: ReportDecision | null
}

export type ReportCriterion = {
  id: number
  code: string
  name: string
  shortName: string
  question: string | null
  /** As stored; they need not add up to 1. */
  weight: number
  derived: boolean
  levels: { level: number; value: number; anchor: string }[]
}

/** One level given by a person, or computed and standing in for a person who gave none. */
export type ReportRating = {
  proposalId: number
  criterionId: number
  assessorId: number
  level: number
  value: number
  derived: boolean
  note: string | null
  /** Why it does not count; null = it counts. */
  ignored: 'own' | 'excused' | 'unassigned' | null
}

export type ReportCheck = {
  result: Code<'checkResult'>
  key: string
  params: Record<string, string | number>
  note: string | null
  /** Who settled it, on which day, and what was compared; null = nobody did. */
  settled: { by: string; on: string; about: string | null } | null
}

export type ReportStanding = {
  proposalId: number
  group: 'ranked' | 'incomplete' | 'aside'
  state: Code<'ratingState'>
  rank: number | null
  score: number | null
  /** In the order of the criteria. */
  criteria: { mean: number | null; count: number; needed: number }[]
  rated: number
  thinnest: { count: number; needed: number } | null
  checks: Record<Code<'checkName'>, ReportCheck> | null
}

export type ReportAssessment = {
  set: { name: string; origin: string | null; state: string; frozenAt: string | null } | null
  round: {
    name: string
    state: string
    minimum: number
    due: string | null
    sessionId: number | null
  } | null
  weighting: {
    name: string
    method: string
    state: string
    adoptedOn: string | null
    adoptedBy: string | null
    office: string | null
    document: string | null
  } | null
  criteria: ReportCriterion[]
  /** Those of the round, in the order in which they are numbered. */
  assessors: { id: number; name: string; office: string | null; opdId: number | null }[]
  /** Who does not rate a proposal, and who does in their place. */
  recusals: { assessorId: number; proposalId: number; reason: string; by: string | null }[]
  ratings: ReportRating[]
  /** The ranked by rank, then the incomplete, then those beside the ranking. */
  standings: ReportStanding[]
}

export type ReportPhase = Example & {
  id: number
  seq: number
  name: string
  yearFrom: number
  yearTo: number
  ceiling: number | null
  capacity: number | null
}

export type ReportPlacement = {
  proposalId: number
  phaseId: number | null
  place: number | null
  reason: string
  decided: boolean
  /** By which a planner brought it here, and the phase it was computed to stand in. */
  move: { computedPhaseId: number | null; reason: string } | null
  /** Numbers of the proposals it waits for. */
  requires: string[]
  uncounted: boolean
  years: { year: number; cost: number }[]
}

export type ReportPlan = {
  phases: ReportPhase[]
  /** In the order of the roadmap; merged proposals stand with their lead and are not here. */
  placements: ReportPlacement[]
  /** Rupiah used, applications counted and proposals left out of the sums, by phase. */
  uses: { phaseId: number; used: number; count: number; uncounted: number }[]
}

export type ReportSession = Example & {
  id: number
  title: string
  stage: string | null
  heldOn: string
  endsOn: string | null
  starts: string | null
  ends: string | null
  venue: string | null
  organiser: string | null
  chair: string | null
  moderator: string | null
  noteTaker: string | null
  invitationNo: string | null
  invitationOn: string | null
  /** When it was really opened and closed, UTC. */
  openedAt: string | null
  closedAt: string | null
  reopenedReason: string | null
  recordNo: string | null
  note: string | null
  /** The editions of its official record. */
  editions: { edition: number; recordedAt: string; by: string; example: string | null }[]
  state: Code<'sessionState'>
  invited: number[]
  items: { kind: string; name: string | null; office: string | null; text: string | null }[]
  attendance: {
    opdId: number | null
    institution: string | null
    name: string
    position: string | null
    employment: string | null
    presentAs: string
    spokesman: number
    arrivedAt: string | null
    example: string | null
  }[]
  minutes: {
    onDay: string | null
    at: string | null
    opdId: number | null
    speaker: string | null
    kind: string
    text: string
    answer: string | null
    example: string | null
  }[]
  followUps: ReportFollowUp[]
}

export type ReportFollowUp = Example & {
  opdId: number | null
  /** The proposal whose decision asked for it. */
  proposalId: number | null
  text: string
  who: string | null
  due: string | null
  state: string
  doneOn: string | null
}

/**
 * Everything the workbook is written from, as one plain value: no dates, no functions, no NIP and
 * no telephone numbers. The sheets see nothing else.
 */
export type ReportData = {
  /** Instant of the state of the data, UTC. */
  at: string
  /** That day in the government's zone. */
  today: string
  government: ReportGovernment
  standards: { kbpsPerUser: number; minKbps: number; usersPerPc: number }
  opds: ReportOpd[]
  affairs: ReportAffair[]
  duties: ReportDuty[]
  people: ReportPeople[]
  locations: ReportLocation[]
  internet: ReportInternet[]
  surveys: ReportSurvey[]
  applications: ReportApplication[]
  needs: ReportNeed[]
  budgets: ReportBudget[]
  gaps: ReportGap[]
  nationals: ReportNational[]
  proposals: ReportProposal[]
  drafts: number
  /** The publication in force; null where the result is not published. */
  publication: Pick<Row<'publication'>, 'publishedOn' | 'document' | 'note'> | null
  assessment: ReportAssessment
  plan: ReportPlan
  sessions: ReportSession[]
  /** Those that no session asked for. */
  otherFollowUps: ReportFollowUp[]
}
