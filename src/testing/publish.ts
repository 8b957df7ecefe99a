import type { Db, Tx } from '../db/schema.ts'
import type { By } from '../db/write.ts'
import { publish } from '../publications/queries.ts'
import { snapshotOf } from '../publications/snapshot.ts'

/** Publishes what is decided, as a planner does by the form. */
export async function publishNow(trx: Tx, by: By, publishedOn = '2018-09-14'): Promise<number> {
  const { items, digest } = await snapshotOf(trx as unknown as Db)
  return publish(trx, { publishedOn, document: 'Pengumuman 1/2018', note: null, digest }, items, by)
}
