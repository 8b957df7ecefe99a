import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import { TooMuchWork, TooSlow, type Workshop } from '../workshop.ts'
import { taskOf } from './tasks.ts'
import type { Step } from './write.ts'

/** Why an export failed, as far as it makes a difference to what is to be done. */
export type Failure = 'busy' | 'disk' | 'time' | 'memory' | 'other'

/** A workbook that somebody asked for. */
export type Export = {
  /** Names it in its address. */
  token: string
  /** The account that asked for it; nobody else sees it. */
  owner: number
  internal: boolean
  fileName: string
  /** Instant at which it was asked for. */
  at: string
  state: 'waiting' | 'working' | 'ready' | 'failed'
  step: Step | undefined
  /** Of the finished file. */
  bytes: number
  endedAt: string | undefined
  failure: Failure | undefined
}

export type Wanted = Pick<Export, 'owner' | 'internal' | 'fileName'> & {
  databaseFile: string
  madeBy: string
  /** The retry key of the form: sent again while it is being written, it is the same export. */
  key: string
}

export type Exports = {
  /** @throws AppError conflict when this person wants too many at once */
  start(wanted: Wanted): Export
  /** Waits until the export has ended, at most so many ms. */
  ended(made: Export, patience: number): Promise<void>
  /** Those of an account, the newest first. */
  of(owner: number): Export[]
  pathOf(made: Export): string
  /** Ends it when it still runs, and deletes its file. */
  remove(made: Export): Promise<void>
  /** Removes what is over: old ones, and those that their owners may no longer have. */
  tidy(mayHave: (made: Export) => Promise<boolean>): Promise<void>
  /** Ends all that run and deletes every file. */
  stop(): Promise<void>
}

/** How long a finished file is kept, in ms. */
const keptFor = 3_600_000

/** Unfinished exports of one person at once, and finished ones that are kept. */
const most = { unfinished: 2, finished: 5 }

const folderStart = 'rancang-report-'

type Kept = { made: Export; key: string; cancel: AbortController; work: Promise<void> }

/**
 * The exports of this process. They are in memory, their files in a folder that only the owner of the
 * process can read; both go when it stops.
 *
 * @param failed told of every failure, with the export
 */
export function keepExports(
  shop: Workshop,
  now: () => Date,
  failed: (error: unknown, made: Export) => void,
): Exports {
  const all = new Map<string, Kept>()
  let folder: string | undefined

  function start(wanted: Wanted): Export {
    const { key, owner, internal, fileName } = wanted
    const own = [...all.values()].filter(({ made }) => made.owner === owner)
    const unfinished = own.filter(({ made }) => made.endedAt === undefined)
    const same = unfinished.find((each) => each.key === key && each.made.internal === internal)
    if (same) return same.made
    if (unfinished.length >= most.unfinished) {
      throw new AppError('conflict', { key: 'report.export.enough' })
    }
    const made: Export = {
      token: randomBytes(16).toString('base64url'),
      owner,
      internal,
      fileName,
      at: now().toISOString(),
      state: 'waiting',
      step: undefined,
      bytes: 0,
      endedAt: undefined,
      failure: undefined,
    }
    const cancel = new AbortController()
    all.set(made.token, { made, key, cancel, work: work(made, wanted, cancel.signal) })
    return made
  }

  async function work(made: Export, wanted: Wanted, signal: AbortSignal): Promise<void> {
    const { databaseFile, madeBy, internal } = wanted
    try {
      const out = pathOf(made)
      await shop.run(
        taskOf({ kind: 'workbook', databaseFile, out, at: made.at, internal, madeBy }),
        {
          signal,
          onStart: () => {
            made.state = 'working'
          },
          onStep: (step) => {
            made.step = step as Step
          },
        },
      )
      made.bytes = (await stat(out)).size
      made.state = 'ready'
    } catch (error) {
      await rm(pathOf(made), { force: true }).catch(() => {})
      if (!signal.aborted) {
        made.failure = failureOf(error)
        failed(error, made)
      }
      made.state = 'failed'
    }
    made.endedAt = now().toISOString()
  }

  function pathOf({ token }: Export): string {
    folder ??= ownFolder()
    return join(folder, `${token}.xlsx`)
  }

  function of(owner: number): Export[] {
    return [...all.values()]
      .map(({ made }) => made)
      .filter((made) => made.owner === owner)
      .reverse()
  }

  async function remove({ token }: Export): Promise<void> {
    const kept = all.get(token)
    if (!kept) return
    all.delete(token)
    kept.cancel.abort(new Error('cancelled'))
    await kept.work
    await rm(pathOf(kept.made), { force: true })
  }

  async function tidy(mayHave: (made: Export) => Promise<boolean>): Promise<void> {
    for (const { made } of all.values()) {
      const finished = of(made.owner).filter(({ endedAt }) => endedAt !== undefined)
      const isOld = made.endedAt !== undefined && Date.parse(made.endedAt) + keptFor <= +now()
      const isTooMuch = finished.indexOf(made) >= most.finished
      if (isOld || isTooMuch || !(await mayHave(made))) await remove(made)
    }
  }

  return {
    start,
    async ended({ token }, patience) {
      const waited = new AbortController()
      const late = sleep(patience, undefined, { signal: waited.signal }).catch(() => {})
      await Promise.race([all.get(token)?.work, late])
      waited.abort()
    },
    of,
    pathOf,
    remove,
    tidy,
    async stop() {
      await Promise.all([...all.values()].map(({ made }) => remove(made)))
      if (folder) rmSync(folder, { recursive: true, force: true })
    },
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof TooMuchWork) return 'busy'
  if (error instanceof TooSlow) return 'time'
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk'
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'other'
}

/** A folder of this process; those of processes that were killed are taken away. */
function ownFolder(): string {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = new RegExp(`^${folderStart}(\\d+)-`).exec(name) ?? []
    if (pid === undefined || isAlive(Number(pid))) continue
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
    } catch {
      // of another owner
    }
  }
  return mkdtempSync(join(tmpdir(), `${folderStart}${process.pid}-`))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
