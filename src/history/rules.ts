import type { KeptTable } from '../db/kept.ts'
import { findRow } from '../db/rows.ts'
import type { Tx } from '../db/schema.ts'
import { type Actor, can } from '../domain/access.ts'
import type { SessionPart } from '../domain/session.ts'
import { type Message, Refusal } from '../errors.ts'
import { mustTake } from '../fgd/records.ts'
import { mayEdit as mayEditNeed } from '../needs/rules.ts'
import * as recorded from '../opd/recorded.ts'
import { mayEdit } from '../proposals/rules.ts'
import { wholeForm } from '../web/form.ts'
import { mayRestore } from '../web/restorable.ts'

/** Fields that only the office may say, of records that an OPD edits too. */
const ofOffice: { [T in KeptTable]?: readonly string[] } = {
  infrastructureNeed: ['state'],
  proposal: ['cameBy'],
}

/** Whether the actor's own form has this field of a record that the actor may edit. */
export function maySay(actor: Actor, entity: KeptTable, field: string): boolean {
  return !ofOffice[entity]?.includes(field) || can(actor, 'proposal.move')
}

type Fields = Record<string, unknown>

/**
 * Refuses what the actor may not edit, or what the state of the record walls off: the rules of its
 * own form, asked of the record as it stands, or would stand again.
 *
 * @throws Refusal with the reason in words
 */
export async function requireEditable(
  trx: Tx,
  actor: Actor,
  entity: KeptTable,
  row: Fields,
): Promise<void> {
  if (!mayRestore(actor, entity)) throw refusal({ key: 'history.error.notYours' })
  const sessionPart = partOf(entity, row)
  const sessionId = entity === 'fgdSession' ? row.id : row.fgdSessionId
  if (sessionPart && typeof sessionId === 'number') {
    await requireParent(trx, 'fgdSession', sessionId)
    await mustTake(trx, sessionId, sessionPart)
  }
  if (entity === 'opdAnswer') await requireNone(trx, row)
  if (entity === 'infrastructureNeed' && !mayEditNeed(actor, { state: String(row.state) })) {
    throw refusal({ key: 'history.error.notYours' })
  }
  if (entity === 'proposal') requireProposal(actor, row)
  if (entity === 'checkAnswer') {
    requireProposal(actor, await requireParent(trx, 'proposal', Number(row.proposalId)))
  }
  if (entity === 'round' && row.state === 'closed') throw refusal({ key: 'scoring.error.closed' })
  if (entity === 'rating' || entity === 'recusal') {
    const { state } = await requireParent(trx, 'round', Number(row.roundId))
    if (state === 'closed') throw refusal({ key: 'scoring.error.closed' })
    if (entity === 'rating' && state !== 'open') throw refusal({ key: 'scoring.error.notOpen' })
  }
}

function requireProposal(actor: Actor, { opdId, state }: Fields): void {
  if (!mayEdit(actor, { opdId: Number(opdId), state: String(state) })) {
    throw refusal({ key: 'proposals.error.notEditable' })
  }
}

/** "None" is no answer beside what was recorded since. */
async function requireNone(trx: Tx, { opdId, part, asOf }: Fields): Promise<void> {
  if (part !== 'applications' && part !== 'proposals') return
  const id = Number(opdId)
  const own = { all: false, opdIds: [id] } as const
  const counts = (await recorded.countsOf(trx, own, [id], String(asOf))).get(id)
  if (counts && counts[part] > 0) throw refusal({ key: 'opd.error.answer' })
}

/** The record that another hangs on, which must be there first. */
async function requireParent(trx: Tx, parent: KeptTable, id: number): Promise<Fields> {
  const row = await findRow(trx, parent, id)
  if (!row) throw refusal({ key: 'history.error.parent' })
  return row
}

function partOf(entity: KeptTable, row: Fields): SessionPart | undefined {
  if (entity === 'fgdSession') return 'plan'
  if (entity === 'attendance') return 'attendance'
  if (entity === 'sessionItem') return row.kind === 'agreement' ? 'minutes' : 'plan'
  return entity === 'minute' || entity === 'followUp' ? 'minutes' : undefined
}

export function refusal(message: Message, version?: number): Refusal {
  return new Refusal({ [wholeForm]: message }, 409, version)
}
