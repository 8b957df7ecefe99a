import type { Action } from '../domain/access.ts'
import type { ListName } from '../domain/words.ts'
import type { MessageKey } from '../i18n/translate.ts'

/** How a field is told: its label, and what its values are; without more, the value is a text. */
export type FieldTold = {
  label: MessageKey
  kind?: 'number' | 'money' | 'day' | 'instant' | 'clock' | 'flag' | 'mbps' | 'picture'
  list?: ListName
  /** The list of the records whose code is not in the first one. */
  otherList?: ListName
  /** Its values are ids of records of this entity, told by their names. */
  names?: string
  /** Its values are objects; the first part that is there is said first, the others behind it. */
  items?: Record<string, FieldTold>
  /** The column that holds this text folded, and changes with it. */
  folded?: string
  /** Moved by rules of its own or given once: never put back alone. */
  fixed?: true
  /** Who may see it, where that is fewer than may see the record. */
  access?: Action
}

/** How the records of one table are told; a field that is `null` is not for people. */
export type RecordTold = {
  noun: MessageKey
  /** The field that names a record. */
  title: string
  /** The field that names it better, where it is filled. */
  betterTitle?: string
  /** The field that points to the record it belongs to, which helps to tell it from others. */
  within?: string
  /** Who may see its history. */
  access: Action
  fields: Record<string, FieldTold | null>
}

/** What every kept row carries for the program's own sake. */
export const untold: readonly string[] = [
  'id',
  'uid',
  'version',
  'createdAt',
  'updatedAt',
  'example',
]

const opdId: FieldTold = { label: 'history.field.opd', names: 'opd', fixed: true }
const fgdSessionId: FieldTold = { label: 'history.field.session', names: 'fgdSession', fixed: true }
const seq: FieldTold = { label: 'history.field.seq', kind: 'number', fixed: true }
const source: FieldTold = { label: 'history.field.source', fixed: true }
const sourceCode: FieldTold = { label: 'history.field.sourceCode', fixed: true }
const asOf: FieldTold = { label: 'inventory.field.asOf', kind: 'day', fixed: true }
const note: FieldTold = { label: 'inventory.field.note' }
const proposalId: FieldTold = { label: 'decisions.proposal', names: 'proposal', fixed: true }
const assessorId: FieldTold = { label: 'scoring.recusal.assessor', names: 'assessor', fixed: true }
const criterionId: FieldTold = { label: 'scoring.criterion', names: 'criterion', fixed: true }
const about = (names: string): FieldTold => ({
  label: 'proposals.check.about',
  names,
  access: 'proposal.move',
  fixed: true,
})
const nip: FieldTold = { label: 'fgd.person.nip', access: 'fgd.private' }

/** What a row that is never changed says of its making, as its event does. */
const appended = { accountId: null, linkId: null, actorName: null, recordedAt: null }

/**
 * Every field of every record that has a history, in the order of its form. The history, the
 * messages of a conflict and the restoring of a field all tell them from here.
 */
export const records: Record<string, RecordTold> = {
  government: {
    noun: 'history.noun.government',
    title: 'name',
    access: 'government.view',
    fields: {
      name: { label: 'government.field.name' },
      level: { label: 'government.field.level', list: 'govLevel' },
      headTitle: { label: 'government.field.headTitle' },
      province: { label: 'government.field.province' },
      capital: { label: 'government.field.capital' },
      timeZone: { label: 'government.field.timeZone', list: 'timeZone' },
      officeName: { label: 'government.field.officeName' },
      officeShort: { label: 'government.field.officeShort' },
      planTitle: { label: 'government.field.planTitle' },
      yearFrom: { label: 'government.field.yearFrom' },
      yearTo: { label: 'government.field.yearTo' },
      spbeTerm: { label: 'government.field.spbeTerm' },
      legalBases: { label: 'government.field.legalBases' },
      address: { label: 'government.field.address' },
      paper: { label: 'government.field.paper', list: 'paper' },
      emblem: { label: 'government.field.emblem', kind: 'picture' },
    },
  },
  signatory: {
    noun: 'history.noun.signatory',
    title: 'office',
    access: 'government.view',
    fields: {
      seq,
      role: { label: 'government.signatory.field.role' },
      name: { label: 'government.signatory.field.name' },
      office: { label: 'government.signatory.field.office' },
      holdsAs: { label: 'government.signatory.field.holdsAs', list: 'holdsAs' },
      rank: { label: 'government.signatory.field.rank' },
      nip: { label: 'government.signatory.field.nip' },
    },
  },
  account: {
    noun: 'history.noun.account',
    title: 'name',
    access: 'account.manage',
    fields: {
      username: { label: 'accounts.field.username', fixed: true },
      usernameKey: null,
      name: { label: 'history.field.name', fixed: true },
      passwordHash: { label: 'accounts.field.password', fixed: true },
      locale: { label: 'history.field.locale', fixed: true },
      state: { label: 'history.field.state', fixed: true },
      lastSeenAt: null,
      validUntil: { label: 'opd.field.validUntil', kind: 'day', fixed: true },
      roles: {
        label: 'history.field.roles',
        items: { role: { label: 'history.field.role', list: 'role' }, opdId },
        fixed: true,
      },
    },
  },
  accessLink: {
    noun: 'history.noun.accessLink',
    title: 'purpose',
    access: 'account.manage',
    fields: {
      purpose: { label: 'history.field.purpose', fixed: true },
      tokenHash: null,
      accountId: { label: 'government.kind.account', names: 'account', fixed: true },
      opdId,
      fgdSessionId,
      expiresAt: { label: 'history.field.expiresAt', kind: 'instant', fixed: true },
      usesLeft: { label: 'history.field.usesLeft', kind: 'number', fixed: true },
      revokedAt: { label: 'history.field.revokedAt', kind: 'instant', fixed: true },
      lastUsedAt: null,
    },
  },

  opd: {
    noun: 'history.noun.opd',
    title: 'name',
    access: 'opd.view',
    fields: {
      name: { label: 'opd.field.name', folded: 'nameKey' },
      nameKey: null,
      shortName: { label: 'opd.field.shortName' },
      code: { label: 'opd.field.code' },
      kind: { label: 'opd.field.kind', list: 'opdKind', otherList: 'unitKind' },
      parentId: { label: 'history.field.parent', names: 'opd', fixed: true },
      headTitle: { label: 'opd.field.headTitle' },
      headName: { label: 'opd.field.headName' },
      contactName: { label: 'opd.field.contactName' },
      contactTitle: { label: 'opd.field.contactTitle' },
      contactPhone: { label: 'opd.field.contactPhone' },
      validFrom: { label: 'opd.field.validFrom', kind: 'day' },
      validUntil: { label: 'opd.field.validUntil', kind: 'day' },
      endedBy: { label: 'opd.field.endedBy' },
      successors: { label: 'opd.successors', names: 'opd', fixed: true },
      note: { label: 'opd.field.note' },
      source,
      sourceCode,
      affairs: { label: 'history.field.affairs' },
    },
  },
  affair: {
    noun: 'history.noun.affair',
    title: 'name',
    access: 'opd.view',
    fields: {
      code: { label: 'opd.field.code', fixed: true },
      name: { label: 'opd.affair.field.name' },
      grouping: { label: 'opd.affair.field.grouping', list: 'affairGroup' },
      source: { label: 'history.field.source' },
      verifiedOn: { label: 'history.field.verifiedOn', kind: 'day' },
    },
  },
  opdAlias: {
    noun: 'history.noun.opdAlias',
    title: 'spelling',
    within: 'opdId',
    access: 'opd.view',
    fields: {
      opdId,
      spelling: { label: 'history.field.spelling', fixed: true },
      spellingKey: null,
      learntFrom: { label: 'history.field.source', fixed: true },
    },
  },
  opdDuty: {
    noun: 'history.noun.opdDuty',
    title: 'text',
    within: 'opdId',
    access: 'opd.view',
    fields: {
      opdId,
      seq,
      text: { label: 'opd.duty.field.text' },
      legalBasis: { label: 'opd.duty.field.legalBasis' },
      verified: { label: 'opd.duty.field.verified', kind: 'flag' },
    },
  },
  opdPeople: {
    noun: 'history.noun.opdPeople',
    title: 'asOf',
    within: 'opdId',
    access: 'inventory.view',
    fields: {
      opdId,
      asOf,
      pns: { label: 'inventory.people.pns', kind: 'number' },
      pppk: { label: 'inventory.people.pppk', kind: 'number' },
      other: { label: 'inventory.people.other', kind: 'number' },
      computerUsers: { label: 'inventory.people.computerUsers', kind: 'number' },
      ictStaff: { label: 'inventory.people.ictStaff', kind: 'number' },
      ictTrained: { label: 'inventory.people.ictTrained', kind: 'number' },
      fgdSessionId,
    },
  },
  opdAnswer: {
    noun: 'history.noun.opdAnswer',
    title: 'part',
    within: 'opdId',
    access: 'opd.view',
    fields: {
      opdId,
      part: { label: 'history.field.part', list: 'opdPart', fixed: true },
      asOf,
    },
  },
  opdBudget: {
    noun: 'history.noun.opdBudget',
    title: 'year',
    within: 'opdId',
    access: 'opd.view',
    fields: {
      opdId,
      year: { label: 'history.field.year', fixed: true },
      amount: { label: 'history.field.amount', kind: 'money' },
      document: { label: 'history.field.document', list: 'budgetPaper' },
    },
  },
  opdConfirmation: {
    noun: 'history.noun.opdConfirmation',
    title: 'name',
    within: 'opdId',
    access: 'opd.view',
    fields: {
      opdId,
      asOf,
      name: { label: 'history.field.name', fixed: true },
      position: { label: 'fgd.person.position', fixed: true },
      note: { label: 'inventory.field.note', fixed: true },
      ...appended,
      eventId: null,
    },
  },
  location: {
    noun: 'history.noun.location',
    title: 'name',
    within: 'opdId',
    access: 'inventory.view',
    fields: {
      opdId,
      name: { label: 'inventory.field.name', folded: 'nameKey' },
      nameKey: null,
      kind: { label: 'inventory.field.kind', list: 'locationKind' },
      address: { label: 'inventory.field.address' },
      district: { label: 'inventory.field.district' },
      isHead: { label: 'inventory.field.isHead', kind: 'flag' },
      computerUsers: { label: 'inventory.field.usersShort', kind: 'number' },
      signal: { label: 'inventory.field.signal', list: 'signal' },
      power: { label: 'inventory.field.power', list: 'power' },
      powerOutHours: { label: 'history.field.powerOut', kind: 'number' },
      serverRoom: { label: 'inventory.field.serverRoom', kind: 'flag' },
      note,
    },
  },
  internetAccess: {
    noun: 'history.noun.internetAccess',
    title: 'asOf',
    within: 'locationId',
    access: 'inventory.view',
    fields: {
      locationId: { label: 'government.kind.location', names: 'location', fixed: true },
      asOf,
      line: { label: 'inventory.field.line', fixed: true },
      available: { label: 'inventory.field.available', list: 'internet' },
      provider: { label: 'inventory.field.provider' },
      service: { label: 'inventory.field.service', list: 'service' },
      medium: { label: 'inventory.field.medium', list: 'medium' },
      downKbps: { label: 'inventory.field.down', kind: 'mbps' },
      intranetKbps: { label: 'inventory.field.intranet', kind: 'mbps' },
      ownership: { label: 'inventory.field.ownership', list: 'ownership' },
      costMonth: { label: 'inventory.field.cost', kind: 'money' },
      fund: { label: 'inventory.field.fund', list: 'fund' },
      lan: { label: 'inventory.field.lan', list: 'lan' },
      wifi: { label: 'inventory.field.wifi', list: 'wifi' },
      quality: { label: 'inventory.field.quality', list: 'quality' },
      outageHours: { label: 'history.field.outage', kind: 'number' },
      measuredOn: { label: 'inventory.field.measuredOn', kind: 'day' },
      measuredDownKbps: { label: 'history.field.measuredDown', kind: 'mbps' },
      measuredUpKbps: { label: 'history.field.measuredUp', kind: 'mbps' },
      latencyMs: { label: 'history.field.latency', kind: 'number' },
      note,
      fgdSessionId,
    },
  },
  deviceSurvey: {
    noun: 'history.noun.deviceSurvey',
    title: 'asOf',
    within: 'locationId',
    access: 'inventory.view',
    fields: {
      locationId: { label: 'government.kind.location', names: 'location', fixed: true },
      asOf,
      counts: {
        label: 'inventory.devices.title',
        items: {
          type: { label: 'inventory.devices.type', list: 'device' },
          good: { label: 'inventory.devices.good', kind: 'number' },
          minor: { label: 'inventory.devices.minor', kind: 'number' },
          major: { label: 'inventory.devices.major', kind: 'number' },
          oldestYear: { label: 'inventory.devices.oldest' },
          newestYear: { label: 'inventory.devices.newest' },
        },
      },
      note,
      fgdSessionId,
    },
  },
  infrastructureNeed: {
    noun: 'history.noun.infrastructureNeed',
    title: 'text',
    within: 'opdId',
    access: 'need.view',
    fields: {
      opdId,
      locationId: { label: 'government.kind.location', names: 'location', fixed: true },
      fgdSessionId,
      kind: { label: 'history.field.kind', list: 'needKind' },
      text: { label: 'history.field.need' },
      quantity: { label: 'history.field.quantity', kind: 'number' },
      reason: { label: 'history.field.reason' },
      costUnknown: { label: 'history.field.costUnknown', kind: 'flag' },
      cost: { label: 'history.field.cost', kind: 'money' },
      fund: { label: 'proposals.field.fund', list: 'fund' },
      year: { label: 'history.field.year' },
      state: { label: 'history.field.state', list: 'needState' },
      note,
      proposals: { label: 'history.field.waiting', names: 'proposal', fixed: true },
    },
  },
  application: {
    noun: 'history.noun.application',
    title: 'name',
    within: 'opdId',
    access: 'application.view',
    fields: {
      opdId,
      fgdSessionId,
      name: { label: 'history.field.applicationName', folded: 'nameKey' },
      nameKey: null,
      description: { label: 'applications.field.description' },
      function: { label: 'applications.field.function' },
      output: { label: 'applications.field.output' },
      users: { label: 'proposals.field.users', list: 'users' },
      platforms: { label: 'proposals.field.platforms', list: 'platform' },
      url: { label: 'applications.field.url' },
      licence: { label: 'applications.field.licence', list: 'licence' },
      sourceHeld: { label: 'applications.field.sourceHeld', list: 'sourceHeld' },
      language: { label: 'applications.field.language' },
      framework: { label: 'applications.field.framework' },
      database: { label: 'applications.field.database' },
      developer: { label: 'applications.field.developer', list: 'developer' },
      builtYear: { label: 'applications.field.builtYear' },
      hosting: { label: 'applications.field.hosting', list: 'hosting' },
      useState: { label: 'applications.field.useState', list: 'appUse' },
      plan: { label: 'applications.field.plan', list: 'appPlan' },
      class: { label: 'applications.field.class', list: 'appClass' },
      yearlyCost: { label: 'applications.field.yearlyCost', kind: 'money' },
      nationalApplicationId: {
        label: 'government.kind.nationalApplication',
        names: 'nationalApplication',
      },
      userOpds: { label: 'applications.field.userOpds', names: 'opd' },
      integrations: {
        label: 'applications.field.integrations',
        items: {
          withApplicationId: { label: 'history.noun.application', names: 'application' },
          withNationalId: {
            label: 'government.kind.nationalApplication',
            names: 'nationalApplication',
          },
          withName: { label: 'history.field.name' },
        },
        fixed: true,
      },
      contactName: { label: 'proposals.field.contactName' },
      contactTitle: { label: 'proposals.field.contactTitle' },
      contactPhone: { label: 'proposals.field.contactPhone' },
      note,
      source,
      sourceCode,
    },
  },

  fgdSession: {
    noun: 'history.noun.fgdSession',
    title: 'title',
    access: 'fgd.private',
    fields: {
      title: { label: 'fgd.field.title' },
      stage: { label: 'fgd.field.stage' },
      recordNo: { label: 'fgd.field.recordNo' },
      heldOn: { label: 'fgd.field.heldOn', kind: 'day' },
      endsOn: { label: 'fgd.field.endsOn', kind: 'day' },
      starts: { label: 'fgd.field.starts', kind: 'clock' },
      ends: { label: 'fgd.field.ends', kind: 'clock' },
      venue: { label: 'fgd.field.venue' },
      organiser: { label: 'fgd.field.organiser' },
      chair: { label: 'fgd.field.chair' },
      moderator: { label: 'fgd.field.moderator' },
      noteTaker: { label: 'fgd.field.noteTaker' },
      invitationNo: { label: 'fgd.field.invitationNo' },
      invitationOn: { label: 'fgd.field.invitationOn', kind: 'day' },
      state: { label: 'fgd.column.state', list: 'sessionState', fixed: true },
      openedAt: { label: 'history.field.openedAt', kind: 'instant', fixed: true },
      closedAt: { label: 'history.field.closedAt', kind: 'instant', fixed: true },
      reopenedReason: { label: 'fgd.field.reopened', fixed: true },
      invited: { label: 'fgd.invited.title', names: 'opd' },
      note: { label: 'fgd.field.note' },
    },
  },
  sessionRecord: {
    noun: 'history.noun.sessionRecord',
    title: 'edition',
    within: 'fgdSessionId',
    access: 'fgd.private',
    fields: {
      fgdSessionId,
      edition: { label: 'history.field.edition', kind: 'number', fixed: true },
      document: null,
      sha256: null,
      ...appended,
    },
  },
  sessionItem: {
    noun: 'history.noun.sessionItem',
    title: 'text',
    betterTitle: 'name',
    within: 'fgdSessionId',
    access: 'fgd.private',
    fields: {
      fgdSessionId,
      kind: { label: 'history.field.kind', list: 'sessionItemKind', fixed: true },
      seq,
      name: { label: 'fgd.item.name' },
      office: { label: 'fgd.item.office' },
      text: { label: 'history.field.text' },
    },
  },
  attendance: {
    noun: 'history.noun.attendance',
    title: 'name',
    within: 'fgdSessionId',
    access: 'fgd.private',
    fields: {
      fgdSessionId,
      name: { label: 'fgd.person.name' },
      position: { label: 'fgd.person.position' },
      opdId: { label: 'fgd.person.opd', names: 'opd' },
      institution: { label: 'fgd.person.institution' },
      employment: { label: 'fgd.person.employment', list: 'employment' },
      nip,
      presentAs: { label: 'fgd.person.presentAs', list: 'presentAs' },
      spokesman: { label: 'fgd.person.spokesman', kind: 'flag' },
      arrivedAt: { label: 'fgd.person.arrivedAt', kind: 'clock' },
    },
  },
  minute: {
    noun: 'history.noun.minute',
    title: 'text',
    within: 'fgdSessionId',
    access: 'fgd.private',
    fields: {
      fgdSessionId,
      seq,
      onDay: { label: 'fgd.minute.onDay', kind: 'day' },
      at: { label: 'fgd.minute.at', kind: 'clock' },
      opdId: { label: 'fgd.minute.opd', names: 'opd' },
      speaker: { label: 'fgd.minute.speaker' },
      kind: { label: 'fgd.minute.kind', list: 'minuteKind' },
      text: { label: 'fgd.minute.text' },
      answer: { label: 'fgd.minute.answer' },
    },
  },
  followUp: {
    noun: 'history.noun.followUp',
    title: 'text',
    within: 'fgdSessionId',
    access: 'fgd.private',
    fields: {
      fgdSessionId,
      text: { label: 'fgd.followUp.text' },
      who: { label: 'fgd.followUp.who' },
      opdId: { label: 'fgd.followUp.opd', names: 'opd' },
      proposalId: { label: 'fgd.followUp.proposal', names: 'proposal' },
      due: { label: 'fgd.followUp.due', kind: 'day' },
      state: { label: 'fgd.followUp.state', list: 'followUpState', fixed: true },
      doneOn: { label: 'fgd.followUp.doneOn', kind: 'day', fixed: true },
    },
  },

  nationalApplication: {
    noun: 'history.noun.nationalApplication',
    title: 'name',
    access: 'application.view',
    fields: {
      name: { label: 'history.field.applicationName', folded: 'nameKey' },
      nameKey: null,
      function: { label: 'history.field.function' },
      owner: { label: 'history.field.owner' },
      class: { label: 'history.field.class', list: 'appClass' },
      source: { label: 'history.field.source' },
      verifiedOn: { label: 'history.field.verifiedOn', kind: 'day' },
    },
  },
  proposal: {
    noun: 'history.noun.proposal',
    title: 'title',
    within: 'opdId',
    access: 'proposal.view',
    fields: {
      state: { label: 'proposals.field.state', list: 'proposalState', fixed: true },
      stateNote: { label: 'proposals.field.stateNote', fixed: true },
      stateAt: null,
      reviewResult: { label: 'proposals.field.reviewResult', list: 'reviewResult', fixed: true },
      reviewNote: { label: 'proposals.field.reviewNote', fixed: true },
      reviewWay: { label: 'proposals.field.reviewWay', list: 'way', fixed: true },
      mergedIntoId: { label: 'history.field.mergedInto', names: 'proposal', fixed: true },
      number: { label: 'proposals.field.number', fixed: true },
      submittedAt: { label: 'history.field.submittedAt', kind: 'instant', fixed: true },
      opdId: { label: 'proposals.field.opdId', names: 'opd', fixed: true },
      fgdSessionId,
      title: { label: 'proposals.field.title', folded: 'titleKey' },
      titleKey: null,
      problem: { label: 'proposals.field.problem' },
      purpose: { label: 'proposals.field.purpose' },
      dutyId: { label: 'proposals.field.dutyId', names: 'opdDuty' },
      dutyText: { label: 'proposals.field.dutyText' },
      rpjmd: { label: 'proposals.field.rpjmd' },
      users: { label: 'proposals.field.users', list: 'users' },
      platforms: { label: 'proposals.field.platforms', list: 'platform' },
      form: { label: 'proposals.field.form', list: 'form' },
      natures: { label: 'proposals.field.natures', list: 'natureShort' },
      expectedUsers: { label: 'proposals.field.expectedUsers', kind: 'number' },
      locations: { label: 'proposals.field.locations', names: 'location' },
      further: {
        label: 'proposals.field.further',
        items: { opdId, part: { label: 'proposals.field.part', list: 'part' } },
      },
      requires: { label: 'proposals.field.requires', names: 'proposal', fixed: true },
      dataReady: { label: 'proposals.field.dataReady', list: 'dataReady' },
      dataNote: { label: 'proposals.field.dataNote' },
      integration: { label: 'proposals.field.integration' },
      way: { label: 'proposals.field.way', list: 'way' },
      wayNationalId: { label: 'proposals.field.wayNationalId', names: 'nationalApplication' },
      wayApplicationId: { label: 'history.field.wayApplication', names: 'application' },
      wayNote: { label: 'proposals.field.wayNote' },
      costUnknown: { label: 'history.field.costUnknown', kind: 'flag' },
      costLow: { label: 'history.field.costLow', kind: 'money' },
      costHigh: { label: 'history.field.costHigh', kind: 'money' },
      runningCost: { label: 'proposals.field.runningCost', kind: 'money' },
      costs: {
        label: 'proposals.field.costs',
        items: {
          year: { label: 'history.field.year' },
          amount: { label: 'history.field.amount', kind: 'money' },
        },
        fixed: true,
      },
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
      source,
      sourceCode,
    },
  },
  checkAnswer: {
    noun: 'history.noun.checkAnswer',
    title: 'check',
    within: 'proposalId',
    access: 'proposal.view',
    fields: {
      proposalId,
      check: { label: 'proposals.checks', list: 'checkName', fixed: true },
      result: { label: 'proposals.field.result', list: 'checkResult', fixed: true },
      // the reason, and what was compared, may name what another OPD has
      note: { label: 'proposals.field.note', access: 'proposal.move', fixed: true },
      settledBy: { label: 'history.field.settledBy', fixed: true },
      settledOn: { label: 'history.field.settledOn', kind: 'day', fixed: true },
      aboutOpdId: about('opd'),
      aboutNationalId: about('nationalApplication'),
      aboutApplicationId: about('application'),
      aboutProposalId: about('proposal'),
    },
  },

  criterionSet: {
    noun: 'history.noun.criterionSet',
    title: 'name',
    access: 'ranking.view',
    fields: {
      name: { label: 'history.field.name', fixed: true },
      origin: { label: 'history.field.source', fixed: true },
      basedOnId: { label: 'history.field.basedOn', names: 'criterionSet', fixed: true },
      state: { label: 'history.field.state', list: 'setState', fixed: true },
      frozenAt: { label: 'history.field.frozenAt', kind: 'instant', fixed: true },
      inForceAt: { label: 'history.field.inForceAt', kind: 'instant', fixed: true },
      pattern: null,
    },
  },
  criterion: {
    noun: 'history.noun.criterion',
    title: 'name',
    within: 'setId',
    access: 'ranking.view',
    fields: {
      setId: { label: 'government.kind.criterionSet', names: 'criterionSet', fixed: true },
      seq,
      code: { label: 'opd.field.code', fixed: true },
      name: { label: 'history.field.name', fixed: true },
      shortName: { label: 'opd.field.shortName', fixed: true },
      question: { label: 'history.field.question', fixed: true },
      derived: { label: 'scoring.derived', kind: 'flag', fixed: true },
      levels: {
        label: 'scoring.level',
        items: {
          level: { label: 'scoring.level' },
          value: { label: 'scoring.value', kind: 'number' },
          anchor: { label: 'scoring.anchor' },
        },
        fixed: true,
      },
    },
  },
  weighting: {
    noun: 'history.noun.weighting',
    title: 'name',
    within: 'setId',
    access: 'ranking.view',
    fields: {
      setId: { label: 'government.kind.criterionSet', names: 'criterionSet', fixed: true },
      name: { label: 'history.field.name', fixed: true },
      method: { label: 'history.field.method', list: 'weightingMethod', fixed: true },
      state: { label: 'history.field.state', fixed: true },
      adoptedOn: { label: 'history.field.adoptedOn', kind: 'day', fixed: true },
      adoptedBy: { label: 'decisions.by', fixed: true },
      office: { label: 'decisions.field.office', fixed: true },
      document: { label: 'decisions.field.document', fixed: true },
      inForceAt: { label: 'history.field.inForceAt', kind: 'instant', fixed: true },
      weights: {
        label: 'scoring.weight',
        items: { criterionId, value: { label: 'scoring.weight', kind: 'number' } },
        fixed: true,
      },
    },
  },
  assessor: {
    noun: 'history.noun.assessor',
    title: 'name',
    access: 'rating.named',
    fields: {
      name: { label: 'scoring.assessor.name' },
      office: { label: 'scoring.assessor.office' },
      opdId: { label: 'scoring.assessor.opd', names: 'opd' },
      accountId: { label: 'scoring.assessor.account', names: 'account' },
    },
  },
  round: {
    noun: 'history.noun.round',
    title: 'name',
    access: 'ranking.view',
    fields: {
      setId: { label: 'government.kind.criterionSet', names: 'criterionSet', fixed: true },
      name: { label: 'scoring.round.name' },
      fgdSessionId: { label: 'scoring.round.session', names: 'fgdSession' },
      state: { label: 'scoring.round.state', list: 'roundState', fixed: true },
      due: { label: 'scoring.round.due', kind: 'day' },
      minimum: { label: 'scoring.round.minimum', kind: 'number' },
      inForceAt: { label: 'history.field.inForceAt', kind: 'instant', fixed: true },
      proposals: { label: 'scoring.round.proposals', names: 'proposal', fixed: true },
      tasks: {
        label: 'history.field.tasks',
        items: { assessorId, criterionId },
        fixed: true,
        access: 'rating.named',
      },
    },
  },
  recusal: {
    noun: 'history.noun.recusal',
    title: 'proposalId',
    within: 'assessorId',
    access: 'rating.named',
    fields: {
      roundId: { label: 'scoring.round', names: 'round', fixed: true },
      assessorId,
      proposalId,
      replacedById: { label: 'history.field.replacedBy', names: 'assessor', fixed: true },
      reason: { label: 'scoring.recusal.reason' },
    },
  },
  rating: {
    noun: 'history.noun.rating',
    title: 'proposalId',
    within: 'assessorId',
    access: 'rating.named',
    fields: {
      roundId: { label: 'scoring.round', names: 'round', fixed: true },
      proposalId,
      criterionId,
      assessorId,
      level: { label: 'scoring.level' },
      note: { label: 'inventory.field.note' },
      derived: null,
    },
  },

  phase: {
    noun: 'history.noun.phase',
    title: 'name',
    access: 'roadmap.view',
    fields: {
      seq,
      name: { label: 'roadmap.field.name' },
      yearFrom: { label: 'roadmap.field.yearFrom' },
      yearTo: { label: 'roadmap.field.yearTo' },
      ceiling: { label: 'roadmap.field.ceiling', kind: 'money' },
      capacity: { label: 'roadmap.field.capacity', kind: 'number' },
    },
  },
  placement: {
    noun: 'history.noun.placement',
    title: 'reason',
    within: 'proposalId',
    access: 'roadmap.view',
    fields: {
      proposalId,
      phaseId: { label: 'decisions.field.phase', names: 'phase', fixed: true },
      reason: { label: 'decisions.field.reason', fixed: true },
      ...appended,
    },
  },
  decision: {
    noun: 'history.noun.decision',
    title: 'outcome',
    within: 'proposalId',
    access: 'decision.view',
    fields: {
      proposalId,
      outcome: { label: 'decisions.field.outcome', list: 'outcome', fixed: true },
      phaseId: { label: 'decisions.field.phase', names: 'phase', fixed: true },
      place: { label: 'decisions.place', kind: 'number', fixed: true },
      nationalId: {
        label: 'decisions.field.nationalId',
        names: 'nationalApplication',
        fixed: true,
      },
      applicationId: { label: 'decisions.field.applicationId', names: 'application', fixed: true },
      redirectTo: { label: 'decisions.target', fixed: true },
      lookAgainOn: { label: 'decisions.field.lookAgainOn', kind: 'day', fixed: true },
      level: { label: 'decisions.field.level', list: 'decisionLevel', fixed: true },
      decidedBy: { label: 'decisions.field.decidedBy', fixed: true },
      office: { label: 'decisions.field.office', fixed: true },
      holdsAs: { label: 'decisions.field.holdsAs', list: 'holdsAs', fixed: true },
      decidedOn: { label: 'decisions.field.decidedOn', kind: 'day', fixed: true },
      document: { label: 'decisions.field.document', fixed: true },
      reason: { label: 'decisions.field.reason', fixed: true },
      fgdSessionId,
      computedRank: null,
      computedScore: null,
      correctsId: { label: 'decisions.corrects', names: 'decision', fixed: true },
      ...appended,
    },
  },
  publication: {
    noun: 'history.noun.publication',
    title: 'publishedOn',
    access: 'publication.view',
    fields: {
      kind: { label: 'publications.field.kind', list: 'publicationKind', fixed: true },
      publishedOn: { label: 'publications.field.publishedOn', kind: 'day', fixed: true },
      document: { label: 'publications.field.document', fixed: true },
      note: { label: 'publications.field.note', fixed: true },
      withdrawsId: { label: 'publications.field.withdraws', names: 'publication', fixed: true },
      digest: null,
      ...appended,
    },
  },
}

/** The description of a field that people may see; undefined for all others. */
export function fieldOf(entity: string, field: string): FieldTold | undefined {
  return records[entity]?.fields[field] ?? undefined
}
