import type Database from 'better-sqlite3'
import { chained } from './chain.ts'

/** An event whose hash does not follow from the events before it. */
export type Break = { id: number; at: string; entity: string; entityId: number }

export type History = {
  events: number
  /** The hash of the newest event: whoever noted an earlier one can find it again. */
  head: string
  breaks: Break[]
}

const columns = {
  uid: 'uid',
  at: 'at',
  made_at: 'madeAt',
  account_id: 'accountId',
  link_id: 'linkId',
  actor_name: 'actorName',
  way: 'way',
  batch_id: 'batchId',
  opd_id: 'opdId',
  entity: 'entity',
  entity_id: 'entityId',
  entity_uid: 'entityUid',
  row_version: 'rowVersion',
  action: 'action',
  changes: 'changes',
} as const

type Stored = Record<string, unknown> & { id: number; hash: string; at: string }

/**
 * Follows the chain of events from the first to the newest. A changed event breaks the chain at
 * itself, a deleted, inserted or moved one at the event after it; events cut off at the end leave
 * no break, so that the head is printed to be compared.
 */
export function verifyHistory(raw: Database.Database): History {
  const rows = raw.prepare('select * from event order by id').iterate() as Iterable<Stored>
  const history: History = { events: 0, head: '', breaks: [] }
  for (const row of rows) {
    const values = Object.fromEntries(
      Object.entries(columns).map(([column, field]) => [field, row[column]]),
    )
    if (chained(history.head, values) !== row.hash) {
      const { id, at } = row
      history.breaks.push({ id, at, entity: String(row.entity), entityId: Number(row.entity_id) })
    }
    history.events += 1
    history.head = row.hash
  }
  return history
}
