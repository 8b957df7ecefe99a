import { z } from 'zod'
import { AppError } from '../errors.ts'

const downloadForm = z.strictObject({
  _key: z.string().max(100).optional(),
  internal: z.literal('1').optional(),
})

/**
 * Whether the planner's own copy is asked for, with the assessors by name.
 *
 * @throws AppError forbidden for a body with anything else in it
 */
export function wantsInternal(body: unknown): boolean {
  const parsed = downloadForm.safeParse(body ?? {})
  if (!parsed.success) throw new AppError('forbidden')
  return parsed.data.internal === '1'
}
