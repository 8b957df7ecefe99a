import fc from 'fast-check'
import { expect, test } from 'vitest'
import { costByYear, costWithin } from './phase-cost.ts'
import { sum } from './scoring.ts'

const phases = [
  { yearFrom: 2019, yearTo: 2021 },
  { yearFrom: 2022, yearTo: 2023 },
]

test('the estimate once in the first year, running cost in every later year of the plan', () => {
  const cost = { costHigh: 100, runningCost: 7 }
  expect([0, 1].map((at) => costWithin(phases, cost, 0, at))).toEqual([114, 14])
  expect([0, 1].map((at) => costWithin(phases, cost, 1, at))).toEqual([0, 107])
})

test('what is unknown is left out', () => {
  expect(costWithin(phases, { costHigh: null, runningCost: 7 }, 0, 0)).toBe(14)
  expect(costWithin(phases, { costHigh: 100, runningCost: null }, 0, 0)).toBe(100)
})

test('a phase costs what its years cost together', () => {
  const cost = fc.record({ costHigh: fc.nat(1000), runningCost: fc.nat(100) })
  fc.assert(
    fc.property(fc.array(cost), fc.array(cost), (first, second) => {
      for (const at of [0, 1]) {
        const years = costByYear(phases, [first, second], at).map((year) => year.cost)
        const within = [first, second].flatMap((costs, from) =>
          costs.map((each) => costWithin(phases, each, from, at)),
        )
        expect(sum(years)).toBe(sum(within))
      }
    }),
  )
})
