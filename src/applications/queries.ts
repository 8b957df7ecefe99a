import { type SelectQueryBuilder, sql } from 'kysely'
import { untilNextWrite } from '../db/memo.ts'
import { rowsFor } from '../db/prepared.ts'
import type { Db, Row, Tables, Tx } from '../db/schema.ts'
import { countsFor, owned } from '../db/scope.ts'
import { type By, insertRow, removeRow, updateRow } from '../db/write.ts'
import { everything, type Scope } from '../domain/access.ts'
import { grouped } from '../domain/grouping.ts'
import { fold } from '../domain/text.ts'
import { type Message, Refusal } from '../errors.ts'
import { type Filters, type UseState, useStates } from './filters.ts'
import type { ApplicationInput, IntegrationInput, NationalInput } from './schema.ts'

export type ApplicationRow = Pick<
  Row<'application'>,
  'id' | 'name' | 'opdId' | 'useState' | 'plan' | 'class' | 'yearlyCost' | 'example'
> & {
  opd: string
  opdShort: string | null
  platforms: string[]
  /** Others of the same name that the reader may see. */
  sameAs: { id: number; opd: string }[]
}
export type ApplicationOption = { value: number; label: string; opdId: number; opd: string }
export type UseCount = { state: UseState; n: number; of: number }
export type National = Row<'nationalApplication'>

const pageSize = 50

/** A page of applications by name, and how many there are by use; the counts ignore that filter. */
export function list(db: Db, scope: Scope, filters: Filters, page: number) {
  const key = `applications ${JSON.stringify([scope, filters, page])}`
  return untilNextWrite(db, key, () => readList(db, scope, filters, page))
}

async function readList(db: Db, scope: Scope, filters: Filters, page: number) {
  const found = narrowed(db, scope, filters)
  const anyUse = { ...filters, use: undefined }
  const counts = await rowsFor(db, ['uses of applications', scope, anyUse], () =>
    narrowed(db, scope, anyUse)
      .select(['application.useState', (eb) => eb.fn.countAll<number>().as('n')])
      .groupBy('application.useState'),
  )
  const of = counts.reduce((sum, each) => sum + each.n, 0)
  const inState = (state: UseState) =>
    counts.find((each) => (each.useState ?? 'unrecorded') === state)?.n ?? 0
  const states: UseCount[] = useStates.map((state) => ({ state, n: inState(state), of }))
  const n = filters.use === undefined ? of : inState(filters.use)
  const pages = Math.max(1, Math.ceil(n / pageSize))
  const rows = await rowsOf(db, scope, found, (query) =>
    query.limit(pageSize).offset((Math.min(page, pages) - 1) * pageSize),
  )
  return { rows, n, states, page: Math.min(page, pages), pages }
}

/** The applications of one OPD by name, for its own page. */
export function ofOpd(db: Db, scope: Scope, opdId: number): Promise<ApplicationRow[]> {
  const own = owned(db, scope, 'application').where('application.opdId', '=', opdId)
  return rowsOf(db, scope, own, (query) => query)
}

type Narrowed = SelectQueryBuilder<Tables, 'application', object>

function narrowed(db: Db, scope: Scope, filters: Filters): Narrowed {
  const { search, opdId, use, plan, platform } = filters
  let query = owned(db, scope, 'application')
  if (search !== '') {
    const like = `%${fold(search)}%`
    const typed = `%${search.toLowerCase()}%`
    query = query.where(
      sql<boolean>`(application.name_key like ${like} or lower(application.function) like ${typed})`,
    )
  }
  if (opdId !== undefined) query = query.where(countsFor('application.opdId', opdId))
  if (use === 'unrecorded') query = query.where('application.useState', 'is', null)
  else if (use !== undefined) query = query.where('application.useState', '=', use)
  if (plan !== undefined) query = query.where('application.plan', '=', plan)
  if (filters.class !== undefined) query = query.where('application.class', '=', filters.class)
  if (platform === undefined) return query
  return query.where(
    sql<boolean>`exists (select 1 from application_choice c where c.application_id = application.id
      and c.list = 'platforms' and c.code = ${platform})`,
  )
}

async function rowsOf(
  db: Db,
  scope: Scope,
  query: Narrowed,
  cut: <Q extends { limit(n: number): Q; offset(n: number): Q }>(query: Q) => Q,
): Promise<ApplicationRow[]> {
  const rows = await cut(
    query
      .innerJoin('opd', 'opd.id', 'application.opdId')
      .select([
        'application.id',
        'application.name',
        'application.nameKey',
        'application.opdId',
        'application.useState',
        'application.plan',
        'application.class',
        'application.yearlyCost',
        'application.example',
        'opd.name as opd',
        'opd.shortName as opdShort',
      ])
      .orderBy('application.nameKey')
      .orderBy('application.id'),
  ).execute()
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const choices = await rowsFor(db, ['platforms of applications', ids], () =>
    owned(db, everything, 'applicationChoice')
      .select(['applicationChoice.applicationId', 'applicationChoice.code'])
      .where('applicationChoice.list', '=', 'platforms')
      .where('applicationChoice.applicationId', 'in', ids),
  )
  const platforms = grouped(choices, (row) => row.applicationId)
  const keys = rows.map((row) => row.nameKey)
  const alike = grouped(await named(db, scope, keys), (row) => row.nameKey)
  return rows.map(({ nameKey, ...row }) => ({
    ...row,
    platforms: (platforms.get(row.id) ?? []).map((each) => each.code),
    sameAs: (alike.get(nameKey) ?? []).filter((each) => each.id !== row.id),
  }))
}

/** Applications that the reader may see under one of these folded names. */
function named(db: Db, scope: Scope, keys: readonly string[]) {
  return rowsFor(db, ['applications named', scope, keys], () =>
    owned(db, scope, 'application')
      .innerJoin('opd', 'opd.id', 'application.opdId')
      .select(['application.id', 'application.nameKey', 'opd.name as opd'])
      .where('application.nameKey', 'in', [...new Set(keys)])
      .orderBy('opd.nameKey'),
  )
}

export type Application = Awaited<ReturnType<typeof findById>> & object

/**
 * One application whole, with the names of what it points to; the name of another OPD's application
 * that the scope does not reach is null.
 */
export async function findById(db: Db | Tx, scope: Scope, id: number) {
  const row = await owned(db, scope, 'application')
    .innerJoin('opd', 'opd.id', 'application.opdId')
    .leftJoin('nationalApplication', 'nationalApplication.id', 'application.nationalApplicationId')
    .leftJoin('fgdSession', 'fgdSession.id', 'application.fgdSessionId')
    .selectAll('application')
    .select([
      'opd.name as opd',
      'opd.shortName as opdShort',
      'nationalApplication.name as national',
      'fgdSession.title as session',
    ])
    .where('application.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const choices = await owned(db, everything, 'applicationChoice')
    .select(['applicationChoice.list', 'applicationChoice.code'])
    .where('applicationChoice.applicationId', '=', id)
    .execute()
  const of = (list: string) => choices.filter((each) => each.list === list).map((each) => each.code)
  return {
    ...row,
    users: of('users'),
    platforms: of('platforms'),
    userOpds: await userOpds(db, id),
    integrations: await integrations(db, scope, id),
  }
}

/** The other OPD that use it; it passed a scope already. */
function userOpds(db: Db | Tx, id: number): Promise<{ id: number; name: string }[]> {
  return owned(db, everything, 'applicationOpd')
    .innerJoin('opd', 'opd.id', 'applicationOpd.opdId')
    .select(['opd.id', 'opd.name'])
    .where('applicationOpd.applicationId', '=', id)
    .orderBy('opd.nameKey')
    .execute()
}

async function integrations(db: Db | Tx, scope: Scope, id: number) {
  const rows = await owned(db, everything, 'integration')
    .leftJoin('nationalApplication', 'nationalApplication.id', 'integration.withNationalId')
    .select([
      'integration.withApplicationId',
      'integration.withNationalId',
      'integration.withName',
      'nationalApplication.name as national',
    ])
    .where('integration.applicationId', '=', id)
    .orderBy('integration.id')
    .execute()
  const others = new Map(
    (await options(db, scope)).map((each) => [each.value, `${each.label} (${each.opd})`]),
  )
  return rows.map((row) => ({
    ...row,
    application: others.get(row.withApplicationId ?? 0) ?? null,
  }))
}

/** Others of the same name that the reader may see. */
export async function doublesOf(
  db: Db,
  scope: Scope,
  { id, nameKey }: Pick<Row<'application'>, 'id' | 'nameKey'>,
): Promise<{ id: number; opd: string }[]> {
  return (await named(db, scope, [nameKey])).filter((each) => each.id !== id)
}

/** The applications a form may offer, by OPD. */
export function options(db: Db | Tx, scope: Scope): Promise<ApplicationOption[]> {
  return owned(db, scope, 'application')
    .innerJoin('opd', 'opd.id', 'application.opdId')
    .select([
      'application.id as value',
      'application.name as label',
      'application.opdId',
      'opd.name as opd',
    ])
    .orderBy('opd.nameKey')
    .orderBy('opd.id')
    .orderBy('application.nameKey')
    .execute()
}

/** The proposals to extend an application, as far as the reader may see them. */
export function proposalsOn(db: Db, scope: Scope, id: number) {
  return owned(db, scope, 'proposal')
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .select(['proposal.id', 'proposal.number', 'proposal.title', 'opd.name as opd'])
    .where('proposal.wayApplicationId', '=', id)
    .orderBy('proposal.id')
    .execute()
}

type Saved = {
  head: ApplicationInput
  /** With the place of each in the form. */
  rows: readonly { at: number; row: IntegrationInput }[]
}

/** @throws Refusal at a field that points to what is not there or not the writer's to see */
export async function insert(
  trx: Tx,
  scope: Scope,
  opdId: number,
  saved: Saved,
  by: By,
): Promise<number> {
  await refuseForeign(trx, scope, { id: 0, opdId, integrations: [] }, saved)
  const { columns, lists } = partsOf(saved)
  const { fgdSessionId } = saved.head
  const origin = { opdId, fgdSessionId, source: null, sourceCode: null }
  return insertRow(trx, 'application', { ...columns, ...origin }, by, lists)
}

/** Keeps the session it was first recorded in. @throws Refusal as `insert` does */
export async function update(
  trx: Tx,
  scope: Scope,
  stored: Pick<Application, 'id' | 'opdId' | 'integrations'>,
  version: number,
  saved: Saved,
  by: By,
): Promise<void> {
  await refuseForeign(trx, scope, stored, saved)
  const { columns, lists } = partsOf(saved)
  await updateRow(trx, 'application', stored.id, version, columns, by, lists)
}

export function remove(trx: Tx, id: number, version: number, by: By): Promise<void> {
  return removeRow(trx, 'application', id, version, by)
}

function partsOf({ head, rows }: Saved) {
  const { users, platforms, userOpds, fgdSessionId: _, ...columns } = head
  const once = new Map(rows.map(({ row }) => [JSON.stringify(row), row]))
  return {
    columns: { ...columns, nameKey: fold(columns.name) },
    lists: { users, platforms, userOpds, integrations: [...once.values()] },
  }
}

/** Ids in a body point to what is there and may be seen, or are refused at their field. */
async function refuseForeign(
  trx: Tx,
  scope: Scope,
  stored: Pick<Application, 'id' | 'opdId'> & {
    integrations: readonly { withApplicationId: number | null }[]
  },
  { head, rows }: Saved,
): Promise<void> {
  const errors: Record<string, Message> = {}
  const nationals = new Set((await nationalOptions(trx)).map((each) => each.value))
  const seen = new Set((await options(trx, scope)).map((each) => each.value))
  for (const { withApplicationId } of stored.integrations) seen.add(withApplicationId ?? 0)
  seen.delete(stored.id)
  const { nationalApplicationId, userOpds } = head
  if (nationalApplicationId !== null && !nationals.has(nationalApplicationId)) {
    errors.nationalApplicationId = { key: 'form.notInList' }
  }
  if (!(await areOtherOpds(trx, stored.opdId, userOpds))) {
    errors.userOpds = { key: 'form.notInList' }
  }
  for (const { at, row } of rows) {
    const isOther = row.withApplicationId === null || seen.has(row.withApplicationId)
    const isNational = row.withNationalId === null || nationals.has(row.withNationalId)
    if (!isOther || !isNational) errors[`${at}.with`] = { key: 'form.notInList' }
  }
  if (Object.keys(errors).length > 0) throw new Refusal(errors)
}

async function areOtherOpds(trx: Tx, ownerId: number, ids: readonly number[]): Promise<boolean> {
  if (ids.length === 0) return true
  const rows = await trx
    .selectFrom('opd')
    .select('id')
    .where('id', 'in', [...ids])
    .where('id', '<>', ownerId)
    .execute()
  return rows.length === ids.length
}

/* National applications: reference rows that belong to nobody */

export function nationals(db: Db | Tx): Promise<National[]> {
  return (db as Db).selectFrom('nationalApplication').selectAll().orderBy('nameKey').execute()
}

export async function nationalOptions(db: Db | Tx): Promise<{ value: number; label: string }[]> {
  return (await nationals(db)).map(({ id, name, owner }) => ({
    value: id,
    label: `${name} (${owner})`,
  }))
}

export function findNational(db: Db | Tx, id: number): Promise<National | undefined> {
  return (db as Db)
    .selectFrom('nationalApplication')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
}

export function insertNational(trx: Tx, input: NationalInput, by: By): Promise<number> {
  return insertRow(trx, 'nationalApplication', { ...input, nameKey: fold(input.name) }, by)
}

export async function updateNational(
  trx: Tx,
  id: number,
  version: number,
  input: NationalInput,
  by: By,
): Promise<void> {
  const changes = { ...input, nameKey: fold(input.name) }
  await updateRow(trx, 'nationalApplication', id, version, changes, by)
}
