import { grouped } from '../domain/grouping.ts'
import type { Published } from './queries.ts'

/** Under what an item stands, for the address: its phase, the next stage, or what else became of it. */
export function groupKey({ outcome, phaseSeq }: Pick<Published, 'outcome' | 'phaseSeq'>): string {
  if (outcome !== 'accepted') return outcome
  return phaseSeq === null ? 'next' : String(phaseSeq)
}

export type Group<Row> = { key: string; first: Row; rows: Row[] }

/** The items under their headings, in their order. */
export function groupsOf<Row extends Published>(rows: readonly Row[]): Group<Row>[] {
  return [...grouped(rows, groupKey)].flatMap(([key, of]) => {
    const [first] = of
    return first ? [{ key, first, rows: of }] : []
  })
}
