import type { Tx } from '../db/schema.ts'
import { type By, updateRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { afterMergers, cycleOf } from '../domain/prerequisites.ts'
import { orNotFound, Refusal } from '../errors.ts'
import { cycleMessage, targetOf } from './prerequisites.ts'
import * as proposals from './queries.ts'
import type { MergeInput } from './schema.ts'

type Further = { opdId: number; part: string }

/**
 * Merges a proposal into another one: its proposers become joint proposers there, what it waits for
 * is waited for there, and the row itself stays and points on. Ratings and decisions stay as they
 * are. Refused where the target would come to wait for itself.
 */
export async function merge(
  trx: Tx,
  source: proposals.Proposal,
  version: number,
  { target: typed, reason }: MergeInput,
  by: By,
): Promise<void> {
  const targetId = await targetOf(trx, source.id, typed)
  const target = orNotFound(await proposals.findById(trx, everything, targetId))
  const requires = [...new Set([...target.requiredIds, ...source.requiredIds])].filter(
    (id) => id !== source.id && id !== target.id,
  )
  await refuseCycle(trx, source.id, target.id, requires)
  const further = joined(source, target)
  const gone = { state: 'merged', stateAt: by.at, stateNote: reason, mergedIntoId: target.id }
  await updateRow(trx, 'proposal', source.id, version, gone, by)
  await updateRow(trx, 'proposal', target.id, target.version, {}, by, { further, requires })
}

/** The further OPD of the target with the proposers of what is merged into it. */
function joined(source: proposals.Proposal, target: proposals.Proposal): Further[] {
  const parts = new Map<number, string>(target.further.map((each) => [each.opdId, each.part]))
  for (const { opdId, part } of source.further) {
    if (part === 'joint' || !parts.has(opdId)) parts.set(opdId, part)
  }
  parts.set(source.opdId, 'joint')
  parts.delete(target.opdId)
  return [...parts].map(([opdId, part]) => ({ opdId, part }))
}

async function refuseCycle(
  trx: Tx,
  sourceId: number,
  targetId: number,
  requires: readonly number[],
): Promise<void> {
  const { stored, mergedInto } = await proposals.requirements(trx)
  const own = requires.map((requiredId) => ({ proposalId: targetId, requiredId }))
  const all = afterMergers(
    [...stored.filter((each) => each.proposalId !== targetId), ...own],
    new Map([...mergedInto, [sourceId, targetId]]),
  )
  for (const edge of all.filter((each) => each.proposalId === targetId)) {
    const way = cycleOf(all, edge)
    if (way) throw new Refusal({ target: await cycleMessage(trx, everything, way) })
  }
}
