import type { z } from 'zod'
import type { Message } from '../errors.ts'

/** What was typed: one text, or several for a field that takes several answers. */
export type Values = Record<string, string | string[]>

/** A field that somebody else changed too: the form offers to keep the one or to take the other. */
export type ConflictShown = {
  /** What is sent to take what is stored, and to keep what was typed. */
  take: string
  keep: string
  label: string
  mine: string
  stored: string
  by: string
  at: string
}

/** A form as it is shown: what was typed, a message for each wrong field, and how it is answered. */
export type FormState = {
  values: Values
  errors: Record<string, Message>
  status: 200 | 409 | 422 | 507
  /** The version of the record the form was opened with; absent for a new one. */
  version?: number | undefined
  conflicts?: readonly ConflictShown[] | undefined
}

/** A form that was read: its data, and what guards its saving. */
export type Parsed<T> = {
  ok: true
  data: T
  values: Values
  key: string
  version: number
  /** What was decided after a conflict, as partials/conflicts sends it. */
  decided: readonly string[]
}
export type Unparsed = { ok: false; form: FormState }

export function emptyForm(values: Values = {}): FormState {
  return { values, errors: {}, status: 200 }
}

/** A form filled from a stored record, opened at its version. */
export function filledForm(record: Record<string, unknown> & { version: number }): FormState {
  return { ...emptyForm(valuesOf(record)), version: record.version }
}

/** A stored amount of rupiah as it is typed and read: thousands parted by dots. */
export function typedMoney(amount: number | null): string {
  return amount === null ? '' : new Intl.NumberFormat('id-ID').format(amount)
}

/** A record as it would be typed: null is an empty answer, lists stay lists. */
export function valuesOf(record: Record<string, unknown>): Values {
  return Object.fromEntries(
    Object.entries(record).map(([field, value]) => [
      field,
      Array.isArray(value)
        ? value.map(String)
        : value === null || value === undefined
          ? ''
          : String(value),
    ]),
  )
}

/** The name of the message that belongs to no field. */
export const wholeForm = '_form'

/**
 * Reads a posted form. Unknown fields are refused; each field brings its own message; the retry
 * key must be there. For a record that is changed, `version` is the one it was opened with, for a
 * new one it is 0.
 */
export function parseForm<T>(schema: z.ZodType<T>, body: unknown): Parsed<T> | Unparsed {
  const { _key, _version, ...sent } = asBody(body)
  const fields = without(sent, takeNames(sent))
  const decided = takeNames(sent).map((name) => sent[name])
  const values = typed(fields)
  const key = typeof _key === 'string' ? _key : ''
  const version = typeof _version === 'string' && /^\d{1,9}$/.test(_version) ? Number(_version) : 0
  const result = schema.safeParse(fields)
  const errors = result.success ? {} : errorsOf(result.error)
  if (!/^[\w-]{8,64}$/.test(key)) errors[wholeForm] = { key: 'form.stale' }
  if (!result.success || Object.keys(errors).length > 0) {
    return { ok: false, form: { values, errors, status: 422, version: version || undefined } }
  }
  return { ok: true, data: result.data, values, key, version, decided: decided.filter(isDecision) }
}

/** The names of the choices that partials/conflicts offers. */
function takeNames(sent: Record<string, unknown>): string[] {
  return Object.keys(sent).filter((name) => /^_take\.\d{1,3}$/.test(name))
}

function isDecision(value: unknown): value is string {
  return (
    typeof value === 'string' && /^(stored|mine):\w{1,40}:\d{1,15}:\w{1,40}(:\d{1,9})?$/.test(value)
  )
}

/**
 * Reads a form of rows, whose fields are named `0.level`, `1.level` …; fields without a number
 * belong to `head`. Rows in which nothing is typed are left out of the data.
 */
export function parseRows<H, R>(
  head: z.ZodType<H>,
  row: z.ZodType<R>,
  body: unknown,
  isBlank: (typed: Values) => boolean = (cells) =>
    Object.values(cells).every((cell) => cell === ''),
): Parsed<{ head: H; rows: { at: number; row: R }[] }> | Unparsed {
  const all = asBody(body)
  const numbered = Object.keys(all).filter((name) => /^\d{1,3}\./.test(name))
  const parsed = parseForm(head, without(all, numbered))
  const errors = parsed.ok ? {} : { ...parsed.form.errors }
  const rows: { at: number; row: R }[] = []
  for (const at of new Set(numbered.map((name) => Number.parseInt(name, 10)))) {
    const cells = Object.fromEntries(
      numbered
        .filter((name) => name.startsWith(`${at}.`))
        .map((name) => [name.slice(`${at}.`.length), all[name]]),
    )
    if (isBlank(typed(cells))) continue
    const result = row.safeParse(cells)
    if (result.success) rows.push({ at, row: result.data })
    else
      for (const [field, message] of Object.entries(errorsOf(result.error))) {
        errors[field === wholeForm ? wholeForm : `${at}.${field}`] = message
      }
  }
  const { _key: _, _version: __, ...shown } = all
  const values = typed(without(shown, takeNames(shown)))
  if (parsed.ok && Object.keys(errors).length === 0) {
    return { ...parsed, values, data: { head: parsed.data, rows } }
  }
  const version = parsed.ok ? parsed.version || undefined : parsed.form.version
  return { ok: false, form: { values, errors, status: 422, version } }
}

function without(all: Record<string, unknown>, names: readonly string[]) {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)))
}

function asBody(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

function typed(fields: Record<string, unknown>): Values {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : String(value ?? ''),
    ]),
  )
}

function errorsOf(error: z.ZodError): Record<string, Message> {
  const errors: Record<string, Message> = {}
  for (const issue of error.issues) {
    const field = issue.path.length === 0 ? wholeForm : issue.path.join('.')
    errors[field] ??= messageOf(issue)
  }
  return errors
}

function messageOf(issue: z.core.$ZodIssue): Message {
  if (issue.code === 'unrecognized_keys') return { key: 'form.unknownField' }
  if (issue.code === 'custom' && issue.params) return issue.params as Message
  return { key: 'form.unreadable' }
}
