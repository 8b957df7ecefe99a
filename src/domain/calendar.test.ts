import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantOf, isClock, isDay, localClock, localDay, zoneName } from './calendar.ts'
import { lists } from './words.ts'

test.each([
  ['Asia/Jakarta', 'WIB', '08:30'],
  ['Asia/Makassar', 'WITA', '09:30'],
  ['Asia/Jayapura', 'WIT', '10:30'],
] as const)('the event of 14 September 2018 in %s (%s) is at %s', (zone, name, clock) => {
  expect(zoneName(zone)).toBe(name)
  expect(localDay('2018-09-14T01:30:00.000Z', zone)).toBe('2018-09-14')
  expect(localClock('2018-09-14T01:30:00.000Z', zone)).toBe(clock)
  expect(instantOf('2018-09-14', clock, zone)).toBe('2018-09-14T01:30:00.000Z')
})

test.each([
  ['2018-12-31T15:59:59.999Z', '2018-12-31', '23:59'],
  ['2018-12-31T16:00:00.000Z', '2019-01-01', '00:00'],
  ['2020-02-28T16:00:00.000Z', '2020-02-29', '00:00'],
  ['2020-02-29T16:00:00.000Z', '2020-03-01', '00:00'],
])('%s is %s %s in Labuan Bajo', (instant, day, clock) => {
  expect(localDay(instant, 'Asia/Makassar')).toBe(day)
  expect(localClock(new Date(instant), 'Asia/Makassar')).toBe(clock)
})

test('every minute of this age comes back from its day and clock', () => {
  const minute = fc.integer({ min: 0, max: Date.UTC(2100, 0) / 60_000 })
  fc.assert(
    fc.property(minute, fc.constantFrom(...lists.timeZone), (minutes, zone) => {
      const instant = new Date(minutes * 60_000).toISOString()
      expect(instantOf(localDay(instant, zone), localClock(instant, zone), zone)).toBe(instant)
    }),
  )
})

test.each([
  ['2018-02-30', false],
  ['2018-02-28', true],
  ['2019-02-29', false],
  ['2020-02-29', true],
  ['1900-02-29', false],
  ['2018-13-01', false],
  ['2018-00-10', false],
  ['2018-9-14', false],
  ['14-09-2018', false],
  ['2018-09-14T00:00', false],
  ['', false],
])('"%s" is a day: %s', (text, valid) => {
  expect(isDay(text)).toBe(valid)
})

test.each([
  ['09:30', true],
  ['00:00', true],
  ['23:59', true],
  ['24:00', false],
  ['9:30', false],
  ['09.30', false],
  ['09:60', false],
])('"%s" is a clock time: %s', (text, valid) => {
  expect(isClock(text)).toBe(valid)
})

test('a day or time that does not exist has no instant', () => {
  expect(() => instantOf('2018-02-30', '09:30', 'Asia/Makassar')).toThrow(RangeError)
  expect(() => instantOf('2018-02-28', '24:00', 'Asia/Makassar')).toThrow(RangeError)
})
