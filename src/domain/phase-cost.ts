import { sum } from './scoring.ts'

type Years = { yearFrom: number; yearTo: number }

/** Whole rupiah of one calendar year. */
export type YearCost = { year: number; amount: number }

type Cost = {
  costHigh: number | null
  runningCost: number | null
  /** What it costs by year, where that was given: it stands in the place of `costHigh`. */
  years?: readonly YearCost[] | undefined
}

/**
 * What an application placed in phase `from` costs within the years of phase `at`, in rupiah: the
 * upper estimate in the first year of its own phase, running cost in every year after. What is
 * unknown is left out.
 *
 * Costs by year stand in the years given, where the first of them lies in its own phase; else all
 * are moved by as many years as bring the first to the first year of the phase. Running cost then
 * begins after the last of them.
 */
export function costWithin(phases: readonly Years[], cost: Cost, from: number, at: number): number {
  if (at < from) return 0
  const own = phases[from]!
  const { yearFrom, yearTo } = phases[at]!
  if (isByYear(cost)) return sum(yearsOf(phases[at]!).map((year) => costIn(year, own, cost)))

  const running = cost.runningCost ?? 0
  if (at === from) return (cost.costHigh ?? 0) + running * (yearTo - yearFrom)
  return running * Math.max(0, yearTo - Math.max(own.yearTo, yearFrom - 1))
}

/**
 * Cost of each year of phase `at`, earlier phases' running cost included.
 *
 * @param placed the applications by phase
 */
export function costByYear(
  phases: readonly Years[],
  placed: readonly (readonly Cost[])[],
  at: number,
): { year: number; cost: number }[] {
  return yearsOf(phases[at]!).map((year) => ({
    year,
    cost: sum(
      placed
        .slice(0, at + 1)
        .flatMap((costs, from) => costs.map((cost) => costIn(year, phases[from]!, cost))),
    ),
  }))
}

/** Rupiah of a calendar year, for an application that stands in the phase `own`. */
function costIn(year: number, own: Years, cost: Cost): number {
  const { first, amounts } = scheduleOf(own, cost)
  if (year < first) return 0
  return amounts[year - first] ?? cost.runningCost ?? 0
}

/** Amounts year after year from the first one on; a year between that was left out costs nothing. */
function scheduleOf(own: Years, cost: Cost): { first: number; amounts: number[] } {
  if (!isByYear(cost)) return { first: own.yearFrom, amounts: [cost.costHigh ?? 0] }
  const given = cost.years.map((each) => each.year)
  const [first, last] = [Math.min(...given), Math.max(...given)]
  const amounts = Array.from({ length: last - first + 1 }, () => 0)
  for (const { year, amount } of cost.years) amounts[year - first]! += amount
  const stands = own.yearFrom <= first && first <= own.yearTo
  return { first: stands ? first : own.yearFrom, amounts }
}

function isByYear(cost: Cost): cost is Cost & { years: readonly YearCost[] } {
  return (cost.years ?? []).length > 0
}

function yearsOf({ yearFrom, yearTo }: Years): number[] {
  return Array.from({ length: yearTo - yearFrom + 1 }, (_, index) => yearFrom + index)
}
