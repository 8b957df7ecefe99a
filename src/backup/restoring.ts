import { basename } from 'node:path'
import { migrations } from '../../db/migrations/all.ts'
import { type Restored, restore } from '../db/backup.ts'
import { connect } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import type { Tx } from '../db/schema.ts'
import { verifyHistory } from '../db/verify.ts'
import { type By, updateRow } from '../db/write.ts'
import { logAccess } from '../web/access-log.ts'
import { stamp } from './copies.ts'

/** The history in the copy was changed outside of the program; `at` is the first event that tells so. */
export class BrokenHistory extends Error {
  readonly at: number

  constructor(at: number) {
    super('broken history')
    this.at = at
  }
}

/**
 * Puts a copy in the place of a database that no process has open. Nobody stays signed in and no link
 * made before works any more: the copy would bring back what was ended since it was made.
 *
 * @param trustsHistory takes a copy although its history was changed outside of the program
 * @throws UnusableDatabase or BrokenHistory when the copy is not taken; the database is then as it was
 */
export function restoreCopy(
  copy: string,
  database: string,
  at: Date,
  trustsHistory: boolean,
): Promise<Restored> {
  const keepAs = `${database}.before-restore-${stamp(at)}`
  return restore(copy, database, keepAs, Object.keys(migrations), async (fresh) => {
    const connection = connect(fresh)
    try {
      const [broken] = verifyHistory(connection.raw).breaks
      if (broken && !trustsHistory) throw new BrokenHistory(broken.id)
      await migrate(connection, migrations, at, true)
      await connection.db.transaction().execute((trx) => endAccess(trx, basename(copy), at))
    } finally {
      await connection.close()
    }
  })
}

async function endAccess(trx: Tx, file: string, now: Date): Promise<void> {
  const at = now.toISOString()
  const by: By = {
    accountId: null,
    linkId: null,
    actorName: 'Pemulihan salinan',
    way: 'restore',
    at,
  }
  await trx.deleteFrom('webSession').execute()
  const open = await trx
    .selectFrom('accessLink')
    .select(['id', 'version'])
    .where('revokedAt', 'is', null)
    .where((eb) => eb.or([eb('usesLeft', 'is', null), eb('usesLeft', '>', 0)]))
    .execute()
  for (const { id, version } of open) {
    await updateRow(trx, 'accessLink', id, version, { revokedAt: at }, by)
  }
  await logAccess(trx, 'restore', by, { file })
}
