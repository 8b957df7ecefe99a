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
  const line = JSON.stringify({ kind, at: at.toISOString(), about })
  appendFileSync(notesOf(databaseFile), `${line}\n`, { mode: 0o600 })
}

/** Does what was asked for and takes the acts that were noted into the access log; one that cannot be read is left out. */
export async function takeNotes(db: WholeDb, databaseFile: string, acts: Acts = {}): Promise<void> {
  const file = notesOf(databaseFile)
  const taken = `${file}-taken`
  // left over from a process that ended meanwhile
  if (!existsSync(taken)) {
    if (!existsSync(file)) return
    renameSync(file, taken)
  }
  const notes = readFileSync(taken, 'utf8').split('\n').flatMap(read)
  await db.transaction().execute(async (trx) => {
    for (const each of notes) {
      const act = acts[each.kind]
      const about = act ? await act(trx, each) : each.about
      if (about) await logAccess(trx, each.kind, { ...operator, at: each.at }, about)
    }
  })
  rmSync(taken)
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
