import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { newestEvent } from '../db/memo.ts'
import { Stopping } from '../workshop.ts'
import type { Contents } from './contents.ts'
import { taskOf } from './tasks.ts'

/** `contents`: the newest that are known; `pending`: newer ones are being computed. */
export type KnownContents = { contents: Contents | undefined; pending: boolean }

export type KeptContents = (now: Date, today: string) => Promise<KnownContents>

/**
 * What is in the workbook, computed off the server's thread once per revision of the data and day;
 * until it is there, what was known before is answered.
 *
 * @param failed told of a computing that failed; the next page tries again
 */
export function keepContents(
  { db, config, shop }: Pick<Context, 'db' | 'config' | 'shop'>,
  failed: (error: unknown) => void,
): KeptContents {
  let known: { key: string; contents: Contents } | undefined
  let running: { key: string; work: Promise<void> } | undefined

  async function compute(key: string, at: string): Promise<void> {
    const { databaseFile } = config
    const task = taskOf({ kind: 'contents', databaseFile, at })
    try {
      const contents = (await shop.run(task, { first: true })) as Contents
      known = { key, contents }
    } catch (error) {
      if (!(error instanceof Stopping)) failed(error)
    } finally {
      running = undefined
    }
  }

  return async (now, today) => {
    const key = `${await newestEvent(db)} ${today}`
    const at = now.toISOString()
    if (known?.key === key) return { contents: { ...known.contents, at }, pending: false }
    running ??= { key, work: compute(key, at) }
    const waited = new AbortController()
    await Promise.race([
      running.work,
      sleep(shop.patience, undefined, { signal: waited.signal }).catch(() => {}),
    ])
    waited.abort()
    const pending = known?.key !== key
    return { contents: known?.contents, pending }
  }
}
