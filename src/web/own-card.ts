import type { Actor } from '../domain/access.ts'
import { paths } from './paths.ts'

/**
 * Where saving leads: whoever came by the link of that OPD goes back to the card of its page that
 * the form was opened from, anyone else to the place given.
 */
export function ownCard(actor: Actor, opdId: number, card: string, otherwise: string): string {
  const isOwn =
    actor.kind === 'person' && actor.linkId !== undefined && actor.opdIds.includes(opdId)
  return isOwn ? `${paths.portal()}#${card}` : otherwise
}
