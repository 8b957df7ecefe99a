import type { Values } from '../web/form.ts'

/** A stored number as it is typed: with a decimal comma. */
export function typedNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value).replace('.', ',')
}

/** Stored kbps as typed Mbps. */
export function typedMbps(kbps: number | null | undefined): string {
  return typedNumber(kbps === null || kbps === undefined ? kbps : kbps / 1000)
}

/** The named fields of a record, each as it is typed. */
export function typedFields<F extends string>(
  record: Record<F, number | null>,
  fields: readonly F[],
  typed: (value: number | null) => string,
): Values {
  return Object.fromEntries(fields.map((field) => [field, typed(record[field])]))
}
