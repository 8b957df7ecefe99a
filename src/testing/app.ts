import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { migrations } from '../../db/migrations/all.ts'
import { buildApp } from '../app.ts'
import { type Config, readConfig } from '../config.ts'
import { type Context, contextOf } from '../context.ts'
import { type Connection, connect } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import type { Tx } from '../db/schema.ts'
import { type By, insertRow } from '../db/write.ts'
import type { Role } from '../domain/access.ts'
import { tokenHash } from '../web/token.ts'
import type { Workshop } from '../workshop.ts'

const folder = mkdtempSync(join(tmpdir(), 'rancang-test-'))

/** The day of the FGD, 10.00 WITA: the moment at which every test happens unless it moves it. */
export const testTime = '2018-09-14T02:00:00.000Z'

export type TestApp = {
  app: FastifyInstance
  context: Context
  connection: Connection
  /** The clock of the app; tests may set it. */
  clock: { now: Date }
  by: By
  /** Runs work in one transaction, as a handler would. */
  write<T>(work: (trx: Tx) => Promise<T>): Promise<T>
  /** Signs in a fresh account; the cookie goes into `get` and `post`. */
  signIn(roles: readonly Role[], opdIds?: readonly number[]): Promise<string>
  get(url: string, cookie?: string): Promise<LightMyRequestResponse>
  /** Posts a form as its page would: with a retry key and our own Origin. */
  post(
    url: string,
    fields: Record<string, unknown>,
    cookie?: string,
  ): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

/** Writes the first rows of a database. */
export type Fill = (trx: Tx, by: By) => Promise<unknown>

export const withGovernment: Fill = (trx, by) => insertRow(trx, 'government', manggaraiBarat, by)
const withNothing: Fill = async () => undefined

const by: By = { accountId: null, linkId: null, actorName: 'Uji', way: 'setup', at: testTime }

/**
 * The real app on a database file of its own, with a government; `bare` leaves that out. What `fill`
 * writes instead is written once and copied from then on: hand over the same function each time.
 */
export async function testApp(
  options: { bare?: boolean; fill?: Fill; config?: Partial<Config>; shop?: Workshop } = {},
): Promise<TestApp> {
  const file = join(folder, `${randomBytes(6).toString('hex')}.sqlite`)
  copyFileSync(await template(options.bare ? withNothing : (options.fill ?? withGovernment)), file)
  const connection = connect(file)
  const clock = { now: new Date(testTime) }
  const config = {
    ...readConfig({ LOG_LEVEL: 'silent', RATE_LIMIT: 'off' }),
    databaseFile: file,
    ...options.config,
  }
  const context = contextOf(config, connection, () => clock.now, options.shop)
  const app = await buildApp(context)
  const write = <T>(work: (trx: Tx) => Promise<T>) => connection.db.transaction().execute(work)

  const get = (url: string, cookie = '') => app.inject({ url, headers: { cookie } })
  const post = (url: string, fields: Record<string, unknown>, cookie = '') =>
    app.inject(formPost(url, fields, cookie))
  return {
    app,
    context,
    connection,
    clock,
    by,
    write,
    signIn: (roles, opdIds = []) => write((trx) => signedIn(trx, roles, opdIds, by, clock.now)),
    get,
    post,
    close: async () => {
      await app.close()
      await connection.close()
    },
  }
}

export const origin = 'http://rancang.test'

/** A form post with a fresh retry key (unless `_key` is among the fields). */
export function formPost(url: string, fields: Record<string, unknown>, cookie = ''): InjectOptions {
  const body = new URLSearchParams({ _key: randomBytes(12).toString('base64url') })
  for (const [name, value] of Object.entries(fields)) {
    body.delete(name)
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null) body.append(name, String(item))
    }
  }
  return {
    method: 'POST',
    url,
    headers: {
      cookie,
      origin,
      host: new URL(origin).host,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: body.toString(),
  }
}

/** The same for a form with files: fields of text, and files by their field. */
export async function uploadPost(
  url: string,
  fields: readonly (readonly [name: string, value: string | SentFile])[],
  cookie = '',
): Promise<InjectOptions> {
  const form = new FormData()
  for (const [name, value] of fields) {
    if (typeof value === 'string') form.append(name, value)
    else
      form.append(name, new Blob([new Uint8Array(value.bytes)], { type: value.type }), value.name)
  }
  const request = new Request(origin, { method: 'POST', body: form })
  const sent = formPost(url, {}, cookie)
  return {
    ...sent,
    headers: { ...sent.headers, 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  }
}

/** A file as a browser sends it; without one chosen, `noFile`. */
export type SentFile = { name: string; type: string; bytes: Uint8Array }
export const noFile: SentFile = {
  name: '',
  type: 'application/octet-stream',
  bytes: new Uint8Array(),
}

const manggaraiBarat = {
  id: 1,
  name: 'Kabupaten Manggarai Barat',
  level: 'kabupaten',
  province: 'Nusa Tenggara Timur',
  capital: 'Labuan Bajo',
  timeZone: 'Asia/Makassar',
  officeName: 'Dinas Komunikasi dan Informatika',
  officeShort: 'Diskominfo',
  headTitle: 'Bupati',
  spbeTerm: 'SPBE',
  planTitle: 'Grand Design E-Government',
  yearFrom: 2019,
  yearTo: 2023,
  legalBases: null,
  address: null,
  paper: 'A4',
}

const templates = new Map<Fill, Promise<string>>()

function template(fill: Fill): Promise<string> {
  const made = templates.get(fill) ?? makeTemplate(`template-${templates.size}.sqlite`, fill)
  templates.set(fill, made)
  return made
}

async function makeTemplate(name: string, fill: Fill): Promise<string> {
  const file = join(folder, name)
  const connection = connect(file)
  await migrate(connection, migrations, new Date(testTime))
  await connection.db.transaction().execute((trx) => fill(trx, by))
  connection.raw.pragma('wal_checkpoint(TRUNCATE)')
  await connection.close()
  return file
}

let accounts = 0

async function signedIn(
  trx: Tx,
  roles: readonly Role[],
  opdIds: readonly number[],
  by: By,
  now: Date,
): Promise<string> {
  accounts += 1
  const username = `${roles.join('-')}-${accounts}`
  const rows = roles.flatMap((role): { role: Role; opdId: number | null }[] =>
    role === 'opd' ? opdIds.map((opdId) => ({ role, opdId })) : [{ role, opdId: null }],
  )
  const accountId = await insertRow(
    trx,
    'account',
    {
      username,
      usernameKey: username,
      name: `Akun ${username}`,
      passwordHash: null,
      locale: 'id',
      state: 'active',
      lastSeenAt: null,
      validUntil: null,
    },
    by,
    { roles: rows },
  )
  const token = randomBytes(32).toString('base64url')
  const endsAt = new Date(now.getTime() + 7 * 24 * 3_600_000).toISOString()
  await trx
    .insertInto('webSession')
    .values({
      tokenHash: tokenHash(token),
      accountId,
      linkId: null,
      madeAt: now.toISOString(),
      seenAt: now.toISOString(),
      endsAt,
      agent: null,
    })
    .execute()
  return `rancang_session=${token}`
}
