import type { Tx } from '../db/schema.ts'
import { type By, insertRow, insertRows } from '../db/write.ts'
import { affairs } from '../domain/affairs.ts'
import { nationalApplications } from '../domain/nationals.ts'
import { fold } from '../domain/text.ts'
import { insertDefaultSet } from '../scoring/default-set.ts'
import { startStandards } from './queries.ts'

/** Where a row comes from: data, hence in Indonesian. */
const source = 'Daftar awal Rancang'
const unverified = 'Daftar awal Rancang; kelasnya perlu diverifikasi'

/**
 * Loads what every installation starts with: affairs, national applications, the default criteria
 * with their weights, and the standards. What is already there stays as it is.
 */
export async function loadReference(trx: Tx, by: By): Promise<void> {
  await loadAffairs(trx, by)
  await loadNationals(trx, by)
  await insertDefaultSet(trx, by)
  await startStandards(trx)
}

async function loadAffairs(trx: Tx, by: By): Promise<void> {
  const rows = await trx.selectFrom('affair').select('code').execute()
  const known = new Set(rows.map((row) => row.code))
  const fresh = affairs.filter((each) => !known.has(each.code))
  const origin = { source, verifiedOn: null }
  await insertRows(
    trx,
    'affair',
    fresh.map((each) => ({ ...each, ...origin })),
    by,
  )
}

async function loadNationals(trx: Tx, by: By): Promise<void> {
  const rows = await trx.selectFrom('nationalApplication').select('nameKey').execute()
  const known = new Set(rows.map((row) => row.nameKey))
  for (const { verify, ...national } of nationalApplications) {
    const nameKey = fold(national.name)
    if (known.has(nameKey)) continue
    const origin = { source: verify ? unverified : source, verifiedOn: null }
    await insertRow(trx, 'nationalApplication', { ...national, ...origin, nameKey }, by)
  }
}
