import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { type Figures, figuresOf } from './load.ts'

/** Writes events into the database of a running server from outside, so that it takes it for changed. */
export function changesOf(file: string): { leave: () => void; close: () => void } {
  const raw = new Database(file)
  const insert = raw.prepare(`insert into event
    (uid, at, actor_name, way, entity, entity_id, entity_uid, row_version, action, changes, hash)
    values (?, ?, '', 'form', 'opd', 1, '', 1, 'update', '{}', '')`)
  return {
    leave: () => void insert.run(randomUUID(), new Date().toISOString()),
    close: () => void raw.close(),
  }
}

/** One person who asks for a page again and again, each time after a change; only the answers are timed. */
export async function pageAfterChange(
  url: string,
  cookie: string,
  seconds: number,
  change: () => void,
): Promise<Figures> {
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    change()
    const start = performance.now()
    await (await fetch(url, { headers: { cookie, 'accept-encoding': 'identity' } })).text()
    times.push(performance.now() - start)
  }
  return figuresOf(times, times.reduce((sum, time) => sum + time, 0) / 1000)
}
