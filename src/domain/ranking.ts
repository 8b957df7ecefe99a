/**
 * Standard competition ranks (1, 2, 2, 4), the highest score first, in the order of the scores
 * given. Scores are compared after `round9`, so that page and workbook agree on every tie.
 *
 * @throws RangeError for a score that is not a finite number
 */
export function competitionRanks(scores: readonly number[]): number[] {
  const rounded = scores.map(round9)
  const firstPlace = new Map<number, number>()
  rounded
    .toSorted((a, b) => b - a)
    .forEach((score, index) => {
      if (!firstPlace.has(score)) firstPlace.set(score, index + 1)
    })
  return rounded.map((score) => firstPlace.get(score)!)
}

/**
 * Nine decimals, half away from zero, on the fifteen digits a spreadsheet keeps: Excel's
 * `ROUND(x;9)`.
 */
export function round9(number: number): number {
  if (!Number.isFinite(number)) throw new RangeError(`not a score: ${number}`)
  const scaled = Number((Math.abs(number) * 1e9).toPrecision(15))
  const rounded = Math.round(scaled) / 1e9
  return number < 0 && rounded > 0 ? -rounded : rounded
}
