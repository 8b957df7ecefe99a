import { sql } from 'kysely'
import type { Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRow, updateRow } from '../db/write.ts'
import { everything, type Scope } from '../domain/access.ts'
import { proposalNumber } from '../domain/numbering.ts'
import { fold } from '../domain/text.ts'
import { type Message, Refusal } from '../errors.ts'
import { requiredIds } from './prerequisites.ts'
import { locations as places } from './queries.ts'
import type { Answers, MoveInput } from './schema.ts'

/** Whether a form shall be handed in, and the local year that its number would carry. */
export type Handing = { submit: boolean; year: number }

type Origin = { opdId: number; fgdSessionId: number | null; cameBy: string }
type Stored = {
  id: number
  opdId: number
  state: string
  number: string | null
  wayApplicationId: number | null
  requiredIds: readonly number[]
}

/** Saves a new proposal, as a draft or handed in with its number; returns its id. */
export async function insert(
  trx: Tx,
  answers: Answers,
  { opdId, fgdSessionId, cameBy }: Origin,
  handing: Handing,
  by: By,
  reach: Scope = { all: false, opdIds: [opdId] },
) {
  await refuseForeign(trx, { opdId, wayApplicationId: null }, answers, reach)
  const { columns, lists } = partsOf(answers)
  const requires = await requiredIds(trx, undefined, answers.requires, reach)
  const state = handing.submit
    ? await submission(trx, { number: null, submittedAt: null }, handing.year, by)
    : { state: 'draft', stateAt: by.at, stateNote: null, number: null, submittedAt: null }
  const nothing = {
    reviewResult: null,
    reviewNote: null,
    mergedIntoId: null,
    source: null,
    sourceCode: null,
  }
  const row = { ...columns, ...nothing, ...state, opdId, fgdSessionId, cameBy }
  const id = await insertRow(trx, 'proposal', row, by, { ...lists, requires })
  return { id, number: state.number }
}

/**
 * Saves the answers of a proposal that was opened at `version`; a draft or a returned one is handed
 * in with them, keeping the number it may have. Returns the number given now, if one was.
 */
export async function update(
  trx: Tx,
  stored: Stored & { submittedAt: string | null },
  version: number,
  answers: Answers,
  cameBy: string | undefined,
  handing: Handing,
  by: By,
  reach: Scope = { all: false, opdIds: [stored.opdId] },
): Promise<string | null> {
  await refuseForeign(trx, stored, answers, reach)
  const { columns, lists } = partsOf(answers)
  const requires = await requiredIds(trx, stored, answers.requires, reach)
  const goes = handing.submit && (stored.state === 'draft' || stored.state === 'returned')
  const state = goes ? await submission(trx, stored, handing.year, by) : undefined
  const changes = { ...columns, ...(cameBy === undefined ? {} : { cameBy }), ...state }
  await updateRow(trx, 'proposal', stored.id, version, changes, by, { ...lists, requires })
  return state?.number ?? null
}

/** Moves a proposal; whether the actor may is the caller's to ask. */
export async function move(
  trx: Tx,
  stored: Stored & { submittedAt: string | null },
  version: number,
  { to, note, reviewResult, reviewWay }: MoveInput,
  year: number,
  by: By,
): Promise<void> {
  const reviewed = to === 'reviewed' ? { reviewResult, reviewNote: note, reviewWay } : undefined
  const changes =
    to === 'submitted'
      ? await submission(trx, stored, year, by)
      : { state: to, stateAt: by.at, stateNote: to === 'reviewed' ? null : note, ...reviewed }
  await updateRow(trx, 'proposal', stored.id, version, changes, by)
}

/** What becomes of a proposal that is handed in: a number once, the first day kept. */
async function submission(
  trx: Tx,
  { number, submittedAt }: { number: string | null; submittedAt: string | null },
  year: number,
  by: By,
) {
  return {
    state: 'submitted',
    stateAt: by.at,
    stateNote: null,
    number: number ?? (await nextNumber(trx, year)),
    submittedAt: submittedAt ?? by.at,
  }
}

/** Takes the next number of the year; it is gone for good once the transaction is. */
export async function nextNumber(trx: Tx, year: number): Promise<string> {
  const { last } = await trx
    .insertInto('numberSeries')
    .values({ kind: 'proposal', year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'year']).doUpdateSet({ last: sql`number_series.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return proposalNumber(year, last)
}

function partsOf(answers: Answers) {
  const { users, platforms, natures, locations, cameBy: _, ...others } = answers
  const { further: rows, requires: __, costs, ...columns } = others
  const further = rows.map(({ opdId, part }) => ({ opdId, part }))
  return {
    columns: { ...columns, titleKey: fold(columns.title) },
    lists: { users, platforms, natures, locations, further, costs },
  }
}

/**
 * Ids in a body point to what is the OPD's own, or are refused at their field. An application to
 * extend may be another OPD's where the writer reaches it, or where it is the one stored already.
 */
async function refuseForeign(
  trx: Tx,
  {
    id,
    opdId,
    wayApplicationId: kept,
  }: Pick<Stored, 'opdId' | 'wayApplicationId'> & {
    id?: number
  },
  answers: Answers,
  reach: Scope,
): Promise<void> {
  const own: Scope = { all: false, opdIds: [opdId] }
  const errors: Record<string, Message> = {}
  const { dutyId, locations, wayNationalId, wayApplicationId } = answers
  if (dutyId !== null && (await count(trx, own, 'opdDuty', [dutyId])) !== 1) {
    errors.dutyId = { key: 'form.notInList' }
  }
  const offices = locations.length > 0 ? await places(trx, opdId, id) : []
  if (!locations.every((each) => offices.some(({ value }) => value === each))) {
    errors.locations = { key: 'form.notInList' }
  }
  const isSeen = async (id: number) =>
    id === kept || (await count(trx, reach, 'application', [id])) === 1
  if (wayApplicationId !== null && !(await isSeen(wayApplicationId))) {
    errors.wayApplicationId = { key: 'form.notInList' }
  }
  if (wayNationalId !== null && !(await isNational(trx, wayNationalId))) {
    errors.wayNationalId = { key: 'form.notInList' }
  }
  for (const { at, opdId: other } of answers.further) {
    if (other === opdId) errors[`${at}.furtherOpd`] = { key: 'proposals.error.furtherLead' }
    else if ((await count(trx, everything, 'opd', [other])) !== 1) {
      errors[`${at}.furtherOpd`] = { key: 'form.notInList' }
    }
  }
  if (Object.keys(errors).length > 0) throw new Refusal(errors)
}

type CountedTable = 'opdDuty' | 'application' | 'opd'

async function count(trx: Tx, reach: Scope, table: CountedTable, ids: number[]) {
  const rows = await owned(trx, reach, table)
    .select(`${table}.id`)
    .where(`${table}.id`, 'in', ids)
    .execute()
  return rows.length
}

async function isNational(trx: Tx, id: number): Promise<boolean> {
  const row = await trx
    .selectFrom('nationalApplication')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}
