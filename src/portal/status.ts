import type { Db } from '../db/schema.ts'
import type { Scope } from '../domain/access.ts'
import { localDay, type Zone } from '../domain/calendar.ts'
import type { Message } from '../errors.ts'
import { typedAnswers } from '../proposals/page.ts'
import * as proposals from '../proposals/queries.ts'
import { missingOf } from '../proposals/schema.ts'

/** Where a proposal stands and why, and what its OPD is asked to do about it. */
export type Status = Pick<
  proposals.Proposal,
  'id' | 'number' | 'title' | 'example' | 'state' | 'outcome' | 'phase' | 'platforms'
> & {
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
    .flatMap((proposal) => (proposal ? [statusOf(proposal, zone)] : []))
    .sort((a, b) => Number(b.isAsked) - Number(a.isAsked))
}

function statusOf(proposal: proposals.Proposal, zone: Zone): Status {
  const { id, number, title, example, state, outcome, phase, platforms } = proposal
  const isAsked = outcome === null && (state === 'draft' || state === 'returned')
  return {
    ...{ id, number, title, example, state, outcome, phase, platforms },
    since: proposal.decidedOn ?? localDay(proposal.stateAt, zone),
    reason: reasonOf(proposal),
    isAsked,
    lacking: isAsked ? Object.values(missingOf(typedAnswers(proposal))) : [],
  }
}

function reasonOf(proposal: proposals.Proposal): string | null {
  const { outcome, state, decisionReason, stateNote, reviewNote } = proposal
  if (outcome !== null) return decisionReason
  return stateNote ?? (state === 'reviewed' ? reviewNote : null)
}
