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

test('costs by year stand in their years where the first lies in the own phase, then running cost', () => {
  const years = [
    { year: 2022, amount: 20 },
    { year: 2020, amount: 60 },
  ]
  const cost = { costHigh: 80, runningCost: 7, years }
  // 2019 nothing, 2020 60, 2021 nothing; 2022 20, 2023 running
  expect([0, 1].map((at) => costWithin(phases, cost, 0, at))).toEqual([60, 27])
})

test('placed in another phase, they begin in its first year', () => {
  const years = [
    { year: 2019, amount: 60 },
    { year: 2020, amount: 20 },
  ]
  const cost = { costHigh: 80, runningCost: 7, years }
  expect([0, 1].map((at) => costWithin(phases, cost, 1, at))).toEqual([0, 80])
  expect(costByYear(phases, [[], [cost]], 1)).toEqual([
    { year: 2022, cost: 60 },
    { year: 2023, cost: 20 },
  ])
})

test('a phase costs what its years cost together', () => {
  const year = fc.record({ year: fc.integer({ min: 2017, max: 2026 }), amount: fc.nat(1000) })
  const cost = fc.record({
    costHigh: fc.nat(1000),
    runningCost: fc.nat(100),
    years: fc.array(year, { maxLength: 3 }),
  })
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
