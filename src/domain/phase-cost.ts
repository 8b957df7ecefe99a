import { sum } from './scoring.ts'

type Years = { yearFrom: number; yearTo: number }
type Cost = { costHigh: number | null; runningCost: number | null }

/**
 * What an application placed in phase `from` costs within the years of phase `at`, in rupiah: the
 * upper estimate in the first year of its own phase, running cost in every year after. What is
 * unknown is left out.
 */
export function costWithin(phases: readonly Years[], cost: Cost, from: number, at: number): number {
  if (at < from) return 0
  const own = phases[from]!
  const { yearFrom, yearTo } = phases[at]!
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
        .flatMap((costs, from) => costs.map((cost) => costIn(year, phases, cost, from, at))),
    ),
  }))
}

function costIn(
  year: number,
  phases: readonly Years[],
  cost: Cost,
  from: number,
  at: number,
): number {
  if (from === at && year === phases[from]!.yearFrom) return cost.costHigh ?? 0
  return from === at || year > phases[from]!.yearTo ? (cost.runningCost ?? 0) : 0
}

function yearsOf({ yearFrom, yearTo }: Years): number[] {
  return Array.from({ length: yearTo - yearFrom + 1 }, (_, index) => yearFrom + index)
}
