import { describe, expect, test } from 'vitest'
import { type LineFacts, officeGap, officeInternet, worstFirst } from './office.ts'
import { defaultStandards } from './readiness.ts'

const line = (facts: Partial<LineFacts>): LineFacts => ({
  available: 'yes',
  downKbps: null,
  measuredDownKbps: null,
  lan: null,
  wifi: null,
  outageHours: null,
  ...facts,
})

describe('the lines of an office', () => {
  test('no line recorded is nothing known, not "none"', () => {
    expect(officeInternet([]).internet).toBeUndefined()
    expect(officeInternet([line({ available: 'no' })]).internet).toBe('no')
  })

  test('the best answer, the fastest line, the widest cover, the steadiest line', () => {
    const facts = officeInternet([
      line({ available: 'limited', downKbps: 50_000, measuredDownKbps: 8_000, lan: 'part' }),
      line({ downKbps: 20_000, lan: 'none', wifi: 'all', outageHours: 6 }),
      line({ available: 'no', downKbps: 100_000, outageHours: 1 }),
    ])
    expect(facts).toEqual({
      internet: 'yes',
      measuredKbps: undefined,
      statedKbps: 20_000,
      lan: 'part',
      wifi: 'all',
      internetOutageHours: 6,
    })
  })
})

describe('the gap of an office', () => {
  test('hand-worked: 30 users, 12 Mbps measured, 10 good computers', () => {
    const gap = officeGap(
      {
        locationId: 1,
        internet: 'yes',
        computerUsers: 30,
        measuredKbps: 12_000,
        statedKbps: 50_000,
        goodComputers: 10,
      },
      defaultStandards,
    )
    expect(gap).toMatchObject({
      requiredKbps: 30_000,
      missingKbps: 18_000,
      requiredComputers: 15,
      missingComputers: 5,
      state: 'below',
      share: 0.6,
    })
  })

  test('no internet is below whatever else is known; too slow for any office as well', () => {
    expect(officeGap({ locationId: 1, internet: 'no' }, defaultStandards)).toMatchObject({
      kbps: 0,
      missingKbps: 10_000,
      state: 'below',
      share: 1,
    })
    expect(
      officeGap({ locationId: 1, internet: 'yes', statedKbps: 5_000 }, defaultStandards).state,
    ).toBe('below')
    expect(
      officeGap({ locationId: 1, internet: 'yes', statedKbps: 10_000 }, defaultStandards).state,
    ).toBe('unknown')
  })

  test('exactly the standard meets it; the worst comes first, then what is unknown', () => {
    const meets = officeGap(
      { locationId: 1, internet: 'yes', computerUsers: 3, statedKbps: 10_000, goodComputers: 2 },
      defaultStandards,
    )
    const unknown = officeGap({ locationId: 2 }, defaultStandards)
    const half = officeGap({ locationId: 3, internet: 'yes', statedKbps: 5_000 }, defaultStandards)
    const none = officeGap({ locationId: 4, internet: 'no' }, defaultStandards)
    expect(meets.state).toBe('meets')
    expect([meets, unknown, half, none].sort(worstFirst)).toEqual([none, half, unknown, meets])
  })
})
