import { statSync } from 'node:fs'
import type { connect as connectTo } from '../db/connect.ts'
import type { Db } from '../db/schema.ts'
import type { Task } from '../workshop.ts'
import { type Contents, contentsIn } from './contents.ts'
import type { ReportData } from './data.ts'
import { gather } from './gather.ts'
import { type Step, writeWorkbook } from './write.ts'

/** All that an export needs, as a plain value that can be handed to a worker. */
export type ExportJob = {
  databaseFile: string
  /** A file that does not exist yet. */
  out: string
  /** Instant of the state of the data, UTC. */
  at: string
  internal: boolean
  madeBy: string | null
}

/** What can be computed off the server's thread, with all that it needs. */
export type ReportTask =
  | ({ kind: 'workbook' } & ExportJob)
  | { kind: 'contents'; databaseFile: string; at: string }

/**
 * The task for the workshop. What it keeps grows with the database: 24 MB of it (3,000 proposals with
 * five assessors) need less than 64, 105 MB (50,000 proposals) between 384 and 516.
 */
export function taskOf(data: ReportTask): Task {
  const stored = statSync(data.databaseFile).size / 1e6
  return { program: 'report/worker', data, megabytes: Math.ceil(96 + 6 * stored) }
}

/** Does a task and answers what can be handed back to the server's thread. */
export async function perform(
  task: ReportTask,
  connect: typeof connectTo,
  tell: (step: Step) => void,
): Promise<Contents | undefined> {
  if (task.kind === 'contents') return contentsIn(await read(task, connect))
  await exportTo(task, connect, tell)
  return undefined
}

/** Reads the data and writes the workbook. @returns what was written */
export async function exportTo(
  job: ExportJob,
  connect: typeof connectTo,
  tell?: (step: Step) => void,
): Promise<ReportData> {
  const data = await read(job, connect)
  const { internal, madeBy } = job
  await writeWorkbook(data, job.out, { internal, madeBy }, tell)
  return data
}

/**
 * Reads the data through a read-only connection of its own, as it stood at one commit (`gather` reads
 * in one transaction); nobody who uses the database meanwhile has to wait.
 */
async function read(
  { databaseFile, at }: Pick<ExportJob, 'databaseFile' | 'at'>,
  connect: typeof connectTo,
): Promise<ReportData> {
  const connection = connect(databaseFile, { readonly: true })
  // Every page is read once: 2 MB instead of 16 keep none for later.
  connection.raw.pragma('cache_size = -2000')
  try {
    return await gather(connection.db as unknown as Db, new Date(at))
  } finally {
    await connection.close()
  }
}
