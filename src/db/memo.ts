import type { CompiledQuery } from 'kysely'
import type { Db, WholeDb } from './schema.ts'

type Kept = {
  newest: CompiledQuery<{ id: number }>
  event: number
  answers: Map<string, Promise<unknown>>
}

const most = 300
const kept = new WeakMap<object, Kept>()

/**
 * What `read` answers, kept until the next event: every change of a kept row leaves one. For
 * readings of kept rows alone; nobody may change what is answered.
 *
 * @param key names the reading with all that it depends on: its arguments, the scope, the day
 */
export async function untilNextWrite<T>(db: Db, key: string, read: () => Promise<T>): Promise<T> {
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
  const before = kept.get(db)
  const newest =
    before?.newest ?? db.selectFrom('event').select('id').orderBy('id', 'desc').limit(1).compile()
  const { rows } = await db.executeQuery(newest)
  const event = rows[0]?.id ?? 0
  const now = kept.get(db)
  if (now?.event === event) return now
  const fresh = { newest, event, answers: new Map() }
  kept.set(db, fresh)
  return fresh
}
