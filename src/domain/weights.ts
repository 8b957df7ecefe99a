import { sum } from './scoring.ts'

/**
 * Rank-order centroid weights of n criteria, the most important first; they add up to 1.
 * w_k = (1/n) · Σ_{j=k..n} 1/j
 *
 * @throws RangeError unless n is a whole number of at least 1
 * @see Barron & Barrett, Decision Quality Using Ranked Attribute Weights (1996)
 */
export function rankOrderCentroid(n: number): number[] {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`number of criteria: ${n}`)
  const parts = Array.from({ length: n }, (_, at) => 1 / (at + 1))
  return parts.map((_, k) => sum(parts.slice(k)) / n)
}

/** How far a sum of weights may be from 100 per cent through what decimals cannot hold. */
export const weightTolerance = 1e-6

/** Whether weights in per cent add up to the whole. */
export function addUp(percent: readonly number[]): boolean {
  return Math.abs(sum(percent) - 100) <= weightTolerance
}
