import type { Statement } from 'better-sqlite3'
import { sql } from 'kysely'
import { type Connection, rawOf } from './connect.ts'
import { prepared } from './prepared.ts'
import type { Db, WholeDb } from './schema.ts'

type Raw = Connection['raw']
type Revision = number | string
type Kept = { revision: Revision; answers: Map<string, Promise<unknown>> }
type Keep = <T>(db: Db | WholeDb, key: string, read: () => Promise<T>) => Promise<T>

const most = 300

/**
 * What `read` answers, kept until the next event: every change of a kept row leaves one. For
 * readings of kept rows alone; nobody may change what is answered.
 *
 * @param key names the reading with all that it depends on: its arguments, the scope, the day
 */
export const untilNextWrite = keptBy(newestEvent)

/** The same, kept until any row of any table changes, by whatever connection: for what leaves no event. */
export const untilAnyChange = keptBy(newestState)

function keptBy(revisionOf: (db: Db | WholeDb) => Promise<Revision>): Keep {
  const kept = new WeakMap<object, Kept>()
  return async <T>(db: Db | WholeDb, key: string, read: () => Promise<T>): Promise<T> => {
    const revision = await revisionOf(db)
    let now = kept.get(db)
    if (now?.revision !== revision) {
      now = { revision, answers: new Map() }
      kept.set(db, now)
    }
    const { answers } = now
    const known = answers.get(key) as Promise<T> | undefined
    if (known !== undefined) return known

    const answer = read()
    answers.set(key, answer)
    answer.catch(() => answers.delete(key))
    const oldest = answers.keys().next().value
    if (answers.size > most && oldest !== undefined) answers.delete(oldest)
    return answer
  }
}

/** The revision of the data: the newest event that is committed, 0 before anything was written. */
export async function newestEvent(db: Db | WholeDb): Promise<number> {
  const raw = rawOf(db)
  if (raw && !raw.inTransaction) {
    return (statementsOf(db, raw).event.get() as number | undefined) ?? 0
  }
  const rows = await eventInTurn(db, {})
  return rows[0]?.id ?? 0
}

/** Another text once anything was written: by this connection, or by another one. */
export async function newestState(db: Db | WholeDb): Promise<string> {
  const raw = rawOf(db)
  if (raw && !raw.inTransaction) return statementsOf(db, raw).state.get() as string
  const [row] = await stateInTurn(db, {})
  return row?.state ?? ''
}

type Statements = Record<'event' | 'state', Statement<[]>>
const statements = new WeakMap<object, Statements>()

/** Asked at once, without the queue of queries; while a transaction is open it would be in sight. */
function statementsOf(db: object, raw: Raw): Statements {
  const known = statements.get(db)
  if (known) return known
  const fresh = {
    event: raw.prepare('select id from event order by id desc limit 1').pluck(),
    state: raw
      .prepare("select (select data_version from pragma_data_version) || ' ' || total_changes()")
      .pluck(),
  }
  statements.set(db, fresh)
  return fresh
}

const eventInTurn = prepared((db) =>
  db.selectFrom('event').select('id').orderBy('id', 'desc').limit(1),
)

const stateInTurn = prepared((db) =>
  db.selectNoFrom(
    sql<string>`(select data_version from pragma_data_version) || ' ' || total_changes()`.as(
      'state',
    ),
  ),
)
