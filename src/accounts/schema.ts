import { z } from 'zod'
import { addIssue, choices, day, ids, required, secret, text } from '../web/fields.ts'
import { passwordTrouble } from './passwords.ts'

/** A new password, typed twice; whether it has words of the person or the place is for the handler. */
export const newPassword = {
  password: secret(1024).superRefine((typed, ctx) => {
    const trouble = passwordTrouble(typed, [])
    if (trouble) ctx.addIssue({ code: 'custom', params: trouble })
  }),
  passwordAgain: secret(1024),
}

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
  username: text(200),
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

/** A name to sign in with; also that of the first administrator. */
export function soundUsername({ username }: { username: string }, ctx: z.RefinementCtx): void {
  if (!/^[\p{L}\p{N}._-]{3,60}$/u.test(username)) {
    addIssue(ctx, 'username', { key: 'accounts.error.usernameSigns' })
  }
}

const person = {
  name: required(text(120), { key: 'accounts.error.name' }),
  roles: required(choices('role'), { key: 'accounts.error.roles' }),
  opdIds: ids(),
  validUntil: day(),
}

export const inviteForm = z
  .strictObject({
    ...person,
    username: required(text(60), { key: 'accounts.error.username' }),
  })
  .superRefine(soundUsername)
  .superRefine(opdWithItsRole)

export const accountForm = z.strictObject(person).superRefine(opdWithItsRole)
export type AccountInput = z.infer<typeof accountForm>

/** A representative represents at least one OPD, and nobody else represents any. */
function opdWithItsRole(
  { roles, opdIds }: { roles: readonly string[]; opdIds: readonly number[] },
  ctx: z.RefinementCtx,
): void {
  const represents = roles.includes('opd')
  if (represents && opdIds.length === 0) addIssue(ctx, 'opdIds', { key: 'accounts.error.opd' })
  if (!represents && opdIds.length > 0) addIssue(ctx, 'opdIds', { key: 'accounts.error.opdRole' })
}

export const stateForm = z.strictObject({ state: z.enum(['active', 'disabled']) })
export const nothingForm = z.strictObject({})

/** One session by its name on the page, or all others than the one that asks. */
export const sessionForm = z.strictObject({
  session: z.union([z.literal('others'), z.string().regex(/^[0-9a-f]{16}$/)]),
})

/** The password that an invited person chooses. */
export const acceptForm = z.strictObject(newPassword).superRefine(equalPasswords)
