import type { Db, Tx } from '../db/schema.ts'

/** Whether records may be made from this session's pages now. */
export async function isOpen(db: Db | Tx, id: number): Promise<boolean> {
  const reader = db as Db
  const row = await reader
    .selectFrom('fgdSession')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.state === 'open'
}
