import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { By } from '../db/write.ts'
import { Refusal } from '../errors.ts'
import { logAccess } from '../web/access-log.ts'
import { emptyForm, type FormState, parseForm } from '../web/form.ts'
import { byLink } from '../web/once.ts'
import { paths } from '../web/paths.ts'
import { endSessionsOf, startSession } from '../web/session.ts'
import { view } from '../web/view.ts'
import { type AccountLink, findAccountLink, useLink } from './links.ts'
import { hashPassword, passwordTrouble, placeNames } from './passwords.ts'
import * as accounts from './queries.ts'
import { acceptForm } from './schema.ts'

const invitePage = view<{ form: FormState; link: AccountLink; token: string }>('accounts/invite')
const gonePage = view<{ what: 'setup' | 'invite' }>('accounts/gone')

/** The link was used, revoked or is over. */
export class LinkGone extends Error {}

/** An invited person, or one who forgot the password, comes in by a link that works once. */
export function inviteRoutes(app: FastifyInstance, context: Context): void {
  const { db, now } = context
  const config = { access: 'session.start', limit: 'invite' } as const
  app.get('/invite/:token', { config }, show)
  app.post('/invite/:token', { config }, accept)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const link = await askedLink(request)
    return link ? ask(reply, emptyForm(), link, tokenOf(request)) : gone(reply, 'invite')
  }

  async function accept(request: FastifyRequest, reply: FastifyReply) {
    const token = tokenOf(request)
    const link = await askedLink(request)
    if (!link) return gone(reply, 'invite')
    const again = (form: FormState) => ask(reply, form, link, token)
    const parsed = parseForm(acceptForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { password } = parsed.data
    const trouble = passwordTrouble(password, [link.username, ...placeNames(request.site)])
    const passwordHash = trouble ? '' : await hashPassword(password)
    try {
      return await byLink(context, request, reply, parsed, again, async (trx) => {
        const stored = await findAccountLink(trx, token, now(), request.today())
        if (!stored) throw new LinkGone()
        if (trouble) throw new Refusal({ password: trouble })
        const by = byOf(stored, now())
        await useLink(trx, stored, by)
        await accounts.update(trx, stored.accountId, { passwordHash }, by)
        await endSessionsOf(trx, stored.accountId)
        await startSession(trx, request, reply, stored.accountId, now())
        await logAccess(trx, 'password', by, { by: stored.purpose })
        return { to: paths.home(), flash: { key: 'accounts.invite.done' } }
      })
    } catch (error) {
      if (error instanceof LinkGone) return gone(reply, 'invite')
      throw error
    }
  }

  function askedLink(request: FastifyRequest): Promise<AccountLink | undefined> {
    return findAccountLink(db, tokenOf(request), now(), request.today())
  }
}

/** The address of the page is a secret: of it, only the origin goes along to other pages. */
function ask(reply: FastifyReply, form: FormState, link: AccountLink, token: string) {
  return reply.header('referrer-policy', 'strict-origin').page(invitePage, { form, link, token })
}

/** A link that works no more, in words. */
export async function gone(reply: FastifyReply, what: 'setup' | 'invite') {
  return reply.code(410).header('referrer-policy', 'strict-origin').page(gonePage, { what })
}

export function tokenOf(request: FastifyRequest): string {
  return (request.params as { token: string }).token
}

function byOf({ id, accountId, name }: AccountLink, now: Date): By {
  return { accountId, linkId: id, actorName: name, way: 'form', at: now.toISOString() }
}
