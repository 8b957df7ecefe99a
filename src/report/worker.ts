import { parentPort, workerData } from 'node:worker_threads'
import { connect } from '../db/connect.ts'
import { type ExportJob, exportTo } from './export-to.ts'

/** Runs one export off the main thread; a failure is thrown and reaches the server as `error`. */
await exportTo(workerData as ExportJob, connect)
parentPort?.postMessage('done')
