import type { Tx } from '../db/schema.ts'
import { type By, insertRow } from '../db/write.ts'
import type { Scope } from '../domain/access.ts'
import * as inventory from '../inventory/queries.ts'
import * as recorded from '../opd/recorded.ts'
import type { SamePart } from './schema.ts'

type Said = { opdId: number; part: SamePart; locationId: number | null; today: string }

/**
 * "Still right": what is known from an earlier day holds today as well, so that today gets a row
 * with the same answers. What was recorded today, or never, changes nothing.
 */
export async function sayAgain(trx: Tx, scope: Scope, said: Said, by: By): Promise<void> {
  const { opdId, part, locationId, today } = said
  if (part === 'people') return samePeople(trx, scope, opdId, today, by)
  const location =
    locationId === null ? undefined : await inventory.findLocation(trx, scope, locationId)
  if (!location || location.opdId !== opdId) return
  if (part === 'internet') return sameInternet(trx, scope, location.id, today, by)
  return sameDevices(trx, scope, location.id, today, by)
}

async function samePeople(trx: Tx, scope: Scope, opdId: number, today: string, by: By) {
  const [newest] = await recorded.peopleDays(trx, scope, opdId)
  if (!newest || newest.asOf >= today) return
  await insertRow(trx, 'opdPeople', { ...answersOf(newest), asOf: today }, by)
}

async function sameInternet(trx: Tx, scope: Scope, locationId: number, today: string, by: By) {
  const rows = await inventory.internetRows(trx, scope, locationId)
  const newest = rows.filter((row, at) => row.line !== rows[at - 1]?.line)
  for (const line of newest.filter(({ asOf }) => asOf < today)) {
    await insertRow(trx, 'internetAccess', { ...answersOf(line), asOf: today }, by)
  }
}

async function sameDevices(trx: Tx, scope: Scope, locationId: number, today: string, by: By) {
  const [survey] = await inventory.latestDevices(trx, scope, [locationId])
  if (!survey || survey.asOf >= today) return
  const { note, counts } = survey
  const row = { locationId, asOf: today, note, fgdSessionId: null }
  await insertRow(trx, 'deviceSurvey', row, by, { counts })
}

type Carried = {
  id: number
  uid: string
  version: number
  createdAt: string
  updatedAt: string
  example: string | null
  fgdSessionId: number | null
}

/** The answers of a row without what makes it that row; the new one belongs to no session. */
function answersOf<R extends Carried>(row: R) {
  const { id: _, uid: __, version: ___, createdAt: _c, updatedAt: _u, example: _e, ...rest } = row
  return { ...rest, fgdSessionId: null }
}
