import type { Db } from '../db/schema.ts'
import type { Scope } from '../domain/access.ts'
import type { Zone } from '../domain/calendar.ts'
import type { Message } from '../errors.ts'
import { sinceOf, typedAnswers } from '../proposals/page.ts'
import * as proposals from '../proposals/queries.ts'
import { missingOf } from '../proposals/schema.ts'

/** Where a proposal stands and why, and what its OPD is asked to do about it. */
export type Status = Pick<
  proposals.Proposal,
  | 'id'
  | 'number'
  | 'title'
  | 'example'
  | 'state'
  | 'outcome'
  | 'phase'
  | 'platforms'
  | 'mergedInto'
  | 'undisclosed'
> & {
  /** The OPD that leads it, where it is another one. */
  lead: string | null
  /** The day since when it stands there. */
  since: string
  reason: string | null
  /** The OPD has to do something: complete a draft, or what came back. */
  isAsked: boolean
  /** What submitting still needs, where the OPD is asked. */
  lacking: Message[]
}

/** The proposals of one OPD: those that wait for it first, then the latest. */
export async function statusesOf(
  db: Db,
  scope: Scope,
  opdId: number,
  zone: Zone,
): Promise<Status[]> {
  const rows = await proposals.ofOpd(db, scope, opdId)
  const found = await Promise.all(rows.map((row) => proposals.findById(db, scope, row.id)))
  return found
    .flatMap((proposal) => (proposal ? [statusOf(proposal, opdId, zone)] : []))
    .sort((a, b) => Number(b.isAsked) - Number(a.isAsked))
}

function statusOf(proposal: proposals.Proposal, opdId: number, zone: Zone): Status {
  const { id, number, title, example, state, outcome, phase, platforms, mergedInto } = proposal
  const { undisclosed } = proposal
  const isOwn = proposal.opdId === opdId
  const isAsked =
    isOwn && outcome === null && !undisclosed && (state === 'draft' || state === 'returned')
  return {
    ...{ id, number, title, example, state, outcome, phase, platforms, mergedInto, undisclosed },
    lead: isOwn ? null : proposal.opd,
    since: sinceOf(proposal, zone),
    reason: reasonOf(proposal),
    isAsked,
    lacking: isAsked ? Object.values(missingOf(typedAnswers(proposal))) : [],
  }
}

function reasonOf(proposal: proposals.Proposal): string | null {
  const { outcome, state, decisionReason, stateNote, reviewNote } = proposal
  const hasLeft = state === 'merged' || state === 'withdrawn'
  if (outcome !== null && !hasLeft) return decisionReason
  if (proposal.undisclosed && !hasLeft) return null
  return stateNote ?? (state === 'reviewed' ? reviewNote : null)
}
