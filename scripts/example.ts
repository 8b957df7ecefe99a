import { insertExampleGovernment } from '../fixtures/government.ts'
import { loadExample } from '../fixtures/load.ts'
import { insertExamplePeople, people } from '../fixtures/people.ts'
import { hashPassword } from '../src/accounts/passwords.ts'
import type { Connection } from '../src/db/connect.ts'
import type { By } from '../src/db/write.ts'
import { loadReference } from '../src/government/reference.ts'
import { randomPassword } from './passwords.ts'

export type Door = { username: string; password: string; name: string }

/**
 * Fills an empty database with the example: government, session and what is around it, and one person
 * per role, each with a password made anew.
 */
export async function fillExample({ db }: Connection, now: Date): Promise<Door[]> {
  const doors = people.map(({ username, name }) => ({ username, name, password: randomPassword() }))
  const hashes = await Promise.all(doors.map(({ password }) => hashPassword(password)))
  const at = now.toISOString()
  const by: By = { accountId: null, linkId: null, actorName: 'Data contoh', way: 'setup', at }
  await db.transaction().execute(async (trx) => {
    await insertExampleGovernment(trx, by)
    await loadReference(trx, by)
    await loadExample(trx, by)
    await insertExamplePeople(trx, by, hashes)
  })
  return doors
}
