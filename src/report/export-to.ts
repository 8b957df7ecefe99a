import type { connect as connectTo } from '../db/connect.ts'
import type { Db } from '../db/schema.ts'
import { gather, type ReportData } from './data.ts'
import { writeWorkbook } from './write.ts'

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

/**
 * Reads the database through a read-only connection of its own and writes the workbook; nobody
 * who uses the database meanwhile has to wait.
 *
 * @returns what was written
 */
export async function exportTo(job: ExportJob, connect: typeof connectTo): Promise<ReportData> {
  const connection = connect(job.databaseFile, { readonly: true })
  try {
    const data = await gather(connection.db as unknown as Db, new Date(job.at))
    await writeWorkbook(data, job.out, { internal: job.internal, madeBy: job.madeBy })
    return data
  } finally {
    await connection.close()
  }
}
