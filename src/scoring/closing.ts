import type { Tx } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { type By, insertRows, removeRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import type { Message } from '../errors.ts'
import * as scoring from './queries.ts'
import * as raters from './raters.ts'

/** A level computed from the inventory, and the sentence that says how. */
export type Derived = { level: number; note: string }

/** What a note begins with when the program wrote the rating; it is data, hence in Indonesian. */
const derivedMark = 'Dihitung dari inventaris saat putaran ditutup.'

type Method = { criteria: readonly { id: number; derived: boolean }[] }

/**
 * Writes the derived level as the rating of everybody who is to rate that criterion of a proposal
 * and gave no level. A proposal whose inventory is incomplete gets none.
 *
 * @returns how many ratings were written
 */
export async function writeDerived(
  trx: Tx,
  roundId: number,
  { criteria }: Method,
  derivedOf: (proposalId: number) => Derived | undefined,
  by: By,
): Promise<number> {
  const duties = await raters.duties(trx, roundId)
  const people = await raters.peopleOf(trx, roundId)
  const leads = await scoring.roundLeads(trx, roundId)
  const given = await raters.ratings(trx, everything, roundId)
  const key = (...ids: number[]) => ids.join(' ')
  const has = new Set(given.map((each) => key(each.assessorId, each.proposalId, each.criterionId)))
  const derived = criteria.filter((each) => each.derived).map((each) => each.id)
  const fresh = leads.flatMap(({ id: proposalId }) => {
    const computed = derivedOf(proposalId)
    if (!computed) return []
    const note = `${derivedMark} ${computed.note}`
    return people.flatMap(({ id: assessorId }) =>
      duties(assessorId, proposalId)
        .filter((id) => derived.includes(id) && !has.has(key(assessorId, proposalId, id)))
        .map((criterionId) => {
          const at = { roundId, proposalId, criterionId, assessorId }
          return { ...at, level: computed.level, note, derived: 1 }
        }),
    )
  })
  await insertRows(trx, 'rating', fresh, by)
  return fresh.length
}

/** Takes away what `writeDerived` wrote: a round opened again is computed from the inventory anew. */
export async function removeDerived(trx: Tx, roundId: number, by: By): Promise<void> {
  const written = await owned(trx, everything, 'rating')
    .select(['rating.id', 'rating.version'])
    .where('rating.roundId', '=', roundId)
    .where('rating.derived', '=', 1)
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
