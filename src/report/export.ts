import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { inProject } from '../root.ts'
import type { ExportJob } from './export-to.ts'

export type ExportedFile = {
  path: string
  /** Deletes the file; to be called once it has been sent, or could not be. */
  remove: () => Promise<void>
}

/** How long a workbook may take, in ms. */
export const timeLimit = 120_000

/** One at a time: two exports would only take the processor from each other and from the pages. */
let last: Promise<unknown> = Promise.resolve()

/** Writes the workbook to a temporary file in a worker thread; after a failure nothing is left. */
export function exportWorkbook(job: Omit<ExportJob, 'out'>): Promise<ExportedFile> {
  const next = last.then(() => exportNow(job))
  last = next.catch(() => {})
  return next
}

async function exportNow(job: Omit<ExportJob, 'out'>): Promise<ExportedFile> {
  const folder = await mkdtemp(join(tmpdir(), 'rancang-report-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  const path = join(folder, 'report.xlsx')
  try {
    await inWorker({ ...job, out: path })
    return { path, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/**
 * A bound beyond which the export fails alone, in MB: 3,000 proposals with five assessors take about
 * 60. The space for what is new is small, because little of it stays.
 */
const memory = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 16 }

/** Workers start from the build, also when the server runs from source. */
function inWorker(job: ExportJob): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(inProject('dist', 'src', 'report', 'worker.js'), {
      workerData: job,
      resourceLimits: memory,
    })
    const timer = setTimeout(() => {
      void worker.terminate()
      reject(new Error('the export took too long'))
    }, timeLimit)
    let done = false
    worker.once('message', () => {
      done = true
    })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      clearTimeout(timer)
      if (done) resolve()
      else reject(new Error(`the export ended with code ${code}`))
    })
  })
}

/** `grand-design-manggarai-barat-2018-09-14.xlsx`, in plain letters whatever the name. */
export function fileNameOf(government: string, day: string): string {
  const slug = government
    .normalize('NFKD')
    .replace(/[^\p{ASCII}]/gu, '')
    .toLowerCase()
    .replace(/^(pemerintah\s+)?(kabupaten|kota|provinsi)\s+/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return ['grand-design', slug, day]
    .filter((part) => part !== '')
    .join('-')
    .concat('.xlsx')
}
