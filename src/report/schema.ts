import { z } from 'zod'
import { AppError } from '../errors.ts'

const exportForm = z.strictObject({
  _key: z.string().max(100).optional(),
  internal: z.literal('1').optional(),
})

/**
 * What an export is asked to be: `internal` is the planner's own copy, with the assessors by name.
 *
 * @throws AppError forbidden for a body with anything else in it
 */
export function readExportForm(body: unknown): { key: string; internal: boolean } {
  const parsed = exportForm.safeParse(body ?? {})
  if (!parsed.success) throw new AppError('forbidden')
  return { key: parsed.data._key ?? '', internal: parsed.data.internal === '1' }
}
