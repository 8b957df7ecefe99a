import { z } from 'zod'
import { governmentFields, sensibleYears } from '../government/fields.ts'
import { addIssue, flag, required, secret, text } from '../web/fields.ts'

const passwords = {
  password: secret(1024),
  passwordAgain: secret(1024),
}

/** Not told apart what is wrong: whoever guesses learns nothing. `_key` comes and is not needed. */
export const signInForm = z.strictObject({
  username: required(text(200)),
  password: secret(1024),
  next: z.unknown().optional(),
  _key: z.unknown().optional(),
})

export const languageForm = z.strictObject({
  locale: z.enum(['id', 'en']),
  next: z.unknown().optional(),
  _key: z.unknown().optional(),
})

export const passwordForm = z
  .strictObject({ passwordOld: secret(1024), ...passwords })
  .superRefine(equalPasswords)

/** The government and its first administrator. */
export const setupForm = z
  .strictObject({
    ...governmentFields,
    person: required(text(120), { key: 'accounts.error.person' }),
    username: required(text(60), { key: 'accounts.error.username' }),
    ...passwords,
    example: flag(),
  })
  .superRefine((form, ctx) => {
    sensibleYears(form, ctx)
    equalPasswords(form, ctx)
    if (!/^[\p{L}\p{N}._-]{3,60}$/u.test(form.username)) {
      addIssue(ctx, 'username', { key: 'accounts.error.usernameSigns' })
    }
  })
export type SetupInput = z.infer<typeof setupForm>

function equalPasswords(
  form: { password: string; passwordAgain: string },
  ctx: z.RefinementCtx,
): void {
  if (form.password !== form.passwordAgain) {
    addIssue(ctx, 'passwordAgain', { key: 'accounts.error.unequal' })
  }
}
