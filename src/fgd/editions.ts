import { createHash } from 'node:crypto'
import type { Db, Row, Tx } from '../db/schema.ts'
import { appendRow, type By } from '../db/write.ts'
import { gatherDocument, type SessionDocument } from './document.ts'
import type { Session } from './queries.ts'

export type Edition = Pick<
  Row<'sessionRecord'>,
  'id' | 'edition' | 'sha256' | 'recordedAt' | 'actorName'
>

/** The editions of a session's record, the first one first. */
export function editionsOf(db: Db | Tx, sessionId: number): Promise<Edition[]> {
  return (db as Db)
    .selectFrom('sessionRecord')
    .select(['id', 'edition', 'sha256', 'recordedAt', 'actorName'])
    .where('fgdSessionId', '=', sessionId)
    .orderBy('edition')
    .execute()
}

/** One edition as it was written; undefined where it is not there. */
export async function readEdition(db: Db | Tx, sessionId: number, edition: number) {
  const row = await (db as Db)
    .selectFrom('sessionRecord')
    .selectAll()
    .where('fgdSessionId', '=', sessionId)
    .where('edition', '=', edition)
    .executeTakeFirst()
  if (!row) return undefined
  const { document: text, ...told } = row
  return { ...told, document: isWhole(text, row.sha256) ? asDocument(text) : undefined }
}

/** What the next edition would say now, after those that there are. */
export async function nextDocument(
  db: Db | Tx,
  session: Session,
  at: string,
  editions: readonly Edition[],
): Promise<SessionDocument> {
  const last = await readEdition(db, session.id, editions.length)
  const next = editions.length + 1
  return gatherDocument(db, session, next, at, editions[0]?.recordedAt, last?.document)
}

/** Writes the next edition of the record from what stands now; the earlier ones stay. */
export async function writeEdition(
  trx: Tx,
  session: Session,
  by: By,
  example: string | null = null,
) {
  const before = await editionsOf(trx, session.id)
  const edition = before.length + 1
  const document = await nextDocument(trx, session, by.at, before)
  const text = JSON.stringify(document)
  const row = { fgdSessionId: session.id, edition, document: text, sha256: sha256(text), example }
  return appendRow(trx, 'sessionRecord', row, by)
}

function isWhole(text: string, hash: string): boolean {
  return sha256(text) === hash
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function asDocument(text: string): SessionDocument {
  return JSON.parse(text) as SessionDocument
}
