/** What is recorded of an OPD: its duties, people, budgets and answers, and how complete that is. */

import { type RawBuilder, sql } from 'kysely'
import { rowsFor } from '../db/prepared.ts'
import type { Db, Row, Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRow, removeRow } from '../db/write.ts'
import { everything, type Scope } from '../domain/access.ts'
import type { OpdCounts } from '../domain/completeness.ts'
import type { AnswerPart, BudgetInput, DutyInput } from './schema.ts'

export type Duty = Row<'opdDuty'>
export type People = Row<'opdPeople'>
export type Answer = Row<'opdAnswer'>
export type Budget = Row<'opdBudget'>

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
  const rows = await rowsFor(db, ['counts of opd', scope, ids, year], () =>
    owned(db, scope, 'opd')
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
      .where('opd.id', 'in', [...ids]),
  )
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
  const units = await rowsFor(db, ['units of opd', scope, ids, today], () =>
    owned(db, scope, 'opd')
      .select(['opd.id', 'opd.parentId'])
      .where('opd.parentId', 'in', [...ids])
      .where((eb) => eb.or([eb('opd.validUntil', 'is', null), eb('opd.validUntil', '>=', today)])),
  )
  const all = new Set([...ids, ...units.map((unit) => unit.id)])
  const counts = await countsOf(db, scope, [...all], today)
  const withOwn = (id: number) => [
    id,
    ...units.filter((unit) => unit.parentId === id).map((unit) => unit.id),
  ]
  return new Map(ids.map((id) => [id, withOwn(id).flatMap((each) => counts.get(each) ?? [])]))
}

type CountRow = Pick<Row<'opd'>, 'headName' | 'contactName'> &
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
