/** Where one proposal stands in two orders; `up` is how many places it gains in the second. */
export type Move = {
  id: number
  title: string
  number: string | null
  opd: string
  first: { rank: number; score: number }
  second: { rank: number; score: number }
  up: number
}

type Ranked = {
  id: number
  title: string
  number: string | null
  opd: string
  rank?: number
  score?: number
}

/** The proposals ranked in both orders, in the first order, each with where it moves. */
export function movesOf(first: readonly Ranked[], second: readonly Ranked[]): Move[] {
  const others = new Map(second.map((each) => [each.id, each]))
  return first.flatMap(({ id, title, number, opd, rank = 0, score = 0 }): Move[] => {
    const other = others.get(id)
    if (!other) return []
    const to = { rank: other.rank ?? 0, score: other.score ?? 0 }
    return [{ id, title, number, opd, first: { rank, score }, second: to, up: rank - to.rank }]
  })
}
