import { z } from 'zod'
import { handedKinds } from '../../domain/succession.ts'
import { choice, day, ids, required, text } from '../../web/fields.ts'
import { type Parsed, parseRows, type Unparsed } from '../../web/form.ts'

/** The change itself: since when, by which document, what ends with it and what goes on. */
const changeForm = z.strictObject({
  startsOn: required(day(), { key: 'succession.error.startsOn' }),
  document: required(text(200), { key: 'succession.error.document' }),
  /** Other OPD that end with it. */
  with: ids(),
  /** OPD that exist and go on. */
  to: ids(),
})

/** A successor that begins with the change. */
const fresh = {
  name: required(text(200), { key: 'opd.error.name' }),
  shortName: text(60),
  code: text(30),
}
const freshOpd = z.strictObject({
  ...fresh,
  kind: required(choice('opdKind'), { key: 'opd.error.kind' }),
})
const freshUnit = z.strictObject({
  ...fresh,
  kind: required(choice('unitKind'), { key: 'opd.error.unitKind' }),
})

export type Change = z.infer<typeof changeForm>
export type Fresh = z.infer<typeof freshOpd> | z.infer<typeof freshUnit>
export type ChangeRead = { head: Change; rows: { at: number; row: Fresh }[] }

/** How many successors a form takes, and how many OPD beside the first may end. */
export const mostFresh = 6
export const mostOthers = 6

/** Reads the change; new successors are units where a unit ends. */
export function parseChange(isUnit: boolean, body: unknown): Parsed<ChangeRead> | Unparsed {
  const { change } = parted(body)
  return isUnit
    ? parseRows<Change, Fresh>(changeForm, freshUnit, change)
    : parseRows<Change, Fresh>(changeForm, freshOpd, change)
}

/** The change as an address carries it: nothing is saved yet, so it needs no retry key. */
export function readChange(isUnit: boolean, query: unknown): Parsed<ChangeRead> | Unparsed {
  return parseChange(isUnit, { ...(query as object), _key: 'not-sent-yet' })
}

const isChoice = new RegExp(`^(rest|(${handedKinds.join('|')})\\.[\\w.-]{1,40})$`)

/** A sent form in its two parts: the change, and which successor gets what. */
export function parted(body: unknown): {
  change: Record<string, unknown>
  choices: Record<string, string>
} {
  const entries = Object.entries(typeof body === 'object' && body !== null ? body : {})
  const chosen = entries.filter(([name]) => isChoice.test(name))
  return {
    change: Object.fromEntries(entries.filter(([name]) => !isChoice.test(name))),
    choices: Object.fromEntries(
      chosen.map(([name, value]) => [name, typeof value === 'string' ? value : '']),
    ),
  }
}
