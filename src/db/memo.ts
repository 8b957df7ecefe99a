import { type Connection, rawOf } from './connect.ts'
import { prepared } from './prepared.ts'
import type { Db, WholeDb } from './schema.ts'

type Raw = Connection['raw']
type Kept = {
  event: number
  answers: Map<string, Promise<unknown>>
}

const most = 300
const kept = new WeakMap<object, Kept>()
const statements = new WeakMap<object, ReturnType<Raw['prepare']>>()

/**
 * What `read` answers, kept until the next event: every change of a kept row leaves one. For
 * readings of kept rows alone; nobody may change what is answered.
 *
 * @param key names the reading with all that it depends on: its arguments, the scope, the day
 */
export async function untilNextWrite<T>(
  db: Db | WholeDb,
  key: string,
  read: () => Promise<T>,
): Promise<T> {
  const { answers } = await current(db as unknown as WholeDb)
  const known = answers.get(key) as Promise<T> | undefined
  if (known !== undefined) return known

  const answer = read()
  answers.set(key, answer)
  answer.catch(() => answers.delete(key))
  const oldest = answers.keys().next().value
  if (answers.size > most && oldest !== undefined) answers.delete(oldest)
  return answer
}

async function current(db: WholeDb): Promise<Kept> {
  const event = await newestEvent(db)
  const now = kept.get(db)
  if (now?.event === event) return now
  const fresh = { event, answers: new Map() }
  kept.set(db, fresh)
  return fresh
}

/** The revision of the data: the newest event that is committed, 0 before anything was written. */
export async function newestEvent(db: Db | WholeDb): Promise<number> {
  const raw = rawOf(db)
  if (raw && !raw.inTransaction) return eventNow(db, raw)
  const rows = await eventInTurn(db, {})
  return rows[0]?.id ?? 0
}

/** Asked at once, without the queue of queries; while a transaction is open it would be in sight. */
function eventNow(db: object, raw: Raw): number {
  const known = statements.get(db)
  const statement = known ?? raw.prepare('select id from event order by id desc limit 1').pluck()
  if (!known) statements.set(db, statement)
  return (statement.get() as number | undefined) ?? 0
}

const eventInTurn = prepared((db) =>
  db.selectFrom('event').select('id').orderBy('id', 'desc').limit(1),
)
