import type { Tx } from '../db/schema.ts'
import { type By, insertRow } from '../db/write.ts'
import type { Criterion } from '../domain/criteria.ts'
import { addUp } from '../domain/weights.ts'

type NewSet = {
  name: string
  origin: string | null
  basedOnId: number | null
  state: 'draft' | 'frozen'
  pattern: string | null
}
type NewWeighting = { name: string; state: 'draft' | 'adopted' }

/**
 * Writes a set with its criteria and levels and, where the weights of the criteria are the whole, a
 * weighting of them.
 */
export async function insertSet(
  trx: Tx,
  set: NewSet,
  criteria: readonly Criterion[],
  weighting: NewWeighting,
  by: By,
): Promise<{ setId: number; weightingId: number | undefined }> {
  const frozenAt = set.state === 'frozen' ? by.at : null
  const setId = await insertRow(trx, 'criterionSet', { ...set, frozenAt, inForceAt: null }, by)
  const weights: { criterionId: number; value: number }[] = []
  for (const [at, { weight, levels, derived, ...texts }] of criteria.entries()) {
    const question = texts.question || null
    const row = { ...texts, question, setId, seq: at + 1, derived: derived ? 1 : 0 } as const
    const criterionId = await insertRow(trx, 'criterion', row, by, { levels: [...levels] })
    weights.push({ criterionId, value: weight })
  }
  if (!addUp(weights.map((each) => each.value))) return { setId, weightingId: undefined }
  const unsigned = { adoptedOn: null, adoptedBy: null, office: null, document: null }
  const row = { ...weighting, ...unsigned, setId, method: 'direct', inForceAt: null }
  const weightingId = await insertRow(trx, 'weighting', row, by, { weights })
  return { setId, weightingId }
}
