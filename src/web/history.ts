import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import type { Scope } from '../domain/access.ts'
import type { ListName } from '../domain/words.ts'
import type { MessageKey } from '../i18n/translate.ts'

/** How a field is told: its label, and what its values are. */
export type HistoryField = {
  label: MessageKey
  list?: ListName
  kind?: 'money' | 'day' | 'instant' | 'flag' | 'number'
  /** Names of the records that its ids point to. */
  names?: ReadonlyMap<unknown, string>
}

/** Records of one table whose history belongs together; fields not named here stay untold. */
export type HistorySource = {
  entity: string
  ids: readonly number[]
  /** What the record is called beside the one the page is about. */
  name?: MessageKey
  fields: Record<string, HistoryField>
}

export type HistoryEntry = {
  id: number
  at: string
  actorName: string
  way: string
  action: 'insert' | 'update' | 'remove'
  name: MessageKey | undefined
  changes: { field: HistoryField; old: unknown; fresh: unknown }[]
}

/** What happened to these records, the newest first: only what the scope may reach. */
export async function historyOf(
  db: Db,
  scope: Scope,
  sources: readonly HistorySource[],
  limit = 100,
): Promise<HistoryEntry[]> {
  const asked = sources.filter((source) => source.ids.length > 0)
  if (asked.length === 0) return []
  const events = await owned(db, scope, 'event')
    .select([
      'event.id',
      'event.at',
      'event.actorName',
      'event.way',
      'event.action',
      'event.entity',
      'event.changes',
    ])
    .where((eb) =>
      eb.or(
        asked.map(({ entity, ids }) =>
          eb.and([eb('event.entity', '=', entity), eb('event.entityId', 'in', [...ids])]),
        ),
      ),
    )
    .orderBy('event.id', 'desc')
    .limit(limit)
    .execute()
  return events.flatMap(({ entity, changes, ...event }) => {
    const source = asked.find((each) => each.entity === entity)
    return source ? [{ ...event, name: source.name, changes: told(changes, source.fields) }] : []
  })
}

function told(json: string, fields: Record<string, HistoryField>) {
  const changes = JSON.parse(json) as Record<string, [unknown, unknown]>
  return Object.entries(fields).flatMap(([name, field]) => {
    const change = changes[name]
    return change ? [{ field, old: change[0], fresh: change[1] }] : []
  })
}
