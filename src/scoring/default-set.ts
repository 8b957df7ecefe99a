import type { Tx } from '../db/schema.ts'
import type { By } from '../db/write.ts'
import { defaultCriteria } from '../domain/criteria.ts'
import { insertSet } from './insert-set.ts'

/** Name and origin as they are shown: data, hence in Indonesian. */
export const defaultSetName = 'Kriteria awal Rancang'
const defaultSetOrigin = 'Titik awal dari program, bukan peraturan. Tingkat 5 selalu yang terbaik.'

/**
 * Loads the default criteria as a frozen set with one adopted weighting. A set of that name which
 * is already there is left as it is, so that loading twice changes nothing.
 */
export async function insertDefaultSet(
  trx: Tx,
  by: By,
): Promise<{ setId: number; weightingId: number }> {
  const known = await findLoaded(trx)
  if (known) return known

  const set = { name: defaultSetName, origin: defaultSetOrigin, basedOnId: null, pattern: null }
  const weighting = { name: 'Bobot awal', state: 'adopted' } as const
  const frozen = { ...set, state: 'frozen' } as const
  const { setId, weightingId } = await insertSet(trx, frozen, defaultCriteria, weighting, by)
  if (weightingId === undefined) throw new Error('the default weights do not add up')
  return { setId, weightingId }
}

async function findLoaded(trx: Tx) {
  return trx
    .selectFrom('weighting')
    .innerJoin('criterionSet', 'criterionSet.id', 'weighting.setId')
    .select(['weighting.setId', 'weighting.id as weightingId'])
    .where('criterionSet.name', '=', defaultSetName)
    .orderBy('weighting.id')
    .executeTakeFirst()
}
