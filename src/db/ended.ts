import { localDay, type Zone } from '../domain/calendar.ts'
import { AppError, type Message } from '../errors.ts'
import type { AppendTable, KeptTable } from './kept.ts'
import { prepared } from './prepared.ts'
import type { Tx, WholeDb } from './schema.ts'
import { unitOf } from './unit.ts'

/** What may still be said once its OPD ended: of the OPD itself, and what people judge of it. */
const goesOn: readonly (KeptTable | AppendTable)[] = [
  'opd',
  'opdAlias',
  'checkAnswer',
  'decision',
  'placement',
]

const ofTheirDays: readonly string[] = ['setup', 'import']

/**
 * Holds that an OPD whose last day is over takes nothing new, and that what it has is no more
 * changed where others go on for it: they have what it had. Lists and the example tell of their own
 * days, and so do they that take an OPD away whole (`amongEnded`).
 *
 * @param owner the OPD that the written row belongs to
 * @throws AppError conflict with the names of those that go on
 */
export async function refuseEnded(
  trx: Tx,
  table: KeptTable | AppendTable,
  action: 'insert' | 'update' | 'remove',
  owner: number | null,
  by: { way: string; at: string },
): Promise<void> {
  const unit = unitOf(trx)
  if (owner === null || unit.amongEnded || unit.goOn.has(owner)) return
  if (goesOn.includes(table) || ofTheirDays.includes(by.way)) return
  const [opd] = await lastDay(trx, { id: owner })
  if (!opd || !isOver(opd, by.at)) {
    unit.goOn.add(owner)
    return
  }
  const why = await whyEnded(trx, owner, action, by.at)
  if (why) throw new AppError('conflict', why)
}

/** Why nothing of that kind is written to an OPD; undefined while it may be. */
export async function whyEnded(
  db: Tx | WholeDb,
  owner: number,
  action: 'insert' | 'update' | 'remove',
  at: string,
): Promise<Message | undefined> {
  const [opd] = await lastDay(db, { id: owner })
  if (!opd || !isOver(opd, at)) return undefined
  const heirs = (await heirsOf(db, { id: owner })).map((each) => each.name).join(', ')
  if (heirs !== '') {
    return { key: 'form.ended', params: { name: opd.name, successors: heirs } }
  }
  return action === 'insert' ? { key: 'form.ended.nobody', params: { name: opd.name } } : undefined
}

function isOver(opd: { validUntil: string | null; timeZone: unknown }, at: string): boolean {
  const today = localDay(at, (opd.timeZone ?? 'Asia/Makassar') as Zone)
  return opd.validUntil !== null && opd.validUntil < today
}

/** Lets this transaction write to OPD that ended: it takes one away whole, or gives all of it back. */
export function amongEnded(trx: Tx): void {
  unitOf(trx).amongEnded = true
}

const lastDay = prepared((db, of: { id: number }) =>
  db
    .selectFrom('opd')
    .select(['opd.name', 'opd.validUntil'])
    .select((eb) => eb.selectFrom('government').select('timeZone').limit(1).as('timeZone'))
    .where('opd.id', '=', of.id),
)

const heirsOf = prepared((db, of: { id: number }) =>
  db
    .selectFrom('opdSuccessor')
    .innerJoin('opd', 'opd.id', 'opdSuccessor.successorId')
    .select('opd.name')
    .where('opdSuccessor.opdId', '=', of.id)
    .orderBy('opd.nameKey'),
)
