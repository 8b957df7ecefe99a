import type { Tx, WholeDb } from '../db/schema.ts'
import type { By } from '../db/write.ts'
import type { Code } from '../domain/words.ts'

/** What is noted beside the history of the data: who came in, and what left the house. */
export type LogKind = Code<'logKind'>

/** Notes an act in the access log; `about` never holds a secret, nor what a stranger typed. */
export async function logAccess(
  db: Tx | WholeDb,
  kind: LogKind,
  by: Pick<By, 'accountId' | 'linkId' | 'actorName' | 'at'>,
  about: Record<string, unknown> = {},
): Promise<void> {
  await db
    .insertInto('accessLog')
    .values({
      kind,
      accountId: by.accountId,
      linkId: by.linkId,
      actorName: by.actorName,
      at: by.at,
      about: JSON.stringify(about),
    })
    .execute()
}
