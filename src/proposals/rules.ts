import { type Actor, can } from '../domain/access.ts'
import { mayMove, type ProposalState } from '../domain/proposal.ts'
import { lists } from '../domain/words.ts'

type Subject = { opdId: number; state: string }

/** The office at any time before the end; the proposing OPD until its review begins. */
export function mayEdit(actor: Actor, { opdId, state }: Subject): boolean {
  if (actor.kind === 'guest' || state === 'merged' || state === 'withdrawn') return false
  if (isOffice(actor)) return true
  return isOwn(actor, opdId) && ['draft', 'returned', 'submitted'].includes(state)
}

/** A draft is removed; what was submitted once is withdrawn, never removed. */
export function mayRemove(actor: Actor, proposal: Subject): boolean {
  return proposal.state === 'draft' && mayEdit(actor, proposal)
}

/** Where the actor may move it from here; merging has a page of its own. */
export function offeredMoves(actor: Actor, { opdId, state }: Subject): ProposalState[] {
  if (actor.kind === 'guest') return []
  const roles = actor.roles.filter((role) => role !== 'opd' || isOwn(actor, opdId))
  return lists.proposalState.filter(
    (to) => to !== 'merged' && roles.some((role) => mayMove(state as ProposalState, to, role)),
  )
}

/** Whether the actor may say what a check comes to: the office, while the proposal is under way. */
export function mayCheck(actor: Actor, { state }: Pick<Subject, 'state'>): boolean {
  return isOffice(actor) && !['draft', 'withdrawn', 'merged'].includes(state)
}

/** Whether the actor may merge it into another one from where it is. */
export function mayMerge(actor: Actor, { state }: Subject): boolean {
  if (actor.kind === 'guest') return false
  return actor.roles.some((role) => mayMove(state as ProposalState, 'merged', role))
}

/** Whoever settles checks, receives letters and speaks for the office. */
export function isOffice(actor: Actor): boolean {
  return can(actor, 'proposal.move')
}

function isOwn(actor: Actor, opdId: number): boolean {
  if (actor.kind === 'guest' || !actor.roles.includes('opd')) return false
  return actor.opdIds.includes(opdId) || (actor.unitIds ?? []).includes(opdId)
}
