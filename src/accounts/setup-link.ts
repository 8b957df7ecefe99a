import type { Tx, WholeDb } from '../db/schema.ts'
import type { By } from '../db/write.ts'
import { renewLink, revokeLinks } from './links.ts'

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
    if (!(await isSetUp(trx))) return renewLink(trx, 'setup', null, by)
    await revokeLinks(trx, null, by)
    return undefined
  })
}

async function isSetUp(trx: Tx): Promise<boolean> {
  const government = await trx.selectFrom('government').select('id').executeTakeFirst()
  const account = await trx.selectFrom('account').select('id').executeTakeFirst()
  return government !== undefined || account !== undefined
}
