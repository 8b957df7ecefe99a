import { sum } from './scoring.ts'
import type { Code } from './words.ts'

/** What was recorded, or null/undefined where nobody recorded it. */
export type Known<T> = T | null | undefined

/** Settings of the installation; `defaultStandards` are the ones it starts with. */
export type Standards = {
  kbpsPerUser: number
  minKbps: number
  usersPerPc: number
}

export const defaultStandards: Standards = { kbpsPerUser: 1000, minKbps: 10_000, usersPerPc: 2 }

/** One location of use as the inventory knows it. */
export type LocationFacts = {
  locationId: number
  /** Employees there who work with a computer; of the OPD where it is not kept by location. */
  computerUsers?: Known<number>
  internet?: Known<Code<'internet'>>
  /** Down, in kbps, of the fastest line; what was measured goes before what the contract says. */
  measuredKbps?: Known<number>
  statedKbps?: Known<number>
  /** PCs and laptops in good condition; a survey without any is 0. */
  goodComputers?: Known<number>
  lan?: Known<Code<'lan'>>
  wifi?: Known<Code<'wifi'>>
  /** Hours a month. */
  internetOutageHours?: Known<number>
  /** Hours a **week**. */
  powerOutageHours?: Known<number>
}

export const readinessParts = ['bandwidth', 'devices', 'network', 'outages'] as const
export type ReadinessPart = (typeof readinessParts)[number]
export type PartPoints = 0 | 0.5 | 1

export type ReadinessFact =
  | 'computerUsers'
  | 'kbps'
  | 'goodComputers'
  | 'network'
  | 'internetOutageHours'
  | 'powerOutageHours'

/** A fact nobody recorded, the part it holds up, and where. */
export type MissingFact = { locationId: number; part: ReadinessPart; fact: ReadinessFact }

export type LocationReadiness = {
  locationId: number
  /** A part that cannot be told is undefined. */
  parts: Record<ReadinessPart, PartPoints | undefined>
}

export type Readiness =
  | {
      complete: true
      /** 1 to 5. */
      level: number
      /** 0 to 4, the sum of the four means. */
      j: number
      /** Mean of each part over the locations. */
      parts: Record<ReadinessPart, number>
      locations: LocationReadiness[]
      missing: MissingFact[]
    }
  | {
      complete: false
      locations: LocationReadiness[]
      /** Empty where there is no location of use at all. */
      missing: MissingFact[]
    }

/**
 * Readiness of the infrastructure (criterion K4): at every location of use bandwidth, devices,
 * local network and outages count 1, ½ or 0 each; J is the mean over the locations of their sum;
 * the level is 1 + ⌊J⌋. A part nobody recorded, or no location, makes the whole incomplete, never 0.
 *
 * @param locations the locations of use; where a proposal names none, its head office (the caller's
 *   choice)
 */
export function readiness(
  locations: readonly LocationFacts[],
  standards: Standards = defaultStandards,
): Readiness {
  const missing: MissingFact[] = []
  const assessed = locations.map((facts) => {
    const parts = Object.fromEntries(
      readinessParts.map((part) => {
        const outcome = assess[part](facts, standards)
        if (typeof outcome === 'number') return [part, outcome]
        missing.push(...outcome.map((fact) => ({ locationId: facts.locationId, part, fact })))
        return [part, undefined]
      }),
    ) as LocationReadiness['parts']
    return { locationId: facts.locationId, parts }
  })
  if (assessed.length === 0 || missing.length > 0) {
    return { complete: false, locations: assessed, missing }
  }

  const total = (part: ReadinessPart) => sum(assessed.map((each) => each.parts[part] ?? 0))
  // The totals are whole halves, hence exact: one division leaves J = 3 a 3.
  const j = sum(readinessParts.map(total)) / assessed.length
  const parts = Object.fromEntries(
    readinessParts.map((part) => [part, total(part) / assessed.length]),
  ) as Record<ReadinessPart, number>
  return { complete: true, level: 1 + Math.floor(j), j, parts, locations: assessed, missing }
}

const weeksPerMonth = 52 / 12
const fewOutageHours = 8
const manyOutageHours = 40

/** Points of one part, or the facts it lacks. */
type Assess = (facts: LocationFacts, standards: Standards) => PartPoints | ReadinessFact[]

const assess: Record<ReadinessPart, Assess> = {
  /** An office recorded as having no internet has a bandwidth of 0, whatever else is recorded. */
  bandwidth(facts, standards) {
    if (facts.internet === 'no') return 0
    const kbps = facts.measuredKbps ?? facts.statedKbps
    const users = facts.computerUsers
    if (kbps == null || users == null) {
      return lacking({ kbps: kbps == null, computerUsers: users == null })
    }
    return against(kbps, Math.max(standards.minKbps, standards.kbpsPerUser * users))
  },

  devices(facts, standards) {
    const computers = facts.goodComputers
    const users = facts.computerUsers
    if (computers == null || users == null) {
      return lacking({ goodComputers: computers == null, computerUsers: users == null })
    }
    return against(computers, users / standards.usersPerPc)
  },

  /** The better of LAN and Wi-Fi; "none" of one while the other was not asked tells nothing. */
  network(facts) {
    const points = [facts.lan, facts.wifi].map((cover) =>
      cover == null ? undefined : covers[cover],
    )
    const best = Math.max(...points.map((each) => each ?? 0)) as PartPoints
    return best === 0 && points.includes(undefined) ? ['network'] : best
  },

  /**
   * Hours without internet and hours without power in a month, together. Where there is no internet
   * and nobody recorded its outages, it is out all month.
   */
  outages(facts) {
    const internet = facts.internetOutageHours
    const power = facts.powerOutageHours
    if (internet == null && facts.internet === 'no') return 0
    if (internet == null || power == null) {
      return lacking({ internetOutageHours: internet == null, powerOutageHours: power == null })
    }
    const hours = internet + power * weeksPerMonth
    return hours <= fewOutageHours ? 1 : hours <= manyOutageHours ? 0.5 : 0
  },
}

const covers: Record<Code<'lan'>, PartPoints> = { all: 1, part: 0.5, one: 0.5, none: 0 }

function against(amount: number, standard: number): PartPoints {
  if (amount >= standard) return 1
  return amount >= standard / 2 ? 0.5 : 0
}

function lacking(facts: Partial<Record<ReadinessFact, boolean>>): ReadinessFact[] {
  return (Object.keys(facts) as ReadinessFact[]).filter((fact) => facts[fact])
}
