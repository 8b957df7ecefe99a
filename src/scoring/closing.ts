import type { Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRow, removeRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import type { Message } from '../errors.ts'
import * as scoring from './queries.ts'

/** A level computed from the inventory, and the sentence that says how. */
export type Derived = { level: number; note: string }

/** What a note begins with when the program wrote the rating; it is data, hence in Indonesian. */
export const derivedMark = 'Dihitung dari inventaris saat putaran ditutup.'

type Method = { criteria: readonly { id: number; derived: boolean }[] }

/**
 * Writes the derived level as the rating of every assessor who is to rate that criterion, is not
 * excused and gave no level. A proposal whose inventory is incomplete gets none.
 */
export async function writeDerived(
  trx: Tx,
  roundId: number,
  { criteria }: Method,
  derivedOf: (proposalId: number) => Derived | undefined,
  by: By,
): Promise<void> {
  const [tasks, leads, recusals, given] = [
    await scoring.tasks(trx, roundId),
    await scoring.roundLeads(trx, roundId),
    await scoring.recusals(trx, roundId),
    await scoring.ratings(trx, everything, roundId),
  ]
  const key = (...ids: number[]) => ids.join(' ')
  const excused = new Set(recusals.map((each) => key(each.assessorId, each.proposalId)))
  const has = new Set(given.map((each) => key(each.assessorId, each.proposalId, each.criterionId)))
  for (const { id: criterionId } of criteria.filter((each) => each.derived)) {
    for (const { id: assessorId, opdId } of tasks.filter((each) =>
      each.criterionIds.includes(criterionId),
    )) {
      for (const lead of leads) {
        const derived = derivedOf(lead.id)
        const rates = lead.opdId !== opdId && !excused.has(key(assessorId, lead.id))
        if (!derived || !rates || has.has(key(assessorId, lead.id, criterionId))) continue
        const { level, note } = derived
        const at = { roundId, proposalId: lead.id, criterionId, assessorId }
        await insertRow(trx, 'rating', { ...at, level, note: `${derivedMark} ${note}` }, by)
      }
    }
  }
}

/** Takes away what `writeDerived` wrote: a round opened again is computed from the inventory anew. */
export async function removeDerived(trx: Tx, roundId: number, by: By): Promise<void> {
  const written = await owned(trx, everything, 'rating')
    .select(['rating.id', 'rating.version'])
    .where('rating.roundId', '=', roundId)
    .where('rating.note', 'like', `${derivedMark}%`)
    .execute()
  for (const { id, version } of written) await removeRow(trx, 'rating', id, version, by)
}

/** Why a round cannot be opened yet; undefined when it can. */
export function notReady(
  round: Pick<scoring.Round, 'minimum'>,
  criteria: readonly { id: number; code: string }[],
  tasks: readonly { criterionIds: readonly number[] }[],
  proposals: number,
): Message | undefined {
  if (proposals === 0) return { key: 'scoring.error.noProposals' }
  const thin = criteria.filter(
    ({ id }) => tasks.filter((each) => each.criterionIds.includes(id)).length < round.minimum,
  )
  return thin.length === 0
    ? undefined
    : {
        key: 'scoring.error.thin',
        params: { criteria: thin.map((each) => each.code).join(', '), n: round.minimum },
      }
}
