import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything } from '../domain/access.ts'

export type Owner = { id: number; name: string; shortName: string | null }

/**
 * The OPD that a session's proposals or follow-ups had when it was closed for the first time, by
 * their ids, of those that went to a successor since: a session goes on telling whom it heard.
 */
export async function ownersThen(
  db: Db,
  sessionId: number,
  entity: 'proposal' | 'followUp',
): Promise<Map<number, Owner>> {
  const first = await db
    .selectFrom('sessionRecord')
    .select('recordedAt')
    .where('fgdSessionId', '=', sessionId)
    .where('edition', '=', 1)
    .executeTakeFirst()
  if (!first) return new Map()
  const table = sql.table(entity)
  const events = await owned(db, everything, 'event')
    .select(['event.entityId', 'event.changes'])
    .where('event.entity', '=', entity)
    .where(
      sql<boolean>`event.entity_id in (select r.id from ${table} r where r.fgd_session_id = ${sessionId})`,
    )
    .where('event.action', '=', 'update')
    .where('event.at', '>', first.recordedAt)
    .where('event.changes', 'like', '%"opdId":[%')
    .orderBy('event.id')
    .execute()
  const before = new Map<number, number>()
  for (const { entityId, changes } of events) {
    const { opdId } = JSON.parse(changes) as { opdId?: [number, number] }
    if (opdId && !before.has(entityId)) before.set(entityId, opdId[0])
  }
  if (before.size === 0) return new Map()
  const rows = await owned(db, everything, 'opd')
    .select(['opd.id', 'opd.name', 'opd.shortName'])
    .where('opd.id', 'in', [...new Set(before.values())])
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return new Map(
    [...before].flatMap(([proposalId, id]): [number, Owner][] => {
      const owner = byId.get(id)
      return owner ? [[proposalId, owner]] : []
    }),
  )
}
