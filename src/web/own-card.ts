import { type Actor, scopeOf } from '../domain/access.ts'
import { paths } from './paths.ts'

/** The page of an OPD for its own people: for whoever speaks for that one alone it is their home. */
export function ownPage(actor: Actor, opdId: number): string {
  const scope = scopeOf(actor)
  return !scope.all && scope.opdIds.length === 1 ? paths.portal() : paths.portalOf(opdId)
}

/**
 * Where saving leads: whoever came by the link of an OPD goes back to the card of its page that the
 * form was opened from, anyone else to the place given.
 */
export function ownCard(actor: Actor, opdId: number, card: string, otherwise: string): string {
  const byLink = actor.kind === 'person' && actor.linkId !== undefined
  return byLink ? `${ownPage(actor, opdId)}#${card}` : otherwise
}
