import { z } from 'zod'
import type { Db, Tx } from '../db/schema.ts'

const stored = z.object({
  days: z.number().int().positive(),
  contactName: z.string().nullable(),
  contactTitle: z.string().nullable(),
  contactPhone: z.string().nullable(),
})

/** How long a link of an OPD works, in days, and whom its people may ask. */
export type LinkSettings = z.infer<typeof stored>

const starting: LinkSettings = {
  days: 30,
  contactName: null,
  contactTitle: null,
  contactPhone: null,
}

/** On how many phones one link may be open at once; whoever needs more asks for another link. */
export const mostPhones = 8

export async function readLinkSettings(db: Db | Tx): Promise<LinkSettings> {
  const row = await (db as Db)
    .selectFrom('setting')
    .select('value')
    .where('key', '=', 'links')
    .executeTakeFirst()
  return row ? stored.parse(JSON.parse(row.value)) : starting
}

/** Sets them; they are no kept row, so that the caller notes it in the access log. */
export async function saveLinkSettings(trx: Tx, chosen: LinkSettings): Promise<void> {
  const value = JSON.stringify(stored.parse(chosen))
  await trx
    .insertInto('setting')
    .values({ key: 'links', value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}
