import { mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { copyInSteps, putInPlace, removeDatabase } from '../db/backup.ts'
import type { Connection } from '../db/connect.ts'
import type { Contents } from '../db/inspect.ts'
import { inProject } from '../root.ts'
import { logAccess } from '../web/access-log.ts'
import { copiesOf, copyName, folderOf, isDue } from './copies.ts'

type Log = { error(details: object, message: string): void }

const program = { accountId: null, linkId: null, actorName: 'Rancang' }
const lookEvery = 60_000

/**
 * Copies the database into the folder of copies: in steps on the writing connection, checked in a
 * worker, named only then; the oldest copies beyond those to keep are removed last. The access log tells of each.
 */
export async function copyNow(
  config: Config,
  { raw, db }: Connection,
  now: Date,
  isOver: () => boolean = () => false,
): Promise<Contents> {
  const folder = folderOf(config)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, copyName(config.databaseFile, now))
  const partial = `${file}-partial`
  try {
    await copyInSteps(raw, partial, isOver)
    const contents = await checked(partial)
    putInPlace(partial, file)
    const about = { file: basename(file), scheduled: true }
    await logAccess(db, 'backup', { ...program, at: now.toISOString() }, about)
    for (const old of copiesOf(config).slice(config.backupKeep)) rmSync(old.file, { force: true })
    return contents
  } catch (error) {
    removeDatabase(partial)
    throw error
  }
}

/** Copies whenever a copy is due, until it is stopped; a failure is logged and tried again. */
export function keepCopies(
  config: Config,
  connection: Connection,
  now: () => Date,
  log: Log,
): { stop(): Promise<void> } {
  let over = false
  let running: Promise<unknown> | undefined
  const copy = async () => {
    try {
      await copyNow(config, connection, now(), () => over)
    } catch (error) {
      if (!over) log.error({ err: error }, 'the copy of the database failed')
    }
  }
  const timer = setInterval(() => {
    if (running || !isDue(config, now())) return
    running = copy().finally(() => {
      running = undefined
    })
  }, lookEvery).unref()
  return {
    async stop() {
      over = true
      clearInterval(timer)
      await running
    },
  }
}

/** Workers start from the build, also when the server runs from source. */
function checked(file: string): Promise<Contents> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(inProject('dist', 'bundle', 'backup', 'worker.js'), {
      workerData: file,
    })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the check ended with code ${code}`)))
  })
}
