/** What a figure is held against, in words and as a test. */
export type Goal<F> = { says: string; isMet: (figures: F) => boolean }

/** The goal and whether it was met, as a cell of a table; nothing without a goal. */
export function judged<F>(goal: Goal<F> | undefined, figures: F): string {
  return goal ? `${goal.says}: ${goal.isMet(figures) ? 'met' : '**missed**'}` : ''
}

export const halfOfBare: Goal<{ share: number }> = {
  says: 'at least 50 % of the bare one',
  isMet: ({ share }) => share >= 0.5,
}

/** `ms` for all but one in a hundred of the answers. */
export const p99Below = (ms: number): Goal<{ p99: number }> => ({
  says: `p99 below ${ms} ms`,
  isMet: ({ p99 }) => p99 < ms,
})

export const rateOf = (least: number): Goal<{ rate: number }> => ({
  says: `at least ${least}`,
  isMet: ({ rate }) => rate >= least,
})

export const atMost = (most: number, unit: string): Goal<number> => ({
  says: `at most ${most} ${unit}`,
  isMet: (figure) => figure <= most,
})
