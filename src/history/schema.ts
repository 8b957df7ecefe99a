import { z } from 'zod'
import { required, text } from '../web/fields.ts'

/** Which field of a change is put back. */
export const putBackForm = z.strictObject({ field: required(text(40)) })

/** What was removed is put back whole. */
export const restoreForm = z.strictObject({})
