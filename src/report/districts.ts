import { grouped } from '../domain/grouping.ts'
import { sum } from '../domain/scoring.ts'
import type { ReportData, ReportNeed } from './data.ts'
import { goodComputersOf, internetOf } from './figures.ts'

export type DistrictFigures = {
  /** Null: of these offices nobody recorded the district, or a need is of no one office. */
  district: string | null
  locations: number
  /** Of them with internet, be it limited; with none; not recorded. */
  connected: number
  unconnected: number
  unrecorded: number
  /** PCs and laptops in good condition. */
  computers: number
  /** Good computers for each person who works with one, over the offices where both are recorded. */
  ratio: number | null
  openNeeds: number
  /** Rupiah; needs of unknown cost are left out. */
  needCost: number
}

/** Infrastructure by district (kecamatan), by name; what has no district comes last. */
export function districtFigures(data: ReportData): DistrictFigures[] {
  const state = internetOf(data)
  const computers = goodComputersOf(data)
  const districtOf = new Map(data.locations.map((each) => [each.id, each.district || null]))
  const offices = grouped(data.locations, (each) => each.district || null)
  const needs = grouped(
    data.needs.filter(isOpen),
    (need) => districtOf.get(need.locationId ?? 0) ?? null,
  )
  const names = [...new Set([...offices.keys(), ...needs.keys()])]
  return names.toSorted(byName).map((district) => {
    const own = offices.get(district) ?? []
    const states = own.map(({ id }) => state(id))
    const connected = states.filter((each) => each === 'yes' || each === 'limited').length
    const unconnected = states.filter((each) => each === 'no').length
    const both = own.filter(
      ({ id, computerUsers }) => computers(id) !== null && computerUsers !== null,
    )
    const users = sum(both.map((each) => each.computerUsers ?? 0))
    const asked = needs.get(district) ?? []
    return {
      district,
      locations: own.length,
      connected,
      unconnected,
      unrecorded: own.length - connected - unconnected,
      computers: sum(own.map(({ id }) => computers(id) ?? 0)),
      ratio: users > 0 ? sum(both.map(({ id }) => computers(id) ?? 0)) / users : null,
      openNeeds: asked.length,
      needCost: sum(asked.map((need) => need.cost ?? 0)),
    }
  })
}

/** Neither met nor dropped. */
export function isOpen({ state }: Pick<ReportNeed, 'state'>): boolean {
  return state === 'recorded' || state === 'planned'
}

function byName(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a.localeCompare(b, 'id')
}
