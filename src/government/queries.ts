import { createHash } from 'node:crypto'
import { z } from 'zod'
import { prepared } from '../db/prepared.ts'
import type { Db, Row, Tx } from '../db/schema.ts'
import { type By, insertRow, removeRow, updateRow } from '../db/write.ts'
import { pictureName } from '../domain/picture.ts'
import type { EmblemInput, GovernmentInput, SignatoryInput } from './schema.ts'

export type Government = Row<'government'>
export type Signatory = Row<'signatory'>

/** What the inventory is measured against; kbps, and computer users for one working PC. */
export type Standards = { kbpsPerUser: number; minKbps: number; usersPerPc: number }

const startingStandards: Standards = { kbpsPerUser: 1000, minKbps: 10_000, usersPerPc: 2 }

const standards = z.object({
  kbpsPerUser: z.number().positive(),
  minKbps: z.number().positive(),
  usersPerPc: z.number().positive(),
})

/** The standards as set, or those that the program starts with. */
export async function readStandards(db: Db): Promise<Standards> {
  const [row] = await standardsRow(db, {})
  return row ? standards.parse(JSON.parse(row.value)) : startingStandards
}

const standardsRow = prepared((db) =>
  db.selectFrom('setting').select('value').where('key', '=', 'standards'),
)

/** Sets the standards; they are no kept row, so that the caller notes it in the access log. */
export async function saveStandards(trx: Tx, chosen: Standards): Promise<void> {
  const value = JSON.stringify(standards.parse(chosen))
  await trx
    .insertInto('setting')
    .values({ key: 'standards', value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}

/** Writes the standards that a new installation starts with, where none are set. */
export async function startStandards(trx: Tx): Promise<void> {
  await trx
    .insertInto('setting')
    .values({ key: 'standards', value: JSON.stringify(startingStandards) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}

/** The government of this installation; undefined before set-up. */
export function find(db: Db): Promise<Government | undefined> {
  return db.selectFrom('government').selectAll().executeTakeFirst()
}

/** The one row; the database takes no other than the first. */
export function insert(trx: Tx, input: GovernmentInput, by: By): Promise<number> {
  return insertRow(trx, 'government', input, by)
}

export async function update(trx: Tx, version: number, input: GovernmentInput, by: By) {
  return updateRow(trx, 'government', 1, version, input, by)
}

/** Puts a picture on the papers, or takes it from them; pictures themselves are never removed. */
export async function setEmblem(trx: Tx, version: number, input: EmblemInput | null, by: By) {
  const emblem = input && (await keepPicture(trx, input))
  return updateRow(trx, 'government', 1, version, { emblem }, by)
}

async function keepPicture(trx: Tx, { bytes, ...head }: EmblemInput): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const name = pictureName({ ...head, sha256 })
  await trx
    .insertInto('picture')
    .values({ name, bytes })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  return name
}

/** A picture by the digest of its bytes. */
export function findPicture(db: Db, sha256: string): Promise<Row<'picture'> | undefined> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return Promise.resolve(undefined)
  return db
    .selectFrom('picture')
    .selectAll()
    .where('name', 'like', `% ${sha256}`)
    .executeTakeFirst()
}

/** Who signs what the program prints, in their order. */
export function signatories(db: Db): Promise<Signatory[]> {
  return db.selectFrom('signatory').selectAll().orderBy('seq').orderBy('id').execute()
}

export function findSignatory(db: Db, id: number): Promise<Signatory | undefined> {
  return db.selectFrom('signatory').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Adds a signatory at the end of the list. */
export async function insertSignatory(trx: Tx, input: SignatoryInput, by: By): Promise<number> {
  const last = await trx
    .selectFrom('signatory')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst()
  return insertRow(trx, 'signatory', { ...input, seq: (last?.seq ?? 0) + 1 }, by)
}

export async function updateSignatory(
  trx: Tx,
  id: number,
  version: number,
  input: SignatoryInput,
  by: By,
) {
  return updateRow(trx, 'signatory', id, version, input, by)
}

export async function removeSignatory(trx: Tx, id: number, version: number, by: By) {
  await removeRow(trx, 'signatory', id, version, by)
}
