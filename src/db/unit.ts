import type { Tx } from './schema.ts'

/** A field that only others had changed since the form was opened, and that was left as it is. */
export type Merged = { entity: string; field: string; by: string }

/** What one transaction knows of itself: made at its first need, gone with it. */
export type Unit = {
  /**
   * The batch of its events: minus the id of the newest event before it. What was
   * done in one transaction, such as an office removed with its inventory, is found by it again.
   */
  batch: number | undefined
  /** Fields of which the person chose what is stored, as `entity:id:field`. */
  taken: ReadonlySet<string>
  merged: Merged[]
}

const units = new WeakMap<Tx, Unit>()

export function unitOf(trx: Tx): Unit {
  const known = units.get(trx)
  if (known) return known
  const fresh: Unit = { batch: undefined, taken: new Set(), merged: [] }
  units.set(trx, fresh)
  return fresh
}

/** Tells the writing of this transaction for which fields a person chose what is stored. */
export function takeStored(trx: Tx, fields: readonly string[]): void {
  unitOf(trx).taken = new Set(fields)
}

/** The name under which a form sends such a choice. */
export function takenName(entity: string, id: number, field: string): string {
  return `${entity}:${id}:${field}`
}
