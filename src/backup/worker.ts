import { parentPort, workerData } from 'node:worker_threads'
import { migrations } from '../../db/migrations/all.ts'
import { settle } from '../db/backup.ts'

/** Checks one copy off the main thread; a failure is thrown and reaches the server as `error`. */
parentPort?.postMessage(settle(workerData as string, Object.keys(migrations)))
