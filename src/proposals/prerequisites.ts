import type { Tx } from '../db/schema.ts'
import { everything, type Scope } from '../domain/access.ts'
import { afterMergers, cycleOf, endOf } from '../domain/prerequisites.ts'
import { type Message, Refusal } from '../errors.ts'
import * as proposals from './queries.ts'

type Typed = readonly { at: number; typed: string }[]

/**
 * The ids of the prerequisites that were typed, together with those stored that the writer cannot
 * see. What means no proposal, or the proposal itself, is refused at its row, and so is what would
 * make the proposal wait for itself, with the way round.
 */
export async function requiredIds(
  trx: Tx,
  stored: { id: number; requiredIds: readonly number[] } | undefined,
  typed: Typed,
  reach: Scope,
): Promise<number[]> {
  const kept = stored?.requiredIds ?? []
  const seen = new Set((await proposals.named(trx, reach, kept)).map((each) => each.id))
  const nameable = typed.length > 0 ? await proposals.nameable(trx, reach) : []
  const open = new Set(nameable.map((each) => each.id))
  const chosen: { at: number; id: number }[] = []
  const errors: Record<string, Message> = {}
  for (const { at, typed: text } of typed) {
    const [id, other] = (await proposals.idsOfTyped(trx, reach, text)).filter(
      (each) => open.has(each) || kept.includes(each),
    )
    if (id === undefined) errors[`${at}.requires`] = { key: 'proposals.error.notFound' }
    else if (other !== undefined) errors[`${at}.requires`] = { key: 'proposals.error.ambiguous' }
    else if (id === stored?.id) errors[`${at}.requires`] = { key: 'proposals.error.itself' }
    else chosen.push({ at, id })
  }
  if (Object.keys(errors).length > 0) throw new Refusal(errors)
  if (stored && chosen.length > 0) await refuseCycle(trx, stored.id, chosen, reach)
  const hidden = kept.filter((id) => !seen.has(id))
  return [...new Set([...hidden, ...chosen.map((each) => each.id)])]
}

async function refuseCycle(
  trx: Tx,
  id: number,
  chosen: readonly { at: number; id: number }[],
  reach: Scope,
): Promise<void> {
  const { stored, mergedInto } = await proposals.requirements(trx)
  const others = afterMergers(
    stored.filter((each) => each.proposalId !== id),
    mergedInto,
  )
  const errors: Record<string, Message> = {}
  for (const { at, id: required } of chosen) {
    const added = { proposalId: id, requiredId: endOf(mergedInto, required) }
    const way = cycleOf(others, added)
    if (way) errors[`${at}.requires`] = await cycleMessage(trx, reach, way)
  }
  if (Object.keys(errors).length > 0) throw new Refusal(errors)
}

/** Says the way round by numbers; what the reader may not see is a dot. */
export async function cycleMessage(
  trx: Tx,
  reach: Scope,
  way: readonly number[],
): Promise<Message> {
  const known = new Map(
    (await proposals.named(trx, reach, way)).map((each) => [each.id, each.number ?? each.title]),
  )
  const path = way.map((id) => known.get(id) ?? '…').join(' → ')
  return { key: 'proposals.error.cycle', params: { path } }
}

/** The one proposal that was typed as the target of a merger. */
export async function targetOf(trx: Tx, sourceId: number, typed: string): Promise<number> {
  const open = new Set((await proposals.nameable(trx, everything)).map((each) => each.id))
  const [id, other] = (await proposals.idsOfTyped(trx, everything, typed)).filter((each) =>
    open.has(each),
  )
  if (id === undefined) throw new Refusal({ target: { key: 'proposals.error.notFound' } })
  if (other !== undefined) throw new Refusal({ target: { key: 'proposals.error.ambiguous' } })
  if (id === sourceId) throw new Refusal({ target: { key: 'proposals.error.itself' } })
  return id
}
