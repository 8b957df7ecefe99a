import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LocationFacts, readiness } from './readiness.ts'

/** Ten computer users: standard 10 Mbps and five computers; all four parts are met. */
const good: LocationFacts = {
  locationId: 1,
  computerUsers: 10,
  internet: 'yes',
  measuredKbps: 10_000,
  goodComputers: 5,
  lan: 'all',
  wifi: 'none',
  internetOutageHours: 8,
  powerOutageHours: 0,
}
const partsOf = (changes: Partial<LocationFacts>) =>
  readiness([{ ...good, ...changes }]).locations[0]!.parts
const factsMissing = (changes: Partial<LocationFacts>) =>
  readiness([{ ...good, ...changes }]).missing.map((each) => `${each.part}: ${each.fact}`)

test.each([
  [{ measuredKbps: 10_000 }, 1],
  [{ measuredKbps: 9_999 }, 0.5],
  [{ measuredKbps: 5_000 }, 0.5],
  [{ measuredKbps: 4_999 }, 0],
  [{ measuredKbps: 0, statedKbps: 50_000 }, 0],
  [{ measuredKbps: null, statedKbps: 10_000 }, 1],
  [{ computerUsers: 3, measuredKbps: 9_000 }, 0.5],
  [{ computerUsers: 20, measuredKbps: 10_000 }, 0.5],
  [{ computerUsers: 21, measuredKbps: 10_000 }, 0],
  [{ internet: 'limited', measuredKbps: 20_000 }, 1],
  [{ internet: 'no', measuredKbps: null }, 0],
  [{ internet: 'no', measuredKbps: null, computerUsers: null }, 0],
] as const)('bandwidth: %j gives %d', (changes, points) => {
  expect(partsOf(changes).bandwidth).toBe(points)
})

test.each([
  [{ goodComputers: 5 }, 1],
  [{ goodComputers: 4 }, 0.5],
  [{ goodComputers: 3 }, 0.5],
  [{ goodComputers: 2 }, 0],
  [{ goodComputers: 0 }, 0],
  [{ goodComputers: 0, computerUsers: 0 }, 1],
])('devices: %j gives %d', (changes, points) => {
  expect(partsOf(changes).devices).toBe(points)
})

test.each([
  [{ lan: 'all', wifi: 'none' }, 1],
  [{ lan: 'none', wifi: 'all' }, 1],
  [{ lan: 'part', wifi: 'none' }, 0.5],
  [{ lan: 'none', wifi: 'one' }, 0.5],
  [{ lan: 'none', wifi: 'none' }, 0],
  [{ lan: null, wifi: 'part' }, 0.5],
  [{ lan: null, wifi: 'none' }, undefined],
] as const)('network: %j gives %s', (changes, points) => {
  expect(partsOf(changes).network).toBe(points)
})

// Three hours of power a week are 13 a month (3 × 52 / 12).
test.each([
  [{ internetOutageHours: 8, powerOutageHours: 0 }, 1],
  [{ internetOutageHours: 8.1, powerOutageHours: 0 }, 0.5],
  [{ internetOutageHours: 0, powerOutageHours: 3 }, 0.5],
  [{ internetOutageHours: 27, powerOutageHours: 3 }, 0.5],
  [{ internetOutageHours: 28, powerOutageHours: 3 }, 0],
  [{ internet: 'no', internetOutageHours: null }, 0],
] as const)('outages: %j gives %d', (changes, points) => {
  expect(partsOf(changes).outages).toBe(points)
})

test('all four parts met at the only location: level 5', () => {
  expect(readiness([good])).toMatchObject({ complete: true, level: 5, j: 4, missing: [] })
})

test('a hand-worked case of three locations: J = (4 + 2,5 + 0) / 3 = 2,17, level 3', () => {
  const middling = { ...good, locationId: 2, goodComputers: 3, lan: 'none', wifi: 'part' } as const
  const poor: LocationFacts = {
    locationId: 3,
    computerUsers: 10,
    internet: 'no',
    goodComputers: 1,
    lan: 'none',
    wifi: 'none',
    powerOutageHours: 40,
  }
  const result = readiness([good, { ...middling, measuredKbps: 6_000 }, poor])
  expect(result).toMatchObject({
    complete: true,
    level: 3,
    parts: { bandwidth: 0.5, devices: 0.5, network: 0.5, outages: 2 / 3 },
  })
  expect(result.complete && result.j).toBeCloseTo(6.5 / 3, 12)
})

test.each([
  [{ computerUsers: null }, ['bandwidth: computerUsers', 'devices: computerUsers']],
  [{ internet: null, measuredKbps: null }, ['bandwidth: kbps']],
  [{ goodComputers: undefined }, ['devices: goodComputers']],
  [{ lan: null, wifi: null }, ['network: network']],
  [{ internetOutageHours: null }, ['outages: internetOutageHours']],
  [{ powerOutageHours: null }, ['outages: powerOutageHours']],
])('%j makes it incomplete and is named', (changes, missing) => {
  expect(factsMissing(changes)).toEqual(missing)
  expect(readiness([{ ...good, ...changes }])).not.toHaveProperty('level')
})

test('one location that nobody recorded makes the whole incomplete and says which', () => {
  const result = readiness([good, { locationId: 2 }])
  expect(result.complete).toBe(false)
  expect(new Set(result.missing.map((each) => each.locationId))).toEqual(new Set([2]))
})

test('without any location there is no level', () => {
  expect(readiness([])).toEqual({ complete: false, locations: [], missing: [] })
})

test('standards are settings', () => {
  const standards = { kbpsPerUser: 2000, minKbps: 10_000, usersPerPc: 1 }
  expect(readiness([good], standards).locations[0]!.parts).toMatchObject({
    bandwidth: 0.5,
    devices: 0.5,
  })
})

const recorded: fc.Arbitrary<LocationFacts> = fc.record({
  locationId: fc.nat(),
  computerUsers: fc.nat(40),
  internet: fc.constantFrom('yes', 'limited', 'no'),
  measuredKbps: fc.nat(50_000),
  goodComputers: fc.nat(30),
  lan: fc.constantFrom('all', 'part', 'one', 'none'),
  wifi: fc.constantFrom('all', 'part', 'one', 'none'),
  internetOutageHours: fc.nat(60),
  powerOutageHours: fc.nat(10),
})

test('the level is 1 + ⌊J⌋, and the same for any number of equal locations', () => {
  fc.assert(
    fc.property(recorded, fc.integer({ min: 1, max: 7 }), (facts, times) => {
      const single = readiness([facts])
      const many = readiness(Array.from({ length: times }, () => facts))
      if (!single.complete || !many.complete) throw new Error('everything was recorded')
      expect(single.level).toBe(1 + Math.floor(single.j))
      expect(many).toMatchObject({ level: single.level, j: single.j })
    }),
  )
})

test('more bandwidth, more computers or fewer outages never lower the level', () => {
  fc.assert(
    fc.property(recorded, fc.nat(20_000), fc.nat(10), (facts, kbps, extra) => {
      const better = {
        ...facts,
        measuredKbps: facts.measuredKbps! + kbps,
        goodComputers: facts.goodComputers! + extra,
        internetOutageHours: Math.max(0, facts.internetOutageHours! - extra),
      }
      const [before, after] = [readiness([facts]), readiness([better])]
      if (!before.complete || !after.complete) throw new Error('everything was recorded')
      expect(after.level).toBeGreaterThanOrEqual(before.level)
    }),
  )
})
