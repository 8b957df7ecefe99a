import { deviceOf } from '../accounts/device.ts'
import type { Db } from '../db/schema.ts'
import { localDay, type Zone } from '../domain/calendar.ts'
import * as portal from './queries.ts'

/** A link as staff see it: until which day, and on which phones by what they call themselves. */
export type ShownLink = Omit<portal.ListedLink, 'phones'> & {
  until: string
  phones: (portal.Phone & { browser: string; system: string })[]
}

/** The links that work, all of them or those of one OPD. */
export async function shownLinks(
  db: Db,
  now: Date,
  zone: Zone,
  opdId?: number,
): Promise<ShownLink[]> {
  const links = await portal.listLinks(db, now, opdId)
  return links.map((link) => ({
    ...link,
    until: localDay(link.expiresAt, zone),
    phones: link.phones.map((phone) => ({ ...phone, ...deviceOf(phone.agent) })),
  }))
}
