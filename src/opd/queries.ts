import { type RawBuilder, sql } from 'kysely'
import { amongEnded } from '../db/ended.ts'
import { untilNextWrite } from '../db/memo.ts'
import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRow, removeRow, updateRow } from '../db/write.ts'
import { everything, type Scope } from '../domain/access.ts'
import type { OpdCounts } from '../domain/completeness.ts'
import { fold } from '../domain/text.ts'
import { Refusal } from '../errors.ts'
import type { AnswerPart, BudgetInput, DutyInput, OpdInput, UnitInput } from './schema.ts'

export type OpdRow = Pick<
  Row<'opd'>,
  'id' | 'code' | 'name' | 'shortName' | 'kind' | 'headTitle' | 'validUntil' | 'example'
> & { parentId: number | null; parent: string | null; locations: number; proposals: number }
export type Opd = Row<'opd'>
export type Duty = Row<'opdDuty'>
export type People = Row<'opdPeople'>
export type Answer = Row<'opdAnswer'>
export type Budget = Row<'opdBudget'>
export type Unit = Pick<Opd, 'id' | 'name' | 'kind' | 'validUntil' | 'example'>
export type OpdOption = { value: number; label: string }

const pageSize = 50

/** A page of OPD by name; `search` is matched against names, short names and codes. */
export function list(db: Db, scope: Scope, search: string, page: number) {
  const key = `opd ${JSON.stringify([scope, search, page])}`
  return untilNextWrite(db, key, () => readList(db, scope, search, page))
}

async function readList(db: Db, scope: Scope, search: string, page: number) {
  const found = matching(db, scope, search)
  const rows: OpdRow[] = await found
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
    owned(db, scope, 'opd')
      .select(['opd.id as value', 'opd.name as label', 'opd.validUntil'])
      .orderBy('opd.nameKey')
      .execute(),
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

/** The employees as they were recorded, the newest day first. */
export function peopleDays(db: Db | Tx, scope: Scope, opdId: number): Promise<People[]> {
  return owned(db, scope, 'opdPeople')
    .selectAll('opdPeople')
    .where('opdPeople.opdId', '=', opdId)
    .orderBy('opdPeople.asOf', 'desc')
    .execute()
}

/** The parts to which the OPD answered "none". */
export function answers(db: Db | Tx, scope: Scope, opdId: number): Promise<Answer[]> {
  return owned(db, scope, 'opdAnswer')
    .selectAll('opdAnswer')
    .where('opdAnswer.opdId', '=', opdId)
    .execute()
}

/** Records "none" for a part; a second time changes nothing. */
export async function insertAnswer(
  trx: Tx,
  opdId: number,
  part: AnswerPart,
  asOf: string,
  by: By,
): Promise<void> {
  const said = (await answers(trx, everything, opdId)).some((answer) => answer.part === part)
  if (!said) await insertRow(trx, 'opdAnswer', { opdId, part, asOf }, by)
}

/** Takes the answer "none" back, if it was given. */
export async function removeAnswer(
  trx: Tx,
  opdId: number,
  part: AnswerPart,
  by: By,
): Promise<void> {
  for (const answer of await answers(trx, everything, opdId)) {
    if (answer.part === part) await removeRow(trx, 'opdAnswer', answer.id, answer.version, by)
  }
}

/** The ICT budgets of an OPD, the newest year first. */
export function budgets(db: Db | Tx, scope: Scope, opdId: number): Promise<Budget[]> {
  return owned(db, scope, 'opdBudget')
    .selectAll('opdBudget')
    .where('opdBudget.opdId', '=', opdId)
    .orderBy('opdBudget.year', 'desc')
    .execute()
}

/** What these OPD set aside for ICT in a year, as far as it is recorded. */
export async function budgetsOf(
  db: Db,
  scope: Scope,
  ids: readonly number[],
  year: number,
): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map()
  const rows = await owned(db, scope, 'opdBudget')
    .select(['opdBudget.opdId', 'opdBudget.amount'])
    .where('opdBudget.opdId', 'in', [...ids])
    .where('opdBudget.year', '=', year)
    .execute()
  return new Map(rows.map((row) => [row.opdId, row.amount]))
}

export function insertBudget(trx: Tx, opdId: number, input: BudgetInput, by: By): Promise<number> {
  return insertRow(trx, 'opdBudget', { ...input, opdId }, by)
}

/**
 * What the completeness of these OPD is computed from, by id; one query for all of them.
 *
 * @param today the local day: its year and the next are the ones a budget is asked for
 */
export async function countsOf(
  db: Db | Tx,
  scope: Scope,
  ids: readonly number[],
  today: string,
): Promise<Map<number, OpdCounts>> {
  if (ids.length === 0) return new Map()
  const year = Number(today.slice(0, 4))
  const rows = await owned(db, scope, 'opd')
    .select(['opd.id', 'opd.headName', 'opd.contactName'])
    .select([
      number(sql`select count(*) from opd_duty d where d.opd_id = opd.id`).as('duties'),
      number(sql`select count(*) from location l where l.opd_id = opd.id`).as('locations'),
      number(sql`select count(*) from location l where l.opd_id = opd.id and l.is_head = 1`).as(
        'heads',
      ),
      number(sql`select count(distinct i.location_id) from internet_access i
        join location l on l.id = i.location_id where l.opd_id = opd.id`).as('withInternet'),
      number(sql`select count(distinct s.location_id) from device_survey s
        join location l on l.id = s.location_id where l.opd_id = opd.id`).as('withDevices'),
      number(sql`select count(*) from proposal p where p.opd_id = opd.id
        and p.state not in ('draft', 'withdrawn')`).as('proposals'),
      number(sql`select count(*) from application x where x.opd_id = opd.id`).as('applications'),
      number(sql`select count(*) from opd_budget b where b.opd_id = opd.id
        and b.year = ${year}`).as('budgetThisYear'),
      number(sql`select count(*) from opd_budget b where b.opd_id = opd.id
        and b.year = ${year + 1}`).as('budgetNextYear'),
      number(sql`select count(*) from opd_answer a where a.opd_id = opd.id
        and a.part = 'applications'`).as('noApplications'),
      number(sql`select count(*) from opd_answer a where a.opd_id = opd.id
        and a.part = 'proposals'`).as('noProposals'),
      number(sql`select count(*) from opd_confirmation c where c.opd_id = opd.id`).as(
        'confirmations',
      ),
      number(sql`select count(*) from opd_people e where e.opd_id = opd.id
        and e.as_of = (select max(n.as_of) from opd_people n where n.opd_id = opd.id)
        and e.pns is not null and e.pppk is not null and e.other is not null
        and e.computer_users is not null`).as('people'),
    ])
    .where('opd.id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, countedOpd(row)]))
}

/** What the completeness of these OPD and of the units in force under each is computed from, by OPD. */
export async function countsWithUnits(
  db: Db | Tx,
  scope: Scope,
  ids: readonly number[],
  today: string,
): Promise<Map<number, OpdCounts[]>> {
  if (ids.length === 0) return new Map()
  const under = await owned(db, scope, 'opd')
    .select(['opd.id', 'opd.parentId', 'opd.validUntil'])
    .where('opd.parentId', 'in', [...ids])
    .execute()
  const units = under.filter((unit) => !hasEndedBy(unit, today))
  const all = new Set([...ids, ...units.map((unit) => unit.id)])
  const counts = await countsOf(db, scope, [...all], today)
  const withOwn = (id: number) => [
    id,
    ...units.filter((unit) => unit.parentId === id).map((unit) => unit.id),
  ]
  return new Map(ids.map((id) => [id, withOwn(id).flatMap((each) => counts.get(each) ?? [])]))
}

type CountRow = Pick<Opd, 'headName' | 'contactName'> &
  Record<
    | 'duties'
    | 'locations'
    | 'heads'
    | 'withInternet'
    | 'withDevices'
    | 'proposals'
    | 'applications'
    | 'budgetThisYear'
    | 'budgetNextYear'
    | 'noApplications'
    | 'noProposals'
    | 'confirmations'
    | 'people',
    number
  >

function countedOpd(row: CountRow): OpdCounts {
  return {
    hasHead: row.headName !== null,
    hasContact: row.contactName !== null,
    duties: row.duties,
    peopleRecorded: row.people > 0,
    hasMainOffice: row.heads > 0,
    locations: row.locations,
    locationsWithInternet: row.withInternet,
    locationsWithDevices: row.withDevices,
    applications: row.applications,
    saysNoApplications: row.noApplications > 0,
    proposals: row.proposals,
    saysNoProposals: row.noProposals > 0,
    budgetThisYear: row.budgetThisYear > 0,
    budgetNextYear: row.budgetNextYear > 0,
    confirmed: row.confirmations > 0,
  }
}

function number(query: RawBuilder<unknown>) {
  return sql<number>`(${query})`
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
  return insertRow(trx, 'opdDuty', { ...input, opdId, seq: await nextSeq(trx, opdId) }, by)
}

/** The place after the last duty of an OPD. */
export async function nextSeq(trx: Tx, opdId: number): Promise<number> {
  const last = await trx
    .selectFrom('opdDuty')
    .where('opdId', '=', opdId)
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst()
  return (last?.seq ?? 0) + 1
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
