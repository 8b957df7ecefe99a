import { localDay, type Zone } from '../domain/calendar.ts'
import { AppError } from '../errors.ts'
import type { AppendTable, KeptTable } from './kept.ts'
import { prepared } from './prepared.ts'
import type { Tx } from './schema.ts'
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
  const today = localDay(by.at, (opd?.timeZone ?? 'Asia/Makassar') as Zone)
  if (!opd || opd.validUntil === null || opd.validUntil >= today) {
    unit.goOn.add(owner)
    return
  }
  const heirs = (await heirsOf(trx, { id: owner })).map((each) => each.name).join(', ')
  if (heirs !== '') {
    throw new AppError('conflict', {
      key: 'form.ended',
      params: { name: opd.name, successors: heirs },
    })
  }
  if (action === 'insert') {
    throw new AppError('conflict', { key: 'form.ended.nobody', params: { name: opd.name } })
  }
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
