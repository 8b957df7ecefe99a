import type { Db, Tx } from '../../db/schema.ts'
import { owned } from '../../db/scope.ts'
import { everything } from '../../domain/access.ts'
import { fold } from '../../domain/text.ts'
import type { Message } from '../../errors.ts'
import * as opd from '../queries.ts'
import { type ChangeRead, type Fresh, mostFresh, mostOthers } from './schema.ts'

/** One that goes on: `o12` exists, `n0` is the first of those that begin with the change. */
export type Successor = { key: string; name: string; parentId: number | null } & (
  | { isNew: false; id: number }
  | { isNew: true; fresh: Fresh }
)

/** A change that may be made: who ends, who goes on. */
export type Plan = {
  startsOn: string
  document: string
  ended: opd.Opd[]
  successors: Successor[]
}

type Errors = Record<string, Message>

/** What the change says, with what is wrong about it; nothing is written. */
export async function planOf(
  db: Db | Tx,
  first: opd.Opd,
  { head, rows }: ChangeRead,
  today: string,
): Promise<{ plan: Plan; errors: Errors }> {
  const others = await find(db, head.with)
  const existing = await find(db, head.to)
  const ended = [first, ...others.filter((each) => each.id !== first.id)]
  const successors: Successor[] = [
    ...existing.map(({ id, name, parentId }) => {
      return { key: `o${id}`, name, parentId, isNew: false as const, id }
    }),
    ...rows.map(({ at, row }) => {
      const { parentId } = first
      return { key: `n${at}`, name: row.name, parentId, isNew: true as const, fresh: row }
    }),
  ]
  const plan = { startsOn: head.startsOn, document: head.document, ended, successors }
  const errors: Errors = {
    ...dayErrors(plan, existing, today),
    ...endedErrors(plan, others, head.with),
    ...existingErrors(plan, existing, head.to),
    ...(await freshErrors(db, plan, rows)),
  }
  if (successors.length === 0) errors.to = { key: 'succession.error.nobody' }
  if (rows.length > mostFresh) errors._form = { key: 'form.unreadable' }
  return { plan, errors }
}

/** An OPD that ended has its successors already. */
export function hasEnded({ validUntil }: Pick<opd.Opd, 'validUntil'>): boolean {
  return validUntil !== null
}

async function find(db: Db | Tx, ids: readonly number[]): Promise<opd.Opd[]> {
  if (ids.length === 0) return []
  return owned(db, everything, 'opd')
    .selectAll('opd')
    .where('opd.id', 'in', [...ids])
    .orderBy('opd.nameKey')
    .execute()
}

/** Offices are handed on once: after the day on which it happens, and while all of them exist. */
function dayErrors({ startsOn, ended }: Plan, existing: readonly opd.Opd[], today: string): Errors {
  if (startsOn > today) return { startsOn: { key: 'succession.error.toCome' } }
  const early = ended.find(({ validFrom }) => validFrom !== null && startsOn <= validFrom)
  if (early) {
    return { startsOn: { key: 'succession.error.early', params: { name: early.name } } }
  }
  const later = existing.find(({ validFrom }) => validFrom !== null && startsOn < validFrom)
  if (!later) return {}
  return { startsOn: { key: 'succession.error.later', params: { name: later.name } } }
}

function endedErrors({ ended }: Plan, others: readonly opd.Opd[], asked: number[]): Errors {
  const [first] = ended
  if (others.length < asked.length || asked.length > mostOthers) {
    return { with: { key: 'form.notInList' } }
  }
  const gone = others.find(hasEnded)
  if (gone) return { with: { key: 'succession.error.ended', params: { name: gone.name } } }
  const isOdd = others.some((each) => (each.parentId === null) !== (first?.parentId === null))
  return isOdd ? { with: { key: 'succession.error.level' } } : {}
}

function existingErrors({ ended }: Plan, existing: readonly opd.Opd[], asked: number[]): Errors {
  if (existing.length < asked.length) return { to: { key: 'form.notInList' } }
  const ids = ended.map((each) => each.id)
  const self = existing.find((each) => ids.includes(each.id))
  if (self) return { to: { key: 'succession.error.self', params: { name: self.name } } }
  const gone = existing.find(hasEnded)
  if (gone) return { to: { key: 'succession.error.ended', params: { name: gone.name } } }
  const below = existing.find(({ parentId }) => parentId !== null && ids.includes(parentId))
  return below ? { to: { key: 'succession.error.below', params: { name: below.name } } } : {}
}

async function freshErrors(
  db: Db | Tx,
  { ended }: Plan,
  rows: ChangeRead['rows'],
): Promise<Errors> {
  const errors: Errors = {}
  const [first] = ended
  const ids = ended.map((each) => each.id)
  const names = new Set<string>()
  const codes = new Set<string>()
  for (const { at, row } of rows) {
    const isTaken =
      names.has(fold(row.name)) || (await opd.twin(db, row.name, first?.parentId ?? null, ids))
    if (isTaken) errors[`${at}.name`] = { key: 'opd.error.twice' }
    names.add(fold(row.name))
    if (row.code === null) continue
    if (codes.has(row.code) || (await opd.hasCode(db, row.code))) {
      errors[`${at}.code`] = { key: 'form.taken' }
    }
    codes.add(row.code)
  }
  return errors
}
