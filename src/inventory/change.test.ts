import { expect, test } from 'vitest'
import { changesBetween } from './change.ts'
import { groupOffices } from './groups.ts'
import type { Filters } from './overview.ts'
import { survey } from './overview.ts'
import type { ReadinessInput } from './queries.ts'

const office = (locationId: number, more: Partial<ReadinessInput>): ReadinessInput => ({
  locationId,
  opdId: 1,
  opd: 'Dinas A',
  aboveId: null,
  above: null,
  name: `Lokasi ${locationId}`,
  kind: 'main',
  district: 'Komodo',
  isHead: 0,
  example: null,
  internetOn: undefined,
  devicesOn: undefined,
  ...more,
})
const standards = { kbpsPerUser: 1_000, minKbps: 10_000, usersPerPc: 2 }
const people = (opdId: number, n: number) => ({ opdId, people: n, computerUsers: null })

test('compares, by OPD, only what was recorded on both days', () => {
  const before = [
    office(1, { isHead: 1, internet: 'no', goodComputers: 3 }),
    office(2, { internet: 'yes', statedKbps: 10_000, measuredKbps: 8_000, goodComputers: 5 }),
    office(3, {}),
    office(4, { opdId: 2, opd: 'Dinas B', internet: 'yes', statedKbps: 5_000 }),
  ]
  const after = [
    office(1, { isHead: 1, internet: 'yes', statedKbps: 20_000, goodComputers: 1 }),
    office(2, { internet: 'limited', measuredKbps: 8_000, goodComputers: 5 }),
    office(3, { internet: 'yes', statedKbps: 4_000 }),
    office(4, { opdId: 2, opd: 'Dinas B', isHead: 1, internet: 'yes', statedKbps: 5_000 }),
  ]
  const rows = changesBetween(
    { offices: before, people: [people(1, 40)] },
    { offices: after, people: [people(1, 45), people(2, 12)] },
    'opd',
    'internet',
  )
  expect(rows.map((row) => row.name)).toEqual(['Dinas A', 'Dinas B'])
  const [a, b] = rows
  const known = { unknownBefore: 1, unknownAfter: 0 }
  expect(a?.internet).toEqual({ before: 1, after: 3, change: 1, ...known })
  expect(a?.speed).toEqual({ before: 8_000, after: 32_000, change: 20_000, ...known })
  expect(a?.computers).toEqual({
    before: 8,
    after: 6,
    change: -2,
    unknownBefore: 1,
    unknownAfter: 1,
  })
  expect(a?.people).toMatchObject({ before: 40, after: 45, change: 5 })
  expect(a?.changed.map((each) => each.id)).toEqual([1, 3])
  expect(b?.people).toMatchObject({ before: undefined, after: 12, change: undefined })
  expect(b?.changed).toEqual([])
})

test('by district people count where the head office is, and the measure orders the rows', () => {
  const state = (kbps: number) => [
    office(1, { isHead: 1, internet: 'yes', statedKbps: 1_000 }),
    office(2, { district: 'Boleng', internet: 'yes', statedKbps: kbps }),
    office(3, { district: null, internet: 'yes' }),
  ]
  const compare = (order: 'speed' | 'people') =>
    changesBetween(
      { offices: state(2_000), people: [people(1, 10)] },
      { offices: state(500), people: [people(1, 12)] },
      'district',
      order,
    )
  expect(compare('speed').map((row) => row.name)).toEqual(['Boleng', 'Komodo', ''])
  expect(compare('people').map((row) => row.name)).toEqual(['Komodo', 'Boleng', ''])
  expect(compare('people')[0]?.people.change).toBe(2)
  expect(compare('people')[1]?.people.change).toBeUndefined()
  expect(compare('speed')[0]?.speed.change).toBe(-1_500)
})

test('a group has internet everywhere, somewhere, nowhere, or nobody knows; the worst stands first', () => {
  const offices = [
    office(1, { internet: 'yes', statedKbps: 50_000, computerUsers: 4, goodComputers: 4 }),
    office(2, { opdId: 2, opd: 'Dinas B', internet: 'limited', statedKbps: 2_000 }),
    office(3, { opdId: 2, opd: 'Dinas B', computerUsers: 6, goodComputers: 1 }),
    office(4, { opdId: 3, opd: 'Dinas C', internet: 'no' }),
    office(5, { opdId: 4, opd: 'Dinas D' }),
  ]
  const filters: Filters = {
    q: '',
    opdId: undefined,
    state: undefined,
    district: '',
    asOf: '',
    sort: 'gap',
  }
  const groups = groupOffices(survey(offices, filters, standards).rows, 'opd')
  expect(groups.map(({ name, state, below }) => [name, state, below])).toEqual([
    ['Dinas B', 'some', 2],
    ['Dinas C', 'no', 1],
    ['Dinas A', 'yes', 0],
    ['Dinas D', 'unrecorded', 0],
  ])
  expect(groups[0]).toMatchObject({
    locations: 2,
    withInternet: 1,
    limited: 1,
    unrecorded: 1,
    missingKbps: 8_000,
    missingComputers: 2,
  })
})

test('what a unit has counts for the OPD above it; narrowed to that OPD, each stands apart', () => {
  const above = { aboveId: 1, above: 'Dinas A' }
  const then = [office(1, { internet: 'no' })]
  const now = [
    office(1, { internet: 'yes', statedKbps: 5_000 }),
    office(2, { opdId: 2, opd: 'UPTD B', ...above, internet: 'no' }),
  ]
  const wanted = { q: '', state: undefined, district: '', opdId: undefined, asOf: '' }
  const filters: Filters = { ...wanted, sort: 'opd' }
  const { rows } = survey(now, filters, standards)
  const together = { name: 'Dinas A', opdId: 1, units: 1, locations: 2, withInternet: 1 }
  expect(groupOffices(rows, 'opd')).toMatchObject([together])
  expect(groupOffices(rows, 'opd', 1).map((row) => [row.name, row.units])).toEqual([
    ['UPTD B', 0],
    ['Dinas A', 0],
  ])
  const changes = (narrowedTo?: number) =>
    changesBetween(
      { offices: then, people: [people(2, 4)] },
      { offices: now, people: [people(1, 10), people(2, 6)] },
      ...(['opd', 'internet', narrowedTo] as const),
    )
  expect(changes()).toMatchObject([{ name: 'Dinas A', locations: 2, people: { after: 16 } }])
  expect(changes(1).map((row) => row.name)).toEqual(['Dinas A', 'UPTD B'])
})
