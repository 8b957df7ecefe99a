import type { Generated, Kysely, Selectable, Transaction } from 'kysely'
import type { OwnedTable } from './owned-tables.ts'

/** What every kept row carries; `id` is local, `uid` is the identity across databases. */
type Kept = {
  id: Generated<number>
  uid: string
  version: Generated<number>
  createdAt: string
  updatedAt: string
  /** null = real; else it came with the example: `*` = wholly made up, or the fields that are. */
  example: string | null
}

type Flag = 0 | 1
type ActorColumns = { accountId: number | null; linkId: number | null; actorName: string }

export type Tables = {
  migration: { name: string; sha256: string; appliedAt: string }
  government: Kept & {
    name: string
    level: string
    province: string | null
    capital: string | null
    timeZone: string
    officeName: string
    officeShort: string
    headTitle: string
    spbeTerm: string
    planTitle: string
    yearFrom: number
    yearTo: number
    legalBases: string | null
    address: string | null
    paper: string
    /** Names a picture. */
    emblem: string | null
  }
  /** By the name that `domain/picture.ts` makes: what it is and the digest of its bytes. */
  picture: { name: string; bytes: Uint8Array }
  signatory: Kept & {
    seq: number
    role: string
    name: string | null
    office: string
    holdsAs: string
    rank: string | null
    nip: string | null
  }
  setting: { key: string; value: string }
  account: Kept & {
    username: string
    usernameKey: string
    name: string
    passwordHash: string | null
    locale: string
    state: string
    lastSeenAt: string | null
    /** The last day in the government's zone on which the account is let in; null = no end. */
    validUntil: string | null
  }
  accountRole: { id: Generated<number>; accountId: number; role: string; opdId: number | null }
  accessLink: Kept & {
    purpose: string
    tokenHash: string
    accountId: number | null
    opdId: number | null
    fgdSessionId: number | null
    expiresAt: string
    usesLeft: number | null
    revokedAt: string | null
    lastUsedAt: string | null
  }
  webSession: {
    tokenHash: string
    accountId: number | null
    linkId: number | null
    madeAt: string
    seenAt: string
    endsAt: string
    agent: string | null
    /** Who uses the link on this phone, as they said; null where an account signed in. */
    name: string | null
    position: string | null
  }
  /** Browsers in which an account signed in before, by the hash of their mark. */
  knownBrowser: { tokenHash: string; accountId: number; seenAt: string }
  throttle: { key: string; failures: number; until: string }
  accessLog: ActorColumns & { id: Generated<number>; at: string; kind: string; about: string }
  event: ActorColumns & {
    id: Generated<number>
    uid: string
    at: string
    madeAt: string | null
    way: string
    batchId: number | null
    opdId: number | null
    entity: string
    entityId: number
    entityUid: string
    rowVersion: number
    action: 'insert' | 'update' | 'remove'
    changes: string
    hash: string
  }
  requestKey: {
    actor: string
    key: string
    bodySha256: string
    status: number
    location: string
    at: string
  }

  affair: Kept & {
    code: string
    name: string
    grouping: string
    source: string | null
    verifiedOn: string | null
  }
  opd: Kept & {
    code: string
    name: string
    nameKey: string
    shortName: string | null
    kind: string
    parentId: number | null
    headName: string | null
    headTitle: string | null
    contactName: string | null
    contactTitle: string | null
    contactPhone: string | null
    validFrom: string | null
    validUntil: string | null
    /** The document by which it ended. */
    endedBy: string | null
    note: string | null
    source: string | null
    sourceCode: string | null
  }
  opdSuccessor: { opdId: number; successorId: number }
  opdAlias: Kept & {
    opdId: number
    spelling: string
    spellingKey: string
    learntFrom: string | null
  }
  opdDuty: Kept & {
    opdId: number
    seq: number
    text: string
    legalBasis: string | null
    verified: Flag
  }
  opdAffair: { opdId: number; affairCode: string }
  opdPeople: Kept & {
    opdId: number
    asOf: string
    pns: number | null
    pppk: number | null
    other: number | null
    computerUsers: number | null
    ictStaff: number | null
    ictTrained: number | null
    fgdSessionId: number | null
  }
  opdAnswer: Kept & { opdId: number; part: string; asOf: string }
  opdConfirmation: ActorColumns & {
    id: Generated<number>
    uid: string
    opdId: number
    asOf: string
    name: string
    position: string
    note: string | null
    /** The newest event of that moment: what came later changed since. */
    eventId: number | null
    example: string | null
    recordedAt: string
  }
  location: Kept & {
    opdId: number
    kind: string
    name: string
    nameKey: string
    address: string | null
    district: string | null
    isHead: Flag
    computerUsers: number | null
    signal: string | null
    power: string | null
    powerOutHours: number | null
    serverRoom: Flag | null
    note: string | null
  }
  internetAccess: Kept & {
    locationId: number
    asOf: string
    line: number
    available: string
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
    fgdSessionId: number | null
  }
  deviceSurvey: Kept & {
    locationId: number
    asOf: string
    note: string | null
    fgdSessionId: number | null
  }
  deviceCount: {
    surveyId: number
    type: string
    good: number
    minor: number
    major: number
    oldestYear: number | null
    newestYear: number | null
  }

  fgdSession: Kept & {
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
    state: string
    openedAt: string | null
    closedAt: string | null
    reopenedReason: string | null
    /** The number of the official record, given when it is signed. */
    recordNo: string | null
    note: string | null
  }
  /** What was true at a closing; written once, never changed. */
  sessionRecord: ActorColumns & {
    id: Generated<number>
    uid: string
    fgdSessionId: number
    /** 1 for the first closing; each closing after a reopening adds one. */
    edition: number
    /** JSON, exactly as `sha256` was taken of it. */
    document: string
    sha256: string
    example: string | null
    recordedAt: string
  }
  sessionItem: Kept & {
    fgdSessionId: number
    kind: string
    seq: number
    name: string | null
    office: string | null
    text: string | null
  }
  sessionOpd: { fgdSessionId: number; opdId: number; invited: Flag }
  attendance: Kept & {
    fgdSessionId: number
    opdId: number | null
    institution: string | null
    name: string
    position: string | null
    employment: string | null
    nip: string | null
    presentAs: string
    spokesman: Flag
    arrivedAt: string | null
  }
  minute: Kept & {
    fgdSessionId: number
    seq: number
    /** In a session over several days, which of them. */
    onDay: string | null
    at: string | null
    opdId: number | null
    speaker: string | null
    kind: string
    text: string
    answer: string | null
  }
  followUp: Kept & {
    fgdSessionId: number | null
    opdId: number | null
    /** The proposal whose decision asked for it. */
    proposalId: number | null
    text: string
    who: string | null
    due: string | null
    state: string
    doneOn: string | null
  }

  application: Kept & {
    opdId: number
    fgdSessionId: number | null
    name: string
    nameKey: string
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
    nationalApplicationId: number | null
    contactName: string | null
    contactTitle: string | null
    contactPhone: string | null
    note: string | null
    source: string | null
    sourceCode: string | null
  }
  applicationChoice: { applicationId: number; list: string; code: string }
  applicationOpd: { applicationId: number; opdId: number }
  integration: {
    id: Generated<number>
    applicationId: number
    withApplicationId: number | null
    withNationalId: number | null
    withName: string | null
  }
  infrastructureNeed: Kept & {
    opdId: number
    locationId: number | null
    fgdSessionId: number | null
    kind: string
    text: string
    quantity: number | null
    reason: string | null
    costUnknown: Flag
    cost: number | null
    fund: string | null
    year: number | null
    state: string
    note: string | null
  }
  needProposal: { needId: number; proposalId: number }
  opdBudget: Kept & { opdId: number; year: number; amount: number; document: string | null }

  nationalApplication: Kept & {
    name: string
    nameKey: string
    function: string
    owner: string
    class: string
    source: string | null
    verifiedOn: string | null
  }
  proposal: Kept & {
    number: string | null
    opdId: number
    fgdSessionId: number | null
    cameBy: string
    letterNo: string | null
    letterOn: string | null
    title: string
    titleKey: string
    problem: string | null
    purpose: string | null
    dutyId: number | null
    dutyText: string | null
    rpjmd: string | null
    form: string | null
    expectedUsers: number | null
    dataReady: string | null
    dataNote: string | null
    integration: string | null
    way: string | null
    wayNationalId: number | null
    wayApplicationId: number | null
    wayNote: string | null
    costUnknown: Flag
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
    contactPhone: string | null
    state: string
    stateNote: string | null
    stateAt: string
    reviewResult: string | null
    reviewNote: string | null
    /** The way of meeting the need that the review recommends. */
    reviewWay: string | null
    mergedIntoId: number | null
    submittedAt: string | null
    source: string | null
    sourceCode: string | null
  }
  proposalChoice: { proposalId: number; list: string; code: string }
  proposalLocation: { proposalId: number; locationId: number }
  proposalOpd: { proposalId: number; opdId: number; part: string }
  proposalRequires: { proposalId: number; requiredId: number }
  proposalCost: { proposalId: number; year: number; amount: number }
  checkAnswer: Kept & {
    proposalId: number
    check: string
    result: 'met' | 'not'
    note: string
    settledBy: string
    settledOn: string
    /** What it was settled about; at most one of the four. */
    aboutOpdId: number | null
    aboutNationalId: number | null
    aboutApplicationId: number | null
    aboutProposalId: number | null
  }
  numberSeries: { kind: string; year: number; last: number }

  criterionSet: Kept & {
    name: string
    origin: string | null
    basedOnId: number | null
    state: string
    frozenAt: string | null
    /** When it was chosen; of several the latest is in force. */
    inForceAt: string | null
    /** A pattern of the program that it follows: see `domain/yogyakarta.ts`. */
    pattern: string | null
  }
  criterion: Kept & {
    setId: number
    seq: number
    code: string
    name: string
    shortName: string
    question: string | null
    derived: Flag
  }
  criterionLevel: { criterionId: number; level: number; value: number; anchor: string }
  weighting: Kept & {
    setId: number
    name: string
    method: string
    state: string
    adoptedOn: string | null
    adoptedBy: string | null
    office: string | null
    document: string | null
    inForceAt: string | null
  }
  weight: { weightingId: number; criterionId: number; value: number }
  assessor: Kept & {
    name: string
    office: string | null
    opdId: number | null
    accountId: number | null
  }
  round: Kept & {
    setId: number
    name: string
    fgdSessionId: number | null
    state: string
    due: string | null
    minimum: number
    inForceAt: string | null
  }
  roundProposal: { roundId: number; proposalId: number }
  roundAssessor: { roundId: number; assessorId: number; criterionId: number }
  recusal: Kept & {
    roundId: number
    assessorId: number
    proposalId: number
    reason: string
    /** Who rates this proposal in the assessor's place. */
    replacedById: number | null
  }
  rating: Kept & {
    roundId: number
    proposalId: number
    criterionId: number
    assessorId: number
    level: number
    note: string | null
    /** 1 where the program computed it from the inventory when the round was closed. */
    derived: Generated<number>
  }

  phase: Kept & {
    seq: number
    name: string
    yearFrom: number
    yearTo: number
    ceiling: number | null
    capacity: number | null
  }
  placement: ActorColumns & {
    id: Generated<number>
    uid: string
    proposalId: number
    /** Null: it stands again where the computation places it. */
    phaseId: number | null
    reason: string
    example: string | null
    recordedAt: string
  }
  decision: ActorColumns & {
    id: Generated<number>
    uid: string
    proposalId: number
    outcome: string
    phaseId: number | null
    place: number | null
    nationalId: number | null
    applicationId: number | null
    redirectTo: string | null
    level: string
    fgdSessionId: number | null
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
    recordedAt: string
  }

  publication: ActorColumns & {
    id: Generated<number>
    uid: string
    kind: 'publish' | 'withdraw'
    publishedOn: string
    document: string | null
    /** A word beside the list; of a withdrawal its reason. */
    note: string | null
    withdrawsId: number | null
    /** SHA-256 of what was published, so that the history vouches for it; none of a withdrawal. */
    digest: string | null
    example: string | null
    recordedAt: string
  }
  publicationItem: {
    id: Generated<number>
    publicationId: number
    proposalId: number
    decisionId: number
    opdId: number
    number: string | null
    title: string
    opd: string
    outcome: string
    phase: string | null
    phaseSeq: number | null
    yearFrom: number | null
    yearTo: number | null
    /** Where a redirected one goes. */
    target: string | null
    lookAgainOn: string | null
    reason: string
    score: number | null
    rank: number | null
    /** Of how many. */
    rankOf: number | null
    /** `[{ name, points }]` in the order of the criteria. */
    contributions: string | null
    example: string | null
  }
}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>

/** What features read from: no table that belongs to an OPD is in it; those go through `owned`. */
export type Db = Kysely<Omit<Tables, OwnedTable>>
/** The whole database, for the layers below features and for writing inside a transaction. */
export type WholeDb = Kysely<Tables>
export type Tx = Transaction<Tables>
