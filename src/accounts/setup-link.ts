import { randomBytes } from 'node:crypto'
import type { Db, Row, Tx, WholeDb } from '../db/schema.ts'
import { type By, insertRow, updateRow } from '../db/write.ts'
import { tokenHash } from '../web/session.ts'

const lifetime = 3_600_000

export type SetupLink = Pick<Row<'accessLink'>, 'id' | 'version'>

/**
 * While there is neither a government nor an account, makes a new set-up link and ends the older
 * ones; it works once, for an hour.
 *
 * @returns its token, which is stored nowhere; undefined once the program is set up
 */
export function renewSetupLink(whole: WholeDb, now: Date): Promise<string | undefined> {
  return whole.transaction().execute(async (trx) => {
    const at = now.toISOString()
    const by: By = { accountId: null, linkId: null, actorName: 'Rancang', way: 'setup', at }
    for (const link of await openLinks(trx)) {
      await updateRow(trx, 'accessLink', link.id, link.version, { revokedAt: at }, by)
    }
    if (await isSetUp(trx)) return undefined
    const token = randomBytes(32).toString('base64url')
    await insertRow(
      trx,
      'accessLink',
      {
        purpose: 'setup',
        tokenHash: tokenHash(token),
        accountId: null,
        opdId: null,
        fgdSessionId: null,
        expiresAt: new Date(now.getTime() + lifetime).toISOString(),
        usesLeft: 1,
        revokedAt: null,
        lastUsedAt: null,
      },
      by,
    )
    return token
  })
}

/** The set-up link of that token, while it works. */
export function findSetupLink(
  db: Db | Tx,
  token: string,
  now: Date,
): Promise<SetupLink | undefined> {
  return (db as Db)
    .selectFrom('accessLink')
    .select(['id', 'version'])
    .where('purpose', '=', 'setup')
    .where('tokenHash', '=', tokenHash(token))
    .where('expiresAt', '>', now.toISOString())
    .where('usesLeft', '>', 0)
    .where('revokedAt', 'is', null)
    .executeTakeFirst()
}

/** Uses the link up. */
export async function useSetupLink(trx: Tx, link: SetupLink, by: By): Promise<void> {
  const changes = { usesLeft: 0, lastUsedAt: by.at }
  await updateRow(trx, 'accessLink', link.id, link.version, changes, by)
}

function openLinks(trx: Tx) {
  return trx
    .selectFrom('accessLink')
    .select(['id', 'version'])
    .where('purpose', '=', 'setup')
    .where('usesLeft', '>', 0)
    .where('revokedAt', 'is', null)
    .execute()
}

async function isSetUp(trx: Tx): Promise<boolean> {
  const government = await trx.selectFrom('government').select('id').executeTakeFirst()
  const account = await trx.selectFrom('account').select('id').executeTakeFirst()
  return government !== undefined || account !== undefined
}
