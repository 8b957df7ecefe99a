import { randomUUID } from 'node:crypto'
import { chained } from '../../src/db/chain.ts'
import type { Connection } from '../../src/db/connect.ts'
import { snake } from '../../src/db/names.ts'

type Row = Record<string, string | number | null>

/** Inserts into any table by prepared statements, without the way that guards real data. */
export type Put = {
  /** A row as it is given; returns its id. */
  plain(table: string, row: Row): number
  /** A kept row: uid, version and times are filled in; returns its id. */
  kept(table: string, row: Row): number
  /** The event that the insertion of a kept row would have left. */
  event(entity: string, id: number, opdId: number | null): void
}

export function putInto({ raw }: Connection, at: string): Put {
  const statements = new Map<string, ReturnType<typeof raw.prepare>>()
  const plain = (table: string, row: Row): number => {
    const columns = Object.keys(row)
    const key = `${table} ${columns.join()}`
    const known = statements.get(key)
    const marks = columns.map((column) => `@${column}`).join()
    const statement =
      known ?? raw.prepare(`insert into ${table} (${columns.join()}) values (${marks})`)
    if (!known) statements.set(key, statement)
    return Number(statement.run(row).lastInsertRowid)
  }
  const kept = (table: string, row: Row) =>
    plain(table, { ...row, uid: randomUUID(), version: 1, created_at: at, updated_at: at })
  let hash = raw.prepare('select hash from event order by id desc limit 1').pluck().get() as string
  const event = (entity: string, id: number, opdId: number | null) => {
    const values = {
      uid: randomUUID(),
      at,
      madeAt: null,
      accountId: null,
      linkId: null,
      actorName: 'Pengukuran',
      way: 'setup',
      batchId: null,
      opdId,
      entity,
      entityId: id,
      entityUid: randomUUID(),
      rowVersion: 1,
      action: 'insert',
      changes: '{}',
    }
    hash = chained(hash, values)
    plain('event', {
      ...Object.fromEntries(Object.entries(values).map(([name, value]) => [snake(name), value])),
      hash,
    })
  }
  return { plain, kept, event }
}
