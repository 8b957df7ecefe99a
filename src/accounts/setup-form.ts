import { z } from 'zod'
import { governmentFields, sensibleYears } from '../government/schema.ts'
import { flag, required, text } from '../web/fields.ts'
import { equalPasswords, newPassword, soundUsername } from './schema.ts'

/** The government and its first administrator, with or without the example. */
export const setupForm = z
  .strictObject({
    ...governmentFields,
    person: required(text(120), { key: 'accounts.error.person' }),
    username: required(text(60), { key: 'accounts.error.username' }),
    ...newPassword,
    example: flag(),
  })
  .superRefine((form, ctx) => {
    sensibleYears(form, ctx)
    equalPasswords(form, ctx)
    soundUsername(form, ctx)
  })
export type SetupInput = z.infer<typeof setupForm>
