import type { ListItem } from '../db/lists.ts'
import type { Tx } from '../db/schema.ts'
import { type By, type Changes, insertRow, type NewRow, updateRow } from '../db/write.ts'
import { type FormState, wholeForm } from '../web/form.ts'

type DayTable = 'internetAccess' | 'deviceSurvey' | 'opdPeople'

/**
 * Saves what was recorded on a day: a day without a row gets one, the row of a day that has one is
 * changed, and the earlier days stay. A row keeps the session it was first recorded in.
 *
 * @param there id of the row which that day has already
 * @param opened the row the form was filled from, and the version it then had; of any other row
 *   nothing was seen, so whatever it holds and the form says otherwise is a conflict
 * @throws EditConflict
 */
export async function saveOnDay<T extends DayTable>(
  trx: Tx,
  table: T,
  there: number | undefined,
  opened: { fromId: number | null; version: number },
  values: NewRow<T>,
  by: By,
  lists: Record<string, readonly ListItem[]> = {},
): Promise<void> {
  if (there === undefined) {
    await insertRow(trx, table, values, by, lists)
    return
  }
  const version = there === opened.fromId ? opened.version : 0
  const { fgdSessionId: _, ...changes } = values as NewRow<T> & { fgdSessionId: number | null }
  await updateRow(trx, table, there, version, changes as Changes<T>, by, lists)
}

const notOfTheDay: readonly string[] = ['inventory.error.session', 'form.keyReused']

/** After a conflict the form has seen the row of its day: sent again, it changes that one. */
export function havingSeen(form: FormState, dayRowId: number | undefined): FormState {
  const reason = form.errors[wholeForm]?.key
  if (form.status !== 409 || dayRowId === undefined) return form
  if (reason && notOfTheDay.includes(reason)) return form
  // of that row nothing had been seen when the form was opened: what it holds is merged, not replaced
  const version = form.conflicts ? undefined : form.version
  return { ...form, version, values: { ...form.values, fromId: String(dayRowId) } }
}
