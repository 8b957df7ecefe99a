import type { Message } from './i18n/translate.ts'

export type { Message }

export type ErrorCode = 'not_found' | 'forbidden' | 'conflict'

/** The three ways a request is turned away; anything else that is thrown is a fault of ours. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: Message | undefined

  constructor(code: ErrorCode, detail?: Message) {
    super(code)
    this.code = code
    this.detail = detail
  }
}

/** A form that cannot be saved as it stands: one message per field, and what was typed is kept. */
export class Refusal extends Error {
  readonly errors: Record<string, Message>
  readonly status: 409 | 422
  /** With a conflict: the version now stored, so that sending again is a decision. */
  readonly version: number | undefined

  constructor(errors: Record<string, Message>, status: 409 | 422 = 422, version?: number) {
    super('refused')
    this.errors = errors
    this.status = status
    this.version = version
  }
}

/** The value, or 404. */
export function orNotFound<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new AppError('not_found')
  return value
}

/** Passes when allowed, else 404: what is not yours does not exist for you. */
export function orHidden(allowed: boolean): void {
  if (!allowed) throw new AppError('not_found')
}

export function orForbidden(allowed: boolean): void {
  if (!allowed) throw new AppError('forbidden')
}
