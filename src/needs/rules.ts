import { type Actor, can } from '../domain/access.ts'

/** Whoever may say what becomes of a need: the office, not the OPD that asks for it. */
export function maySetState(actor: Actor): boolean {
  return can(actor, 'proposal.move')
}

/** The office at any time; the OPD until the office planned it, for the plan rests on it then. */
export function mayEdit(actor: Actor, need: { state: string }): boolean {
  return can(actor, 'need.edit') && (maySetState(actor) || need.state === 'recorded')
}
