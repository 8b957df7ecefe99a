import { loadExample } from '../../fixtures/load.ts'
import type { Tx } from '../db/schema.ts'
import type { By } from '../db/write.ts'
import * as government from '../government/queries.ts'
import { loadReference } from '../government/reference.ts'
import { headTitleOf } from '../government/schema.ts'
import { logAccess } from '../web/access-log.ts'
import { type Link, useLink } from './links.ts'
import * as accounts from './queries.ts'
import type { SetupInput } from './setup-form.ts'

const firstRoles = ['admin', 'staff', 'planner'] as const

/**
 * Writes what a new installation starts with: the first account, the government, the reference
 * rows, where it is wished the example; uses the link up. Returns the id of the account.
 */
export async function setUp(
  trx: Tx,
  link: Link,
  input: SetupInput,
  passwordHash: string,
  now: Date,
): Promise<number> {
  const { person, username, password: _, passwordAgain: __, example, ...fields } = input
  const at = now.toISOString()
  const stranger: By = { accountId: null, linkId: link.id, actorName: person, way: 'setup', at }
  await useLink(trx, link, stranger)
  const roles = firstRoles.map((role) => ({ role, opdId: null }))
  const account = { username, name: person, passwordHash, roles }
  const accountId = await accounts.insert(trx, account, stranger)

  const by: By = { ...stranger, accountId }
  const headTitle = headTitleOf(fields.level)
  const rest = {
    headTitle,
    spbeTerm: 'SPBE',
    legalBases: null,
    address: null,
    paper: 'A4' as const,
  }
  await government.insert(trx, { ...fields, ...rest }, by)
  await loadReference(trx, by)
  if (example) await loadExample(trx, by)
  await logAccess(trx, 'setup', by, { example: example === 1 })
  return accountId
}
