import { type Code, lists } from './words.ts'

export type OpdPart = Code<'opdPart'>

/** What is known of one OPD, in counts; a "none" that was said is an answer. */
export type OpdCounts = {
  hasHead: boolean
  hasContact: boolean
  duties: number
  /** Employees by status and those working with a computer are all recorded (0 is recorded). */
  peopleRecorded: boolean
  /** The main office is among the locations. */
  hasMainOffice: boolean
  locations: number
  /** Locations whose internet is recorded, also as "none". */
  locationsWithInternet: number
  /** Locations with a device survey, also one that says "no devices". */
  locationsWithDevices: number
  applications: number
  saysNoApplications: boolean
  /** Proposals handed in; drafts do not count. */
  proposals: number
  saysNoProposals: boolean
  /** An amount or "not budgeted" is recorded for the year. */
  budgetThisYear: boolean
  budgetNextYear: boolean
  confirmed: boolean
}

export type PartDone = { part: OpdPart; done: boolean; required: boolean }

export type OpdCompleteness = {
  /** The ten parts in their order. */
  parts: PartDone[]
  /** How many of the ten are done. */
  done: number
  of: number
  /** Every part that is required before confirming is done. */
  mayConfirm: boolean
}

const requiredParts: readonly OpdPart[] = [
  'head',
  'duties',
  'locations',
  'internet',
  'devices',
  'applications',
  'proposals',
]

/** The ten equal parts of an OPD's completeness. */
export function opdCompleteness(counts: OpdCounts): OpdCompleteness {
  const done = partsDone(counts)
  const parts = lists.opdPart.map((part) => ({
    part,
    done: done[part],
    required: requiredParts.includes(part),
  }))
  return {
    parts,
    done: parts.filter((each) => each.done).length,
    of: parts.length,
    mayConfirm: parts.every((each) => each.done || !each.required),
  }
}

function partsDone(counts: OpdCounts): Record<OpdPart, boolean> {
  const everyLocation = (known: number) => counts.locations > 0 && known >= counts.locations
  return {
    head: counts.hasHead && counts.hasContact,
    duties: counts.duties > 0,
    people: counts.peopleRecorded,
    locations: counts.hasMainOffice,
    internet: everyLocation(counts.locationsWithInternet),
    devices: everyLocation(counts.locationsWithDevices),
    applications: counts.applications > 0 || counts.saysNoApplications,
    proposals: counts.proposals > 0 || counts.saysNoProposals,
    budget: counts.budgetThisYear && counts.budgetNextYear,
    confirmation: counts.confirmed,
  }
}
