import type { Known, LocationFacts, Standards } from './readiness.ts'
import { type Code, lists } from './words.ts'

/** What one internet line of an office tells; kbps down, outages in hours a month. */
export type LineFacts = {
  available: Code<'internet'>
  downKbps: Known<number>
  measuredDownKbps: Known<number>
  lan: Known<Code<'lan'>>
  wifi: Known<Code<'wifi'>>
  outageHours: Known<number>
}

export type InternetFacts = Pick<
  LocationFacts,
  'internet' | 'measuredKbps' | 'statedKbps' | 'lan' | 'wifi' | 'internetOutageHours'
>

/**
 * The lines of an office as one: the best answer of all; the speed of the fastest line (a second
 * line stands in for the first, it does not widen it), measured before stated; the widest LAN and
 * Wi-Fi; the outages of the steadiest line. A line that is recorded as "none" has no speed.
 *
 * @param lines the newest row of each line; none at all means that nobody recorded it
 */
export function officeInternet(lines: readonly LineFacts[]): InternetFacts {
  const working = lines.filter((line) => line.available !== 'no')
  const speed = (line: LineFacts) => line.measuredDownKbps ?? line.downKbps ?? -1
  const fastest = working.reduce<LineFacts | undefined>(
    (best, line) => (best && speed(best) >= speed(line) ? best : line),
    undefined,
  )
  const outages = working.flatMap((line) => line.outageHours ?? [])
  return {
    internet: firstOf(
      'internet',
      lines.map((line) => line.available),
    ),
    measuredKbps: fastest?.measuredDownKbps ?? undefined,
    statedKbps: fastest?.downKbps ?? undefined,
    lan: firstOf(
      'lan',
      lines.map((line) => line.lan),
    ),
    wifi: firstOf(
      'wifi',
      lines.map((line) => line.wifi),
    ),
    internetOutageHours: outages.length > 0 ? Math.min(...outages) : undefined,
  }
}

/** The first code of a list, whose order runs from best to worst, that is among the answers. */
function firstOf<L extends 'internet' | 'lan' | 'wifi'>(
  list: L,
  answers: readonly Known<Code<L>>[],
): Code<L> | undefined {
  return (lists[list] as readonly Code<L>[]).find((code) => answers.includes(code))
}

export type OfficeGap = {
  /** kbps; 0 where it is recorded that there is no internet. */
  kbps: number | undefined
  measured: boolean
  /** kbps; where nobody recorded the computer users it is the minimum that holds for any office. */
  requiredKbps: number
  missingKbps: number | undefined
  goodComputers: number | undefined
  requiredComputers: number | undefined
  missingComputers: number | undefined
  /** `unknown`: nothing known is below the standard, but something is not recorded. */
  state: 'below' | 'unknown' | 'meets'
  /** The largest missing share, 0 to 1. */
  share: number
}

/** How far an office is below the standards of bandwidth and of working computers. */
export function officeGap(facts: LocationFacts, standards: Standards): OfficeGap {
  const users = facts.computerUsers ?? undefined
  const speed = facts.measuredKbps ?? facts.statedKbps ?? undefined
  const kbps = facts.internet === 'no' ? 0 : speed
  const requiredKbps = Math.max(standards.minKbps, standards.kbpsPerUser * (users ?? 0))
  const missingKbps = kbps === undefined ? undefined : Math.max(0, requiredKbps - kbps)
  const goodComputers = facts.goodComputers ?? undefined
  const requiredComputers =
    users === undefined ? undefined : Math.ceil(users / standards.usersPerPc)
  const missingComputers =
    goodComputers === undefined || requiredComputers === undefined
      ? undefined
      : Math.max(0, requiredComputers - goodComputers)
  const share = Math.max(
    (missingKbps ?? 0) / requiredKbps,
    missingComputers && requiredComputers ? missingComputers / requiredComputers : 0,
  )
  const known = users !== undefined && kbps !== undefined && goodComputers !== undefined
  return {
    kbps,
    measured: facts.internet !== 'no' && facts.measuredKbps != null,
    requiredKbps,
    missingKbps,
    goodComputers,
    requiredComputers,
    missingComputers,
    state: share > 0 ? 'below' : known ? 'meets' : 'unknown',
    share,
  }
}

const gapOrder: readonly OfficeGap['state'][] = ['below', 'unknown', 'meets']

/** Compares two gaps: below the standard first, the largest share first; then what is unknown. */
export function worstFirst(a: OfficeGap, b: OfficeGap): number {
  return gapOrder.indexOf(a.state) - gapOrder.indexOf(b.state) || b.share - a.share
}

export type ConditionCounts = { good: number; minor: number; major: number }
export type DeviceTotal = ConditionCounts & { type: Code<'device'>; total: number }

/** Devices added up by type, in the order of the list; types of which there are none are left out. */
export function deviceTotals(
  counts: readonly (ConditionCounts & { type: string })[],
): DeviceTotal[] {
  return lists.device
    .map((type) => {
      const ofType = counts.filter((count) => count.type === type)
      const add = (condition: keyof ConditionCounts) =>
        ofType.reduce((sum, count) => sum + count[condition], 0)
      const [good, minor, major] = [add('good'), add('minor'), add('major')]
      return { type, good, minor, major, total: good + minor + major }
    })
    .filter(({ total }) => total > 0)
}
