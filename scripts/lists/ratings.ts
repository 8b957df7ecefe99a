import { createHash } from 'node:crypto'
import type { Tx } from '../../src/db/schema.ts'
import { type By, insertRow, insertRows } from '../../src/db/write.ts'
import { insertDefaultSet } from '../../src/scoring/default-set.ts'

const assessorNames = ['Penilai contoh 1', 'Penilai contoh 2', 'Penilai contoh 3']
const mark = 'contoh'

/**
 * Rates every proposal of a source by three example assessors in a round of its own, over the default
 * criteria; all of it is marked as example. The levels follow from the codes alone, so that the same
 * list is always rated alike. A round that is there already stays as it is.
 *
 * @returns how many ratings were added
 */
export async function addRatings(trx: Tx, by: By, source: string): Promise<number> {
  const name = `Penilaian contoh: ${source}`
  const known = await trx
    .selectFrom('round')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirst()
  if (known) return 0

  const { setId } = await insertDefaultSet(trx, by)
  const criteria = await criteriaOf(trx, setId)
  const proposals = await proposalsOf(trx, source)
  const assessorIds = await assessors(trx, by)
  const tasks = assessorIds.flatMap((assessorId) =>
    criteria.map((criterion) => ({ assessorId, criterionId: criterion.id })),
  )
  const roundId = await insertRow(
    trx,
    'round',
    { setId, name, fgdSessionId: null, state: 'open', due: null, minimum: 2, example: '*' },
    by,
    { proposals: proposals.map((proposal) => proposal.id), tasks },
  )
  const ratings = proposals.flatMap((proposal) =>
    criteria.flatMap((criterion) =>
      assessorIds.map((assessorId, n) => ({
        roundId,
        proposalId: proposal.id,
        criterionId: criterion.id,
        assessorId,
        level: levelFor(`${proposal.sourceCode}|${criterion.code}`, n),
        note: mark,
        example: '*',
      })),
    ),
  )
  return (await insertRows(trx, 'rating', ratings, by)).length
}

/** One level for the proposal and criterion, at most one step away from it for each assessor. */
function levelFor(content: string, assessor: number): number {
  const digest = createHash('sha256').update(content).digest()
  const common = 1 + ((digest[0] ?? 0) % 5)
  const step = ((digest[1 + assessor] ?? 0) % 3) - 1
  return Math.min(5, Math.max(1, common + step))
}

function criteriaOf(trx: Tx, setId: number) {
  return trx
    .selectFrom('criterion')
    .select(['id', 'code'])
    .where('setId', '=', setId)
    .orderBy('seq')
    .execute()
}

function proposalsOf(trx: Tx, source: string) {
  return trx
    .selectFrom('proposal')
    .select(['id', 'sourceCode'])
    .where('source', '=', source)
    .where('state', 'in', ['submitted', 'under_review', 'reviewed'])
    .orderBy('id')
    .execute()
}

async function assessors(trx: Tx, by: By): Promise<number[]> {
  const ids: number[] = []
  for (const name of assessorNames) {
    const known = await trx
      .selectFrom('assessor')
      .select('id')
      .where('name', '=', name)
      .executeTakeFirst()
    const fresh = { name, office: null, opdId: null, accountId: null, example: '*' }
    ids.push(known?.id ?? (await insertRow(trx, 'assessor', fresh, by)))
  }
  return ids
}
