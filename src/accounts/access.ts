import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { updateRow } from '../db/write.ts'
import { AppError, orNotFound, Refusal } from '../errors.ts'
import * as history from '../history/queries.ts'
import { logAccess } from '../web/access-log.ts'
import { emptyForm, type FormState, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { paths } from '../web/paths.ts'
import { endSessionsOf } from '../web/session.ts'
import { view } from '../web/view.ts'
import { addressFor, leaveLink, qrOf, type Reach, takeLink } from './link-shown.ts'
import { openLinkOf, renewLink, revokeLinks } from './links.ts'
import {
  askedAccount,
  endAllSessions,
  isOwn,
  keptAdministrator,
  type Person,
  personOf,
} from './person.ts'
import * as accounts from './queries.ts'
import { nothingForm, stateForm } from './schema.ts'
import { standingOf } from './standing.ts'

const showPage = view<{
  form: FormState
  account: Person
  sessions: number
  link: { purpose: string; expiresAt: string } | undefined
  own: boolean
  history: history.Newest
}>('accounts/show')
const linkPage = view<{
  account: Person
  shown: { url: string; reach: Reach; code: { href: string }; expiresAt: string } | undefined
}>('accounts/link')

/** One account, and its access: ended, given back, or renewed by a link. */
export function accessRoutes(app: FastifyInstance, context: Context): void {
  const { db, config, now } = context
  app.get('/accounts/:id', { config: { access: 'account.manage' } }, show)
  app.get('/accounts/:id/link', { config: { access: 'account.manage' } }, showLink)
  app.post('/accounts/:id/link', { config: { access: 'account.manage' } }, createLink)
  app.post('/accounts/:id/state', { config: { access: 'account.manage' } }, changeState)
  app.post('/accounts/:id/sessions', { config: { access: 'account.manage' } }, endAll)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    return showWith(request, reply, await askedAccount(db, request), emptyForm())
  }

  async function showWith(
    request: FastifyRequest,
    reply: FastifyReply,
    found: accounts.Listed,
    form: FormState,
  ) {
    const sessions = await accounts.sessionsOf(db, found.id, now(), config.sessionIdleHours)
    return reply.page(showPage, {
      form,
      account: personOf(found, request.today()),
      sessions: sessions.length,
      link: await openLinkOf(db, found.id, now()),
      own: isOwn(request, found.id),
      history: await history.newest(db, request, 'account', found.id),
    })
  }

  async function changeState(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedAccount(db, request)
    const again = (form: FormState) => showWith(request, reply, found, form)
    const parsed = parseForm(stateForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { state } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      const by = request.by()
      if (!(await keptAdministrator(trx, found.id, { state }))) {
        throw new Refusal({ state: { key: 'accounts.error.lastAdmin' } })
      }
      await updateRow(trx, 'account', found.id, parsed.version, { state }, by)
      if (state === 'disabled') {
        await endSessionsOf(trx, found.id)
        await revokeLinks(trx, found.id, by)
      }
      await logAccess(trx, 'account', by, { account: found.id, name: found.name, state })
      const key = state === 'disabled' ? 'accounts.disabled' : 'accounts.enabled'
      return { to: paths.accountOf(found.id), flash: { key, params: { name: found.name } } }
    })
  }

  async function endAll(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedAccount(db, request)
    const again = (form: FormState) => showWith(request, reply, found, form)
    const parsed = parseForm(nothingForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      unchangedSince(await accounts.findById(trx, found.id), parsed.version)
      await endAllSessions(trx, request, reply, found.id, now())
      const about = { account: found.id, name: found.name }
      await logAccess(trx, 'sessions', request.by(), about)
      const flash = { key: 'accounts.signedOut', params: { name: found.name } } as const
      return { to: paths.accountOf(found.id), flash }
    })
  }

  /** A link with which the person chooses a password; no password passes through other hands. */
  async function createLink(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedAccount(db, request)
    const again = (form: FormState) => showWith(request, reply, found, form)
    const parsed = parseForm(nothingForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      const stored = unchangedSince(await accounts.findById(trx, found.id), parsed.version)
      const standing = standingOf(stored, request.today())
      if (standing === 'disabled' || standing === 'ended') {
        throw new Refusal({ link: { key: 'accounts.error.notLetIn' } })
      }
      const purpose = standing === 'invited' ? 'invite' : 'reset'
      leaveLink(request, reply, found.id, await renewLink(trx, purpose, found.id, request.by()))
      await logAccess(trx, purpose, request.by(), { account: found.id, name: found.name })
      return { to: paths.accountLink(found.id), flash: { key: 'accounts.linkMade' } }
    })
  }

  async function showLink(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedAccount(db, request)
    const account = personOf(found, request.today())
    const token = takeLink(request, reply, found.id)
    const open = await openLinkOf(db, found.id, now())
    if (!token || !open) return reply.page(linkPage, { account, shown: undefined })
    const { url, reach } = addressFor(request, config.baseUrl, paths.invite(token))
    const code = { href: await qrOf(url) }
    return reply.page(linkPage, { account, shown: { url, reach, code, expiresAt: open.expiresAt } })
  }
}

/** @throws AppError conflict when somebody changed the account since the page was opened */
function unchangedSince(stored: accounts.Account | undefined, version: number): accounts.Account {
  const account = orNotFound(stored)
  if (account.version !== version) throw new AppError('conflict', { key: 'form.changedMeanwhile' })
  return account
}
