import { sql } from 'kysely'
import { amongEnded } from '../db/ended.ts'
import { untilNextWrite } from '../db/memo.ts'
import { rowsFor } from '../db/prepared.ts'
import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRow, removeRow, updateRow } from '../db/write.ts'
import { everything, type Scope } from '../domain/access.ts'
import { fold } from '../domain/text.ts'
import { Refusal } from '../errors.ts'
import { answers, duties } from './recorded.ts'
import type { OpdInput, UnitInput } from './schema.ts'

export type OpdRow = Pick<
  Row<'opd'>,
  'id' | 'code' | 'name' | 'shortName' | 'kind' | 'headTitle' | 'validUntil' | 'example'
> & { parentId: number | null; parent: string | null; locations: number; proposals: number }
export type Opd = Row<'opd'>
export type Unit = Pick<Opd, 'id' | 'name' | 'kind' | 'validUntil' | 'example'>
export type OpdOption = { value: number; label: string }

const pageSize = 50

/** A page of OPD by name; `search` is matched against names, short names and codes. */
export function list(db: Db, scope: Scope, search: string, page: number) {
  const key = `opd ${JSON.stringify([scope, search, page])}`
  return untilNextWrite(db, key, () => readList(db, scope, search, page))
}

async function readList(db: Db, scope: Scope, search: string, page: number) {
  const rows: OpdRow[] = await rowsFor(db, ['opd', scope, search, page], () =>
    matching(db, scope, search)
      .select([
        'opd.id',
        'opd.code',
        'opd.name',
        'opd.shortName',
        'opd.kind',
        'opd.headTitle',
        'opd.validUntil',
        'opd.example',
        'opd.parentId',
      ])
      .select((eb) => [
        eb
          .selectFrom('opd as above')
          .whereRef('above.id', '=', 'opd.parentId')
          .select('above.name')
          .as('parent'),
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
      .offset((page - 1) * pageSize),
  )
  const [counted] = await rowsFor(db, ['opd counted', scope, search], () =>
    matching(db, scope, search).select((eb) => eb.fn.countAll<number>().as('n')),
  )
  const n = counted?.n ?? 0
  return { rows, n, pages: Math.max(1, Math.ceil(n / pageSize)) }
}

export function findById(db: Db | Tx, scope: Scope, id: number): Promise<Opd | undefined> {
  return owned(db, scope, 'opd').selectAll('opd').where('opd.id', '=', id).executeTakeFirst()
}

/**
 * The OPD a form may offer on that day, by name: those that ended before it are left out, unless
 * they are among the `kept`, which the record names already.
 */
export async function options(
  db: Db,
  scope: Scope,
  today: string,
  kept: readonly (number | null | undefined)[] = [],
): Promise<OpdOption[]> {
  const all = await allOptions(db, scope)
  return all
    .filter(
      ({ value, validUntil }) => validUntil === null || validUntil >= today || kept.includes(value),
    )
    .map(({ value, label }) => ({ value, label }))
}

/** Every OPD there is or was, by name; for filters over the past, and for names. */
export function allOptions(
  db: Db,
  scope: Scope,
): Promise<(OpdOption & { validUntil: string | null })[]> {
  return untilNextWrite(db, `options of opd ${JSON.stringify(scope)}`, () =>
    rowsFor(db, ['options of opd', scope], () =>
      owned(db, scope, 'opd')
        .select(['opd.id as value', 'opd.name as label', 'opd.validUntil'])
        .orderBy('opd.nameKey'),
    ),
  )
}

/** Whether its last day lies before that day. */
export function hasEndedBy({ validUntil }: Pick<Opd, 'validUntil'>, today: string): boolean {
  return validUntil !== null && validUntil < today
}

/** Adds an OPD, or a unit under the OPD `parentId`; those that it follows may have its name. */
export async function insert(
  trx: Tx,
  input: OpdInput | UnitInput,
  by: By,
  parentId: number | null = null,
  follows: readonly number[] = [],
): Promise<number> {
  await refuseTwice(trx, input.name, parentId, follows)
  const { affairs, ...fields } = input
  await requireAffairs(trx, affairs)
  return insertRow(
    trx,
    'opd',
    {
      ...fields,
      code: input.code ?? (await nextCode(trx)),
      nameKey: fold(input.name),
      parentId,
      source: null,
      sourceCode: null,
    },
    by,
    { affairs },
  )
}

export async function update(
  trx: Tx,
  id: number,
  version: number,
  input: OpdInput | UnitInput,
  by: By,
) {
  const { code, affairs, ...rest } = input
  const { parentId } = await trx
    .selectFrom('opd')
    .select('parentId')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  await refuseTwice(trx, input.name, parentId, [id])
  if (input.validUntil === null && (await hasSuccessor(trx, id))) {
    throw new Refusal({ validUntil: { key: 'succession.error.cleared' } })
  }
  await requireAffairs(trx, affairs)
  const changes = { ...rest, ...(code === null ? {} : { code }), nameKey: fold(input.name) }
  return updateRow(trx, 'opd', id, version, changes, by, { affairs })
}

async function hasSuccessor(trx: Tx, id: number): Promise<boolean> {
  const found = await trx
    .selectFrom('opdSuccessor')
    .select('opdId')
    .where('opdId', '=', id)
    .executeTakeFirst()
  return found !== undefined
}

export type Affair = Row<'affair'>

/** The government affairs there are, by code. */
export function affairs(db: Db): Promise<Affair[]> {
  return db.selectFrom('affair').selectAll().orderBy('code').execute()
}

export function findAffair(db: Db | Tx, id: number): Promise<Affair | undefined> {
  return (db as Db).selectFrom('affair').selectAll().where('id', '=', id).executeTakeFirst()
}

/** How many OPD and units chose each affair, by its code. */
export async function chosenAffairs(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('opdAffair')
    .select(['affairCode', (eb) => eb.fn.countAll<number>().as('n')])
    .groupBy('affairCode')
    .execute()
  return new Map(rows.map((row) => [row.affairCode, row.n]))
}

/** The government affairs of an OPD, by code. */
export function affairsOf(db: Db | Tx, opdId: number): Promise<Affair[]> {
  return (db as Db)
    .selectFrom('opdAffair')
    .innerJoin('affair', 'affair.code', 'opdAffair.affairCode')
    .selectAll('affair')
    .where('opdAffair.opdId', '=', opdId)
    .orderBy('affair.code')
    .execute()
}

async function requireAffairs(trx: Tx, codes: readonly string[]) {
  if (codes.length === 0) return
  const known = await trx.selectFrom('affair').select('code').where('code', 'in', codes).execute()
  if (known.length < codes.length) throw new Refusal({ affairs: { key: 'form.notInList' } })
}

/** One office is recorded once: a second of that name in force, under the same parent, is refused. */
async function refuseTwice(
  trx: Tx,
  name: string,
  parentId: number | null,
  except: readonly number[],
) {
  if (await twin(trx, name, parentId, except)) {
    throw new Refusal({ name: { key: 'opd.error.twice' } })
  }
}

/** Whether another of that name is in force under the same parent. */
export async function twin(
  db: Db | Tx,
  name: string,
  parentId: number | null,
  except: readonly number[],
): Promise<boolean> {
  const found = await owned(db, everything, 'opd')
    .select('opd.id')
    .where('opd.nameKey', '=', fold(name))
    .where('opd.parentId', parentId === null ? 'is' : '=', parentId)
    .where('opd.validUntil', 'is', null)
    .$if(except.length > 0, (query) => query.where('opd.id', 'not in', [...except]))
    .executeTakeFirst()
  return found !== undefined
}

/** Whether an OPD has that code. */
export async function hasCode(db: Db | Tx, code: string): Promise<boolean> {
  const found = await owned(db, everything, 'opd')
    .select('opd.id')
    .where('opd.code', '=', code)
    .executeTakeFirst()
  return found !== undefined
}

/** Removes an OPD with its duties and answers; the database refuses while more depends on it. */
export async function remove(trx: Tx, id: number, version: number, by: By): Promise<void> {
  amongEnded(trx)
  for (const duty of await duties(trx, everything, id)) {
    await removeRow(trx, 'opdDuty', duty.id, duty.version, by)
  }
  for (const answer of await answers(trx, everything, id)) {
    await removeRow(trx, 'opdAnswer', answer.id, answer.version, by)
  }
  await removeRow(trx, 'opd', id, version, by)
}

/** The OPD and the units under them: all that counts for them. */
export async function withUnits(db: Db | Tx, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await owned(db, everything, 'opd')
    .select('opd.id')
    .where('opd.parentId', 'in', [...ids])
    .execute()
  return [...ids, ...rows.map((row) => row.id)]
}

/** The units under an OPD, by name. */
export function units(db: Db | Tx, scope: Scope, parentId: number): Promise<Unit[]> {
  return owned(db, scope, 'opd')
    .select(['opd.id', 'opd.name', 'opd.kind', 'opd.validUntil', 'opd.example'])
    .where('opd.parentId', '=', parentId)
    .orderBy('opd.nameKey')
    .execute()
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

/** An OPD that has ended, and who goes on with its work. */
export type Ended = { name: string; on: string; successors: string[] }

/** Those of these OPD that ended before a day, with the names of their successors. */
export async function endedAmong(db: Db, ids: readonly number[], today: string): Promise<Ended[]> {
  if (ids.length === 0) return []
  const ended = await owned(db, everything, 'opd')
    .select(['opd.id', 'opd.name', 'opd.validUntil'])
    .where('opd.id', 'in', [...ids])
    .where('opd.validUntil', '<', today)
    .orderBy('opd.nameKey')
    .execute()
  const successors = await owned(db, everything, 'opd')
    .innerJoin('opdSuccessor', 'opdSuccessor.successorId', 'opd.id')
    .select(['opdSuccessor.opdId', 'opd.name'])
    .where('opdSuccessor.opdId', 'in', [...ids])
    .orderBy('opd.nameKey')
    .execute()
  return ended.map(({ id, name, validUntil }) => ({
    name,
    on: validUntil ?? '',
    successors: successors.filter((each) => each.opdId === id).map((each) => each.name),
  }))
}
