import { grouped } from '../domain/grouping.ts'
import type { Code } from '../domain/words.ts'
import type { ReportData, ReportProposal } from './data.ts'
import { isOpen } from './districts.ts'
import { standingOf } from './figures.ts'
import type { Source } from './sheets/context.ts'

/** What lies between the state of today and the plan, and what would close it. */
export type GapRow = {
  gap: string
  /** Null: nothing is recorded that would close it. */
  closedBy: string | null
  target: string | null
  opdId: number
  location: string | null
  /** The goals of the RPJMD that the closing proposals name. */
  rpjmd: string | null
  object: string
  isNew: boolean
  example: string | null
}

const objects = {
  internet: 'Akses internet',
  device: 'Perangkat kerja',
} as const

/**
 * The gaps as they are computed from the records: an office without internet or below the standard,
 * devices beyond use, an application abandoned or to be replaced, a service without one.
 */
export function gapRows(source: Source): GapRow[] {
  const { data } = source
  const order = new Map(data.opds.map((each, at) => [each.id, at]))
  return [
    ...officeGaps(source),
    ...brokenDevices(source),
    ...applicationGaps(source),
    ...serviceGaps(source),
  ].toSorted((a, b) => (order.get(a.opdId) ?? 0) - (order.get(b.opdId) ?? 0))
}

function officeGaps(source: Source): GapRow[] {
  const { data, location, format } = source
  return data.gaps.flatMap((gap): GapRow[] => {
    const office = location(gap.locationId)
    if (!office) return []
    const at = { opdId: office.opdId, location: office.name, rpjmd: null, example: office.example }
    const speed = `${format.mbps(gap.requiredKbps)} Mbps`
    const none = gap.internet === 'no'
    const rows: GapRow[] = []
    if (gap.missingKbps !== null && gap.missingKbps > 0) {
      const by = closing(source, office.id, 'internet')
      rows.push({
        ...at,
        gap: none
          ? `Belum ada internet di ${office.name}`
          : `Internet di ${office.name} kurang ${format.mbps(gap.missingKbps)} Mbps`,
        ...by,
        target: withYears(`Sekurang-kurangnya ${speed}`, by.years),
        object: objects.internet,
        isNew: none,
      })
    }
    if (gap.missingComputers !== null && gap.missingComputers > 0) {
      const by = closing(source, office.id, 'device')
      rows.push({
        ...at,
        gap: `PC dan laptop di ${office.name} kurang ${gap.missingComputers} unit`,
        ...by,
        target: withYears(`${gap.requiredComputers ?? 0} PC atau laptop baik`, by.years),
        object: objects.device,
        isNew: false,
      })
    }
    return rows
  })
}

function brokenDevices(source: Source): GapRow[] {
  const { data, location, label } = source
  return data.surveys.flatMap((survey): GapRow[] => {
    const broken = survey.counts.filter((each) => each.major > 0)
    const office = location(survey.locationId)
    if (!office || broken.length === 0) return []
    const list = broken.map((each) => `${each.major} ${label('device', each.type)}`).join(', ')
    const by = closing(source, office.id, 'device')
    return [
      {
        gap: `Perangkat rusak berat di ${office.name}: ${list}`,
        ...by,
        target: withYears('Diganti atau dihapus dari daftar aset', by.years),
        opdId: office.opdId,
        location: office.name,
        rpjmd: null,
        object: objects.device,
        isNew: false,
        example: survey.example,
      },
    ]
  })
}

/** The open needs of a kind at an office, and their years. */
function closing({ data, label }: Source, locationId: number, kind: Code<'needKind'>) {
  const needs = data.needs.filter(
    (each) => each.locationId === locationId && each.kind === kind && isOpen(each),
  )
  const texts = needs.map(
    (each) => `${each.text} (${label('needState', each.state).toLowerCase()})`,
  )
  return { closedBy: texts.join('; ') || null, years: needs.flatMap((each) => each.year ?? []) }
}

function withYears(target: string, years: readonly number[]): string {
  return years.length === 0 ? target : `${target} pada ${[...new Set(years)].join(', ')}`
}

function applicationGaps({ data, label }: Source): GapRow[] {
  const extending = grouped(data.proposals.filter(isAlive), (each) => each.wayApplicationId ?? 0)
  return data.applications.flatMap((each): GapRow[] => {
    const isDead = each.useState === 'dead' || each.useState === 'unused'
    if (!isDead && each.plan !== 'replace') return []
    const proposals = extending.get(each.id) ?? []
    const planned = each.plan && each.plan !== 'undecided' ? label('appPlan', each.plan) : null
    return [
      {
        gap: isDead
          ? `${each.name}: ${label('appUse', each.useState).toLowerCase()}`
          : `${each.name}: perlu diganti`,
        ...closedByProposals(data, proposals),
        ...(planned !== null && proposals.length === 0 ? { target: planned } : {}),
        opdId: each.opdId,
        location: null,
        object: each.name,
        isNew: each.plan === 'replace',
        example: each.example,
      },
    ]
  })
}

/** Duties that proposals would serve with an application there is none of yet. */
function serviceGaps({ data }: Source): GapRow[] {
  const asked = data.proposals.filter(
    (each) => isAlive(each) && each.duty !== null && each.wayApplicationId === null,
  )
  const byDuty = grouped(asked, (each) => `${each.opdId} ${each.duty?.text}`)
  return [...byDuty.values()].flatMap((proposals): GapRow[] => {
    const [first] = proposals
    if (!first?.duty) return []
    return [
      {
        gap: `Belum ada aplikasi untuk: ${first.duty.text}`,
        ...closedByProposals(data, proposals),
        opdId: first.opdId,
        location: null,
        object: proposals.map((each) => each.title).join('; '),
        isNew: true,
        example: proposals.some((each) => !each.example) ? null : '*',
      },
    ]
  })
}

function isAlive(proposal: ReportProposal): boolean {
  return !['declined', 'withdrawn', 'merged'].includes(standingOf(proposal))
}

function closedByProposals({ plan }: ReportData, proposals: readonly ReportProposal[]) {
  const phases = new Map(plan.phases.map((each) => [each.id, each]))
  const targets = proposals.flatMap(({ id }) => {
    const placed = plan.placements.find((each) => each.proposalId === id)
    const phase = phases.get(placed?.phaseId ?? 0)
    return phase ? `${phase.name} (${yearsOf(phase.yearFrom, phase.yearTo)})` : []
  })
  const goals = proposals.flatMap((each) => each.rpjmd ?? [])
  return {
    closedBy: proposals.map((each) => `${each.number} ${each.title}`).join('; ') || null,
    target: [...new Set(targets)].join('; ') || null,
    rpjmd: [...new Set(goals)].join('; ') || null,
  }
}

function yearsOf(from: number, to: number): string {
  return from === to ? String(from) : `${from}–${to}`
}
