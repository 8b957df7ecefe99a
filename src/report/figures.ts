import { grouped } from '../domain/grouping.ts'
import { sum } from '../domain/scoring.ts'
import { type Code, lists } from '../domain/words.ts'
import type { ReportData, ReportOpd, ReportProposal, ReportStanding } from './data.ts'

export type InternetState = Code<'internet'>
/** How far the offices of an OPD have internet: all, some, none of them, or nobody asked. */
export type OpdInternet = 'all' | 'some' | 'none' | 'unrecorded'

/** The best of all lines of a location; undefined = not recorded. */
export function internetOf(data: ReportData): (locationId: number) => InternetState | undefined {
  const lines = grouped(data.internet, (each) => each.locationId)
  return (locationId) =>
    lists.internet.find((code) =>
      (lines.get(locationId) ?? []).some((line) => line.available === code),
    )
}

export type OpdFigures = {
  opdId: number
  locations: number
  /** Of them with internet, be it limited; with none; not recorded. */
  connected: number
  unconnected: number
  unrecorded: number
  internet: OpdInternet
  devices: Record<Code<'deviceCondition'>, number>
  /** Locations with a device survey. */
  surveyed: number
  /** PCs and laptops in good condition. */
  computers: number
  computerUsers: number | null
  applications: number
  /** Of them active and used. */
  applicationsUsed: number
  proposals: number
  /** Accepted by a decision in force. */
  accepted: number
  withoutCost: number
  costHigh: number
}

/** PCs and laptops in good condition at a location; null where nobody counted the devices. */
export function goodComputersOf(data: ReportData): (locationId: number) => number | null {
  const surveys = new Map(data.surveys.map((each) => [each.locationId, each.counts]))
  return (locationId) => {
    const counts = surveys.get(locationId)
    return counts ? sum(counts.filter(isComputer).map((each) => each.good)) : null
  }
}

/** A line of the recapitulation: an OPD together with its units, or one of the units. */
export type RecapLine = { opd: ReportOpd; units: ReportOpd[]; figures: OpdFigures }

/**
 * Every OPD with its units in its figures, its units behind it. One that has ended is here only
 * when records still hang on it, or on a unit of it.
 */
export function recapLines(data: ReportData): RecapLine[] {
  const own = new Map(opdFigures(data).map((each) => [each.opdId, each]))
  const needing = new Set(data.needs.map((each) => each.opdId))
  const isShown = (opd: ReportOpd) => {
    const held = own.get(opd.id)
    const records = held ? held.locations + held.applications + held.proposals : 0
    return !opd.ended || records > 0 || needing.has(opd.id)
  }
  const shown = data.opds.filter(isShown)
  const units = grouped(shown, (each) => each.parentId)
  return data.opds
    .filter((opd) => opd.parentId === null && (isShown(opd) || units.has(opd.id)))
    .flatMap((opd): RecapLine[] => {
      const below = units.get(opd.id) ?? []
      const line = (lead: ReportOpd, under: ReportOpd[]): RecapLine => ({
        opd: lead,
        units: under,
        figures: together(
          lead.id,
          [lead, ...under].flatMap((each) => own.get(each.id) ?? []),
        ),
      })
      return [line(opd, below), ...below.map((unit) => line(unit, []))]
    })
}

function together(opdId: number, all: readonly OpdFigures[]): OpdFigures {
  const add = (of: (each: OpdFigures) => number) => sum(all.map(of))
  const users = all.flatMap((each) => each.computerUsers ?? [])
  const [locations, connected, unconnected] = [
    add((each) => each.locations),
    add((each) => each.connected),
    add((each) => each.unconnected),
  ]
  return {
    opdId,
    locations,
    connected,
    unconnected,
    unrecorded: locations - connected - unconnected,
    internet: internetState(locations, connected, unconnected),
    devices: {
      good: add((each) => each.devices.good),
      minor: add((each) => each.devices.minor),
      major: add((each) => each.devices.major),
    },
    surveyed: add((each) => each.surveyed),
    computers: add((each) => each.computers),
    computerUsers: users.length > 0 ? sum(users) : null,
    applications: add((each) => each.applications),
    applicationsUsed: add((each) => each.applicationsUsed),
    proposals: add((each) => each.proposals),
    accepted: add((each) => each.accepted),
    withoutCost: add((each) => each.withoutCost),
    costHigh: add((each) => each.costHigh),
  }
}

/** One line for every OPD and unit, each for itself, in the order of the OPD. */
export function opdFigures(data: ReportData): OpdFigures[] {
  const state = internetOf(data)
  const locations = grouped(data.locations, (each) => each.opdId)
  const surveys = new Map(data.surveys.map((each) => [each.locationId, each.counts]))
  const proposals = grouped(data.proposals, (each) => each.opdId)
  const applications = grouped(data.applications, (each) => each.opdId)
  const people = new Map(data.people.map((each) => [each.opdId, each]))
  return data.opds.map(({ id }) => {
    const own = locations.get(id) ?? []
    const states = own.map((each) => state(each.id))
    const connected = states.filter((each) => each === 'yes' || each === 'limited').length
    const unconnected = states.filter((each) => each === 'no').length
    const counts = own.flatMap((each) => surveys.get(each.id) ?? [])
    const handedIn = proposals.get(id) ?? []
    return {
      opdId: id,
      locations: own.length,
      connected,
      unconnected,
      unrecorded: own.length - connected - unconnected,
      internet: internetState(own.length, connected, unconnected),
      devices: {
        good: sum(counts.map((each) => each.good)),
        minor: sum(counts.map((each) => each.minor)),
        major: sum(counts.map((each) => each.major)),
      },
      surveyed: own.filter((each) => surveys.has(each.id)).length,
      computers: sum(counts.filter(isComputer).map((each) => each.good)),
      computerUsers: people.get(id)?.computerUsers ?? null,
      applications: (applications.get(id) ?? []).length,
      applicationsUsed: (applications.get(id) ?? []).filter((each) => each.useState === 'used')
        .length,
      proposals: handedIn.length,
      accepted: handedIn.filter((each) => each.decision?.outcome === 'accepted').length,
      withoutCost: handedIn.filter((each) => costOf(each) === null).length,
      costHigh: sum(handedIn.map((each) => costOf(each) ?? 0)),
    }
  })
}

function internetState(locations: number, connected: number, unconnected: number): OpdInternet {
  if (connected + unconnected === 0) return 'unrecorded'
  if (connected === 0) return 'none'
  return connected === locations ? 'all' : 'some'
}

/** The upper estimate in rupiah; null = unknown, left out of every sum. */
export function costOf(proposal: Pick<ReportProposal, 'costUnknown' | 'costHigh'>): number | null {
  return proposal.costUnknown === 1 ? null : proposal.costHigh
}

export function isComputer({ type }: { type: string }): boolean {
  return type === 'pc' || type === 'laptop'
}

export const standings = [
  'accepted',
  'redirected',
  'postponed',
  'declined',
  'submitted',
  'returned',
  'under_review',
  'reviewed',
  'merged',
  'withdrawn',
] as const
/** Where a proposal stands: the outcome of the decision in force, else its state. */
export type StandingCode = (typeof standings)[number]

export function standingOf(proposal: ReportProposal): StandingCode {
  if (proposal.decision) return proposal.decision.outcome
  return proposal.state === 'draft' ? 'submitted' : proposal.state
}

export type Figures = {
  /** Those that have not ended; units count with the OPD above them. */
  opds: number
  opdsByInternet: Record<OpdInternet, number>
  locations: number
  locationsByInternet: Record<InternetState | 'unrecorded', number>
  devices: Record<Code<'deviceCondition'>, number>
  applicationsByUse: Record<Code<'appUse'> | 'unrecorded', number>
  needsByState: Record<Code<'needState'>, number>
  proposals: number
  byStanding: Record<StandingCode, number>
  byWay: Record<Code<'way'> | 'unrecorded', number>
  byPlatform: Record<Code<'platform'>, number>
  byNature: Record<Code<'nature'>, number>
  costHigh: number
  withoutCost: number
  ranked: number
  phases: {
    phaseId: number
    applications: number
    used: number
    /** The same with the lower estimates of the applications placed in it. */
    usedLow: number
    ceiling: number | null
    uncounted: number
  }[]
  /** The first ten by computed rank; more where the tenth is tied. */
  first: ReportStanding[]
}

/** Every figure of the summary, for the workbook, the pages and the tests that compare them. */
export function figures(data: ReportData): Figures {
  const { proposals } = data
  const all = opdFigures(data)
  const opds = recapLines(data).filter(({ opd }) => opd.parentId === null && !opd.ended)
  const state = internetOf(data)
  const spreads = new Map(proposals.map((each) => [each.id, spreadOf(each)]))
  const locationStates = data.locations.map(({ id }) => state(id) ?? 'unrecorded')
  return {
    opds: opds.length,
    opdsByInternet: tally(
      ['all', 'some', 'none', 'unrecorded'],
      opds.map((each) => each.figures.internet),
    ),
    locations: data.locations.length,
    locationsByInternet: tally([...lists.internet, 'unrecorded'], locationStates),
    devices: {
      good: sum(all.map((each) => each.devices.good)),
      minor: sum(all.map((each) => each.devices.minor)),
      major: sum(all.map((each) => each.devices.major)),
    },
    applicationsByUse: tally(
      [...lists.appUse, 'unrecorded'],
      data.applications.map((each) => each.useState ?? 'unrecorded'),
    ),
    needsByState: tally(
      lists.needState,
      data.needs.map((each) => each.state),
    ),
    proposals: proposals.length,
    byStanding: tally(standings, proposals.map(standingOf)),
    byWay: tally(
      [...lists.way, 'unrecorded'],
      proposals.map((each) => each.way ?? 'unrecorded'),
    ),
    byPlatform: tally(
      lists.platform,
      proposals.flatMap((each) => each.platforms),
    ),
    byNature: tally(
      lists.nature,
      proposals.flatMap((each) => each.natures),
    ),
    costHigh: sum(proposals.map((each) => costOf(each) ?? 0)),
    withoutCost: proposals.filter((each) => costOf(each) === null).length,
    ranked: data.assessment.standings.filter((each) => each.group === 'ranked').length,
    phases: data.plan.uses.map((use) => ({
      phaseId: use.phaseId,
      applications: data.plan.placements.filter((each) => each.phaseId === use.phaseId).length,
      used: use.used,
      usedLow:
        use.used -
        sum(
          data.plan.placements
            .filter((each) => each.phaseId === use.phaseId && each.years.length > 0)
            .map((each) => spreads.get(each.proposalId) ?? 0),
        ),
      ceiling: data.plan.phases.find((each) => each.id === use.phaseId)?.ceiling ?? null,
      uncounted: use.uncounted,
    })),
    first: data.assessment.standings.filter((each) => each.rank !== null && each.rank <= 10),
  }
}

/** Rupiah between the estimates; 0 where costs were given by year, or one of the estimates was not. */
function spreadOf({ costUnknown, costLow, costHigh, costs }: ReportProposal): number {
  if (costUnknown === 1 || costs.length > 0 || costLow === null || costHigh === null) return 0
  return Math.max(0, costHigh - costLow)
}

function tally<K extends string>(codes: readonly K[], found: readonly string[]): Record<K, number> {
  const counts = Object.fromEntries(codes.map((code) => [code, 0])) as Record<string, number>
  for (const code of found) if (code in counts) counts[code] = (counts[code] ?? 0) + 1
  return counts as Record<K, number>
}
