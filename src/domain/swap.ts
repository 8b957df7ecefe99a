import { sum } from './scoring.ts'

/**
 * The weight of one criterion at which two proposals score alike, the other weights kept in
 * proportion; beyond it they have swapped places. With D = v_ik − v_jk and
 * R = (S_i − S_j) − w_k·D on the 0–1 scale: w* = R / (R − D·(1 − w_k)).
 *
 * @param weights one number per criterion, at least 0, not all 0; need not add up to 1
 * @param first values of one proposal, 0 to 1, in the order of the weights
 * @param second values of the other
 * @param k index of the criterion whose weight moves
 * @returns a share of the whole weight, 0 to 1; undefined where no weight makes them swap: beyond
 *   that range, or the two have the same value on the criterion
 * @throws RangeError if the lengths differ or there is no criterion k
 */
export function swapWeight(
  weights: readonly number[],
  first: readonly number[],
  second: readonly number[],
  k: number,
): number | undefined {
  if (weights.length !== first.length || weights.length !== second.length) {
    throw new RangeError('weights and values differ in length')
  }
  if (weights[k] === undefined) throw new RangeError(`no criterion ${k}`)

  const shares = normalised(weights)
  const share = shares[k]!
  const difference = first[k]! - second[k]!
  if (difference === 0) return undefined

  const rest = sum(shares.map((w, c) => (c === k ? 0 : w * (first[c]! - second[c]!))))
  const swap = rest / (rest - difference * (1 - share))
  return swap >= 0 && swap <= 1 ? swap : undefined
}

function normalised(weights: readonly number[]): number[] {
  const total = sum(weights)
  if (!(total > 0)) throw new RangeError('every weight is 0')
  return weights.map((weight) => weight / total)
}
