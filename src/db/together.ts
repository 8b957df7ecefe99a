import { CompiledQuery } from 'kysely'
import { rawOf } from './connect.ts'
import type { Tx, WholeDb } from './schema.ts'

type Job = {
  work: (trx: Tx) => Promise<unknown>
  done: (answer: unknown) => void
  failed: (error: unknown) => void
}

/** So many at most, then others are let in between. */
const most = 25
const waiting = new WeakMap<WholeDb, Job[]>()

/**
 * Runs work in a transaction that it may share with the work of other requests that wait at the same
 * moment: the disk is waited for once. Each is whole or not at all, one after the other, and is
 * answered only after the commit. What makes one fail leaves the others as they are; when the
 * transaction itself fails, as on a full disk, all of them fail and nothing of any is stored.
 *
 * @param work must not wait for anything but this database
 */
export function together<T>(db: WholeDb, work: (trx: Tx) => Promise<T>): Promise<T> {
  return new Promise((done, failed) => {
    const jobs = waiting.get(db) ?? []
    if (jobs.length === 0) setImmediate(next, db)
    waiting.set(db, jobs)
    jobs.push({ work, done: done as Job['done'], failed })
  })
}

async function next(db: WholeDb): Promise<void> {
  const jobs = waiting.get(db) ?? []
  const now = jobs.splice(0, most)
  if (jobs.length > 0) setImmediate(next, db)
  try {
    const outcomes = await db.transaction().execute((trx) => inTurn(db, trx, now))
    for (const settle of outcomes) settle()
  } catch (error) {
    for (const { failed } of now) failed(error)
  }
}

async function inTurn(db: WholeDb, trx: Tx, jobs: readonly Job[]): Promise<(() => void)[]> {
  const [only] = jobs
  if (only && jobs.length === 1) {
    const answer = await only.work(trx)
    return [() => only.done(answer)]
  }
  const outcomes: (() => void)[] = []
  for (const job of jobs) outcomes.push(await apart(db, trx, job))
  return outcomes
}

/** One of several: what it did is taken back when it fails. */
async function apart(db: WholeDb, trx: Tx, { work, done, failed }: Job): Promise<() => void> {
  await trx.executeQuery(CompiledQuery.raw('savepoint job'))
  try {
    const answer = await work(trx.withTables())
    await trx.executeQuery(CompiledQuery.raw('release job'))
    return () => done(answer)
  } catch (error) {
    if (rawOf(db)?.inTransaction === false) throw error
    await trx.executeQuery(CompiledQuery.raw('rollback to job'))
    await trx.executeQuery(CompiledQuery.raw('release job'))
    return () => failed(error)
  }
}
