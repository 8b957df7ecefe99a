import { insertExampleGovernment } from '../fixtures/government.ts'
import { loadExample } from '../fixtures/load.ts'
import { hashPassword } from '../src/accounts/passwords.ts'
import * as accounts from '../src/accounts/queries.ts'
import { type Config, processConfig } from '../src/config.ts'
import type { Tx } from '../src/db/schema.ts'
import type { By } from '../src/db/write.ts'
import { loadReference } from '../src/government/reference.ts'
import { explain, openDatabase } from '../src/start.ts'
import { logAccess } from '../src/web/access-log.ts'
import { operator } from '../src/web/access-notes.ts'
import { randomPassword } from './passwords.ts'
import { complain, say } from './terminal.ts'

/**
 * `npm run seed`: loads the example into an empty database, while no server has it open. Where nobody
 * can sign in yet, an administrator is made and the password is printed, once.
 */
let config: Config | undefined
try {
  config = processConfig()
  process.exitCode = await seed(config)
} catch (error) {
  complain(explain(error, config))
  process.exitCode = 1
}

async function seed({ databaseFile }: Config): Promise<number> {
  const { connection, claim } = await openDatabase(databaseFile)
  try {
    const password = randomPassword()
    const passwordHash = await hashPassword(password)
    const filled = await connection.db.transaction().execute((trx) => fill(trx, passwordHash))
    if (!filled) {
      complain(`Basis data ${databaseFile} sudah berisi data; contoh tidak dimuat.`)
      return 1
    }
    say(`Data contoh sudah dimuat ke ${databaseFile}.`)
    if (filled.administrator) say(`Masuk sebagai admin dengan sandi ${password}`)
    say('Jalankan program dengan: npm start')
    return 0
  } finally {
    await connection.close()
    claim.release()
  }
}

/** Undefined, and nothing written, where the database holds records already. */
async function fill(trx: Tx, passwordHash: string) {
  if (await isFilled(trx)) return undefined
  const at = new Date().toISOString()
  const by: By = { accountId: null, linkId: null, actorName: 'Data contoh', way: 'setup', at }
  const government = await trx.selectFrom('government').select('id').executeTakeFirst()
  if (!government) await insertExampleGovernment(trx, by)
  await loadReference(trx, by)
  await loadExample(trx, by)

  await logAccess(trx, 'setup', { ...operator, at }, { example: true })

  const account = await trx.selectFrom('account').select('id').executeTakeFirst()
  if (account) return { administrator: false }
  const roles = (['admin', 'staff', 'planner'] as const).map((role) => ({ role, opdId: null }))
  await accounts.insert(trx, { username: 'admin', name: 'Administrator', passwordHash, roles }, by)
  return { administrator: true }
}

async function isFilled(trx: Tx): Promise<boolean> {
  const tables = ['opd', 'proposal', 'fgdSession', 'phase', 'assessor', 'signatory'] as const
  for (const table of tables) {
    if (await trx.selectFrom(table).select('id').executeTakeFirst()) return true
  }
  return false
}
