/**
 * Priority of one proposal by simple additive weighting.
 *
 * @param weights one number per criterion, at least 0, not all 0; need not add up to 1; no unit
 * @param values one number per criterion, same order, 0 (worst) to 1 (best): mean value of its levels
 * @returns points from 0 to 100, not rounded; rounding is the view's business
 * @throws RangeError if the lengths differ, or a weight or a value is out of its range
 * @see Hwang & Yoon, Multiple Attribute Decision Making (1981): simple additive weighting
 */
export function priorityScore(weights: readonly number[], values: readonly number[]): number {
  return (100 * sum(weightedValues(weights, values))) / sum(weights)
}

/**
 * What each criterion adds to the score, in points, in the order of the criteria; their sum is the
 * score but for the last binary digits. Arguments and errors as in `priorityScore`.
 */
export function contributions(weights: readonly number[], values: readonly number[]): number[] {
  const total = sum(weights)
  return weightedValues(weights, values).map((part) => (100 * part) / total)
}

/** @throws RangeError for an empty list: the mean of nothing is not 0 */
export function mean(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new RangeError('mean of an empty list')
  return sum(numbers) / numbers.length
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function weightedValues(weights: readonly number[], values: readonly number[]): number[] {
  if (weights.length !== values.length) throw new RangeError('weights and values differ in length')
  if (sum(weights.map(checkedWeight)) === 0) throw new RangeError('every weight is 0')

  return values.map((value, k) => checkedValue(value) * weights[k]!)
}

function checkedWeight(weight: number): number {
  if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`weight out of range: ${weight}`)
  }
  return weight
}

function checkedValue(value: number): number {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`value out of range: ${value}`)
  return value
}
