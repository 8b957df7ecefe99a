import { createHash, randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { z } from 'zod'
import type { Tx, WholeDb } from '../db/schema.ts'
import { lists } from '../domain/words.ts'
import { type LogKind, logAccess } from './access-log.ts'

/** Who acts by a script: whoever may start one on this computer. */
export const operator = { accountId: null, linkId: null, actorName: 'Baris perintah' } as const

const note = z.object({
  kind: z.enum(lists.logKind),
  at: z.iso.datetime(),
  about: z.record(z.string(), z.unknown()),
})

type Note = z.infer<typeof note>

/**
 * What the server does itself when it takes a note of this kind, for a script that may not write:
 * answers what the log is to tell, or undefined where nothing was done.
 */
export type Acts = Partial<
  Record<LogKind, (trx: Tx, note: Note) => Promise<Record<string, unknown> | undefined>>
>

const every = 5_000

/** Where acts wait for the access log: beside the database. */
export function notesOf(databaseFile: string): string {
  return `${databaseFile}-acts`
}

/**
 * Notes an act of a script that does not write to the database, which a server may have open: one
 * line in a file beside it, until the server takes it into the access log.
 */
export function leaveNote(
  databaseFile: string,
  kind: LogKind,
  about: Record<string, unknown>,
  at = new Date(),
): void {
  const line = JSON.stringify({ id: randomUUID(), kind, at: at.toISOString(), about })
  appendFileSync(notesOf(databaseFile), `${line}\n`, { mode: 0o600 })
}

/**
 * Does what was asked for and takes the acts that were noted into the access log; one that cannot be
 * read is left out. Which ones were taken is written with them, so that none is taken twice where the
 * process ends before the file is removed.
 */
export async function takeNotes(db: WholeDb, databaseFile: string, acts: Acts = {}): Promise<void> {
  const file = notesOf(databaseFile)
  const taken = `${file}-taken`
  // left over from a process that ended meanwhile
  if (!existsSync(taken)) {
    if (!existsSync(file)) return
    renameSync(file, taken)
  }
  const lines = readFileSync(taken, 'utf8').split('\n')
  await db.transaction().execute(async (trx) => {
    const known = new Set(await takenBefore(trx))
    const notes = lines.filter((line) => !known.has(markOf(line))).flatMap(read)
    for (const each of notes) {
      const act = acts[each.kind]
      const about = act ? await act(trx, each) : each.about
      if (about) await logAccess(trx, each.kind, { ...operator, at: each.at }, about)
    }
    await markTaken(trx, lines.map(markOf))
  })
  rmSync(taken)
}

const markOf = (line: string) => createHash('sha256').update(line).digest('base64url')

const marksKey = 'acts-taken'

async function takenBefore(trx: Tx): Promise<string[]> {
  const row = await trx
    .selectFrom('setting')
    .select('value')
    .where('key', '=', marksKey)
    .executeTakeFirst()
  return row ? z.array(z.string()).parse(JSON.parse(row.value)) : []
}

/** Only the newest batch is kept in mind: an older file is removed before another is taken. */
async function markTaken(trx: Tx, marks: readonly string[]): Promise<void> {
  const value = JSON.stringify(marks)
  await trx
    .insertInto('setting')
    .values({ key: marksKey, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}

function read(line: string): Note[] {
  try {
    return [note.parse(JSON.parse(line))]
  } catch {
    return []
  }
}

/** Takes the notes whenever there are some, until it is stopped. */
export function keepTakingNotes(
  db: WholeDb,
  databaseFile: string,
  acts: Acts,
  failed: (error: unknown) => void,
): { stop(): Promise<void> } {
  let running: Promise<void> | undefined
  const take = () => {
    running ??= takeNotes(db, databaseFile, acts)
      .catch(failed)
      .finally(() => {
        running = undefined
      })
  }
  take()
  const timer = setInterval(take, every).unref()
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
