import type { Tx } from '../db/schema.ts'
import { type By, insertRow } from '../db/write.ts'
import { defaultCriteria } from '../domain/criteria.ts'

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

  const setId = await insertRow(
    trx,
    'criterionSet',
    {
      name: defaultSetName,
      origin: defaultSetOrigin,
      basedOnId: null,
      state: 'frozen',
      frozenAt: by.at,
    },
    by,
  )
  const weights: { criterionId: number; value: number }[] = []
  for (const [at, { weight, levels, derived, ...texts }] of defaultCriteria.entries()) {
    const criterionId = await insertRow(
      trx,
      'criterion',
      { ...texts, setId, seq: at + 1, derived: derived ? 1 : 0 },
      by,
      { levels: [...levels] },
    )
    weights.push({ criterionId, value: weight })
  }
  const weightingId = await insertRow(
    trx,
    'weighting',
    {
      setId,
      name: 'Bobot awal',
      method: 'direct',
      state: 'adopted',
      adoptedOn: null,
      adoptedBy: null,
      office: null,
      document: null,
    },
    by,
    { weights },
  )
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
