import { sql } from 'kysely'
import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRow, removeRow, updateRow } from '../db/write.ts'
import { everything, type Scope } from '../domain/access.ts'
import { fold } from '../domain/text.ts'
import type { DutyInput, OpdInput } from './schema.ts'

export type OpdRow = Pick<
  Row<'opd'>,
  'id' | 'code' | 'name' | 'shortName' | 'kind' | 'headTitle' | 'example'
> & { locations: number; proposals: number }
export type Opd = Row<'opd'>
export type Duty = Row<'opdDuty'>
export type OpdOption = { value: number; label: string }

const pageSize = 50

/** A page of OPD by name; `search` is matched against names, short names and codes. */
export async function list(db: Db, scope: Scope, search: string, page: number) {
  const found = matching(db, scope, search)
  const rows: OpdRow[] = await found
    .select([
      'opd.id',
      'opd.code',
      'opd.name',
      'opd.shortName',
      'opd.kind',
      'opd.headTitle',
      'opd.example',
    ])
    .select((eb) => [
      eb
        .selectFrom('location')
        .whereRef('location.opdId', '=', 'opd.id')
        .select((e) => e.fn.countAll<number>().as('n'))
        .as('locations'),
      eb
        .selectFrom('proposal')
        .whereRef('proposal.opdId', '=', 'opd.id')
        .select((e) => e.fn.countAll<number>().as('n'))
        .as('proposals'),
    ])
    .$narrowType<{ locations: number; proposals: number }>()
    .orderBy('opd.nameKey')
    .orderBy('opd.id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  const { n } = await found
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return { rows, n, pages: Math.max(1, Math.ceil(n / pageSize)) }
}

export function findById(db: Db | Tx, scope: Scope, id: number): Promise<Opd | undefined> {
  return owned(db, scope, 'opd').selectAll('opd').where('opd.id', '=', id).executeTakeFirst()
}

/** The OPD a form may offer, by name. */
export function options(db: Db, scope: Scope): Promise<OpdOption[]> {
  return owned(db, scope, 'opd')
    .select(['opd.id as value', 'opd.name as label'])
    .orderBy('opd.nameKey')
    .execute()
}

export async function insert(trx: Tx, input: OpdInput, by: By): Promise<number> {
  return insertRow(
    trx,
    'opd',
    {
      ...input,
      code: input.code ?? (await nextCode(trx)),
      nameKey: fold(input.name),
      parentId: null,
      source: null,
      sourceCode: null,
    },
    by,
  )
}

export async function update(trx: Tx, id: number, version: number, input: OpdInput, by: By) {
  const { code, ...rest } = input
  const changes = { ...rest, ...(code === null ? {} : { code }), nameKey: fold(input.name) }
  return updateRow(trx, 'opd', id, version, changes, by)
}

/** What would be left without its OPD. */
export async function dependents(db: Db, id: number) {
  const count = (table: 'location' | 'proposal') =>
    owned(db, everything, table)
      .where(`${table}.opdId`, '=', id)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  return { locations: (await count('location')).n, proposals: (await count('proposal')).n }
}

/** Removes an OPD with its duties; the database refuses while anything else depends on it. */
export async function remove(trx: Tx, id: number, version: number, by: By): Promise<void> {
  for (const duty of await duties(trx, everything, id)) {
    await removeRow(trx, 'opdDuty', duty.id, duty.version, by)
  }
  await removeRow(trx, 'opd', id, version, by)
}

export function duties(db: Db | Tx, scope: Scope, opdId: number): Promise<Duty[]> {
  return owned(db, scope, 'opdDuty')
    .selectAll('opdDuty')
    .where('opdDuty.opdId', '=', opdId)
    .orderBy('opdDuty.seq')
    .orderBy('opdDuty.id')
    .execute()
}

export function findDuty(
  db: Db,
  scope: Scope,
  opdId: number,
  id: number,
): Promise<Duty | undefined> {
  return owned(db, scope, 'opdDuty')
    .selectAll('opdDuty')
    .where('opdDuty.opdId', '=', opdId)
    .where('opdDuty.id', '=', id)
    .executeTakeFirst()
}

/** Adds a duty at the end of the list. */
export async function insertDuty(
  trx: Tx,
  opdId: number,
  input: DutyInput,
  by: By,
): Promise<number> {
  const last = await trx
    .selectFrom('opdDuty')
    .where('opdId', '=', opdId)
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst()
  return insertRow(trx, 'opdDuty', { ...input, opdId, seq: (last?.seq ?? 0) + 1 }, by)
}

function matching(db: Db, scope: Scope, search: string) {
  const all = owned(db, scope, 'opd')
  if (search === '') return all
  const like = `%${fold(search)}%`
  return all.where((eb) =>
    eb.or([
      eb('opd.nameKey', 'like', like),
      eb(sql`lower(coalesce(opd.short_name, ''))`, 'like', like),
      eb(sql`lower(opd.code)`, 'like', like),
    ]),
  )
}

/** The next free running code, `OPD-01`, `OPD-02` … */
async function nextCode(trx: Tx): Promise<string> {
  const rows = await trx.selectFrom('opd').select('code').where('code', 'like', 'OPD-%').execute()
  const last = Math.max(0, ...rows.map((row) => Number.parseInt(row.code.slice(4), 10) || 0))
  return `OPD-${String(last + 1).padStart(2, '0')}`
}
