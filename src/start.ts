import { accessSync, constants, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { migrations } from '../db/migrations/all.ts'
import type { Protection } from './backup/copies.ts'
import { BadSettings, type Config } from './config.ts'
import { type Claim, claim, DatabaseInUse } from './db/claim.ts'
import { type Connection, connect } from './db/connect.ts'
import { inspect, type Trouble, UnusableDatabase } from './db/inspect.ts'
import { migrate, NewerDatabase } from './db/migrate.ts'
import type { Message } from './errors.ts'
import { formatFor } from './i18n/format.ts'
import { translator } from './i18n/translate.ts'

/** The program cannot start, with the sentence that says why and what to do. */
export class StartFailure extends Error {
  constructor(message: Message) {
    super(say(message))
  }
}

export type Opened = { connection: Connection; claim: Claim }

/**
 * Claims the database file for this process, looks at it before anything is written, opens it and
 * brings it to the newest schema. The folder is made where only the last part of it is missing.
 *
 * @param copies the folder of copies, for the sentence that points to the newest one
 * @throws StartFailure when the file cannot be used; it is then as it was
 */
export async function openDatabase(file: string, copies?: string): Promise<Opened> {
  readyFolder(file)
  const held = claimed(file)
  let connection: Connection | undefined
  try {
    inspect(file, Object.keys(migrations))
    connection = connect(file)
    await migrate(connection, migrations)
    return { connection, claim: held }
  } catch (error) {
    await connection?.close()
    held.release()
    throw databaseFailure(error, file, copies)
  }
}

/** Ends what is open: waits for requests at most `patience` ms, then empties the log of the database. */
export async function stop(app: FastifyInstance, opened: Opened, patience = 7_500): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), 50)
  const late = setTimeout(() => app.server.closeAllConnections(), patience)
  await app.close()
  clearInterval(idle)
  clearTimeout(late)
  opened.connection.raw.pragma('wal_checkpoint(TRUNCATE)')
  await opened.connection.close()
  opened.claim.release()
}

/** Where people find the program: the public address, or the one that is listened on. */
export function addressOf(app: FastifyInstance, { baseUrl, host, port }: Config): string {
  if (baseUrl) return baseUrl.replace(/\/+$/, '')
  const bound = app.server.address()
  const name = host.includes(':') ? `[${host}]` : host
  return `http://${name}:${bound !== null && typeof bound === 'object' ? bound.port : port}`
}

/** One sentence, in Indonesian, for whatever kept the program from starting. */
export function explain(error: unknown, config: Config | undefined): string {
  if (error instanceof StartFailure) return error.message
  if (error instanceof BadSettings) {
    return say({ key: 'start.settings', params: { list: error.message.replaceAll('\n', '; ') } })
  }
  const params = { host: config?.host ?? '', port: config?.port ?? '' }
  const key = portTrouble[codeOf(error)]
  if (key) return say({ key, params })
  return say({ key: 'start.unexpected', params: { reason: reasonOf(error) } })
}

/** When the data was last copied, or that it was not. */
export function sayProtection({ newest, folder, isStale }: Protection, zone: string): Message {
  if (!newest) return { key: 'start.neverCopied', params: { folder } }
  const params = { at: formatFor('id', zone).dateTime(newest.at), folder }
  return { key: isStale ? 'start.copiedLongAgo' : 'start.copied', params }
}

/** A line on the console. */
export function tell(message: Message): void {
  process.stdout.write(`${say(message)}\n`)
}

const say = translator('id', { dinas: '', kepala_daerah: '' }).message

const portTrouble: Record<string, Message['key']> = {
  EADDRINUSE: 'start.portTaken',
  EACCES: 'start.portForbidden',
  EADDRNOTAVAIL: 'start.hostUnknown',
  ENOTFOUND: 'start.hostUnknown',
}

const fileTrouble: Record<Trouble, Message['key']> = {
  empty: 'start.empty',
  damaged: 'start.damaged',
  foreign: 'start.foreign',
  newer: 'start.newer',
  locked: 'start.locked',
}

function readyFolder(file: string): void {
  const folder = dirname(file)
  if (!existsSync(folder)) makeFolder(folder)
  if (!isWritable(folder)) throw new StartFailure({ key: 'start.folder', params: { folder } })
  if (!existsSync(file)) return
  if (!statSync(file).isFile()) throw new StartFailure({ key: 'start.notFile', params: { file } })
  if (!isWritable(file)) throw new StartFailure({ key: 'start.readOnly', params: { file } })
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder)
  } catch {
    throw new StartFailure({ key: 'start.noFolder', params: { folder } })
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

function claimed(file: string): Claim {
  try {
    return claim(file)
  } catch (error) {
    if (error instanceof DatabaseInUse) {
      throw new StartFailure({ key: 'start.inUse', params: { file } })
    }
    throw new StartFailure({ key: 'start.folder', params: { folder: dirname(file) } })
  }
}

function databaseFailure(error: unknown, file: string, copies?: string): StartFailure {
  const trouble = error instanceof NewerDatabase ? 'newer' : undefined
  const known = error instanceof UnusableDatabase ? error.trouble : trouble
  if (known === 'damaged' || known === 'empty') {
    return new StartFailure({
      key: fileTrouble[known],
      params: { file, copy: newestCopy(file, copies) },
    })
  }
  if (known) return new StartFailure({ key: fileTrouble[known], params: { file } })
  return new StartFailure({ key: 'start.database', params: { file, reason: reasonOf(error) } })
}

/** The newest copy, beside the file or among the scheduled ones, for the sentence that names it. */
function newestCopy(file: string, copies: string | undefined): string {
  const beside = filesIn(dirname(file)).filter((path) => path.startsWith(`${file}.`))
  const scheduled = filesIn(copies ?? '').filter((path) => path.endsWith('Z.sqlite'))
  const [newest] = [...beside, ...scheduled]
    .map((path) => ({ path, at: statSync(path).mtimeMs }))
    .sort((a, b) => b.at - a.at)
  return newest?.path ?? say({ key: 'start.noCopy' })
}

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error)
}
