import { parentPort, workerData } from 'node:worker_threads'
import { connect } from '../db/connect.ts'
import type { Said } from '../workshop.ts'
import { perform, type ReportTask } from './tasks.ts'

/** Does one task off the server's thread; a failure is thrown and reaches the server as `error`. */
const say = (said: Said) => parentPort?.postMessage(said)
const result = await perform(workerData as ReportTask, connect, (step) => say({ step }))
say({ result })
