import { camel } from './names.ts'

/** A field that two people changed since the form was opened. */
export type FieldConflict = {
  field: string
  mine: unknown
  stored: unknown
  /** Who stored it, and when (an instant). */
  by: string
  at: string
}

/** Thrown by `updateRow`: nothing was written; `version` is the one now stored. */
export class EditConflict extends Error {
  readonly entity: string
  readonly entityId: number
  readonly fields: readonly FieldConflict[]
  readonly version: number

  constructor(entity: string, entityId: number, fields: readonly FieldConflict[], version: number) {
    super('edit conflict')
    this.entity = entity
    this.entityId = entityId
    this.fields = fields
    this.version = version
  }
}

/** SQLite and PostgreSQL name a broken unique rule differently. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_CONSTRAINT_UNIQUE' || codeOf(error) === '23505'
}

/** The fields that a broken unique rule is of, where the database names them. */
export function uniqueFields(error: unknown): string[] {
  const columns = error instanceof Error ? (error.message.split(': ')[1] ?? '') : ''
  return columns.split(', ').map((column) => camel(column.split('.')[1] ?? ''))
}

/** A row that others point to, or a pointer to none; SQLite reports `restrict` as a trigger's. */
export function isForeignKeyViolation(error: unknown): boolean {
  const code = codeOf(error)
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || code === '23503') return true
  return code === 'SQLITE_CONSTRAINT_TRIGGER' && String(error).includes('FOREIGN KEY')
}

/** There is no room left to write. */
export function isDiskFull(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_FULL' || codeOf(error) === '53100'
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
