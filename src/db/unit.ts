import type { Tx } from './schema.ts'

/** A field that only others had changed since the form was opened, and that was left as it is. */
export type Merged = { entity: string; field: string; by: string }

/** Take what is stored; or keep one's own over what was stored at the version that was shown. */
export type Decision = 'stored' | { seen: number }

/** What one transaction knows of itself: made at its first need, gone with it. */
export type Unit = {
  /**
   * The batch of its events: minus the id of the newest event before it. What was
   * done in one transaction, such as an office removed with its inventory, is found by it again.
   */
  batch: number | undefined
  /** What a person decided after a conflict, by `fieldName`. */
  decided: ReadonlyMap<string, Decision>
  merged: Merged[]
  /** OPD that were found not to have ended. */
  goOn: Set<number>
  /** Whether it may write to OPD that ended. */
  amongEnded: boolean
}

const units = new WeakMap<Tx, Unit>()

export function unitOf(trx: Tx): Unit {
  const known = units.get(trx)
  if (known) return known
  const fresh: Unit = {
    ...{ batch: undefined, decided: new Map(), merged: [] },
    ...{ goOn: new Set<number>(), amongEnded: false },
  }
  units.set(trx, fresh)
  return fresh
}

/** Tells the writing of this transaction what a person decided of fields that collided. */
export function decide(trx: Tx, decided: ReadonlyMap<string, Decision>): void {
  unitOf(trx).decided = decided
}

/** The name of one field of one record. */
export function fieldName(entity: string, id: number, field: string): string {
  return `${entity}:${id}:${field}`
}
