import { z } from 'zod'
import { addIssue, required, secret, text } from '../web/fields.ts'

/** A new password, typed twice; the rules of `passwords.ts` are for the handler. */
export const newPassword = { password: secret(1024), passwordAgain: secret(1024) }

export function equalPasswords(
  form: { password: string; passwordAgain: string },
  ctx: z.RefinementCtx,
): void {
  if (form.password !== form.passwordAgain) {
    addIssue(ctx, 'passwordAgain', { key: 'accounts.error.unequal' })
  }
}

/** `_key` may come with it; signing in twice does no harm, so that it is not needed. */
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
  .strictObject({ passwordOld: secret(1024), ...newPassword })
  .superRefine(equalPasswords)
