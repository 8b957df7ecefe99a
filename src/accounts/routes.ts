import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import type { By } from '../db/write.ts'
import { orNotFound, Refusal } from '../errors.ts'
import { logAccess } from '../web/access-log.ts'
import { emptyForm, type FormState, parseForm, wholeForm } from '../web/form.ts'
import { knownBrowser } from '../web/known-browser.ts'
import { byLink, once } from '../web/once.ts'
import { ownPath, paths } from '../web/paths.ts'
import { endSession, endSessionsOf, setLanguage, startSession } from '../web/session.ts'
import { view } from '../web/view.ts'
import { accessRoutes } from './access.ts'
import { gone, inviteRoutes, LinkGone, tokenOf } from './invite.ts'
import { findSetupLink } from './links.ts'
import { logRoutes } from './log.ts'
import { idOfActor, ownRoutes } from './own.ts'
import { fits, hashPassword, passwordTrouble, placeNames } from './passwords.ts'
import { peopleRoutes } from './people.ts'
import * as accounts from './queries.ts'
import { languageForm, passwordForm, signInForm } from './schema.ts'
import { setUp } from './setup.ts'
import { setupForm } from './setup-form.ts'
import { standingOf } from './standing.ts'
import { forgive, takeGuess } from './throttle.ts'

const signInPage = view<{ form: FormState; wait: number }>('accounts/sign-in')
const waitingPage = view('accounts/waiting')
const passwordPage = view<{ form: FormState }>('accounts/password')
const securityPage = view('accounts/security')
const setupPage = view<{ form: FormState; token: string }>('accounts/setup')

const wrong: FormState['errors'] = { [wholeForm]: { key: 'accounts.signIn.wrong' } }

/** What is asked for when a field was left empty; no guess, so that nothing is counted. */
function lacking(typed: { username: string | null; password: string }): FormState['errors'] {
  return {
    ...(typed.username === null && { username: { key: 'accounts.error.username' } }),
    ...(typed.password === '' && { password: { key: 'accounts.error.password' } }),
  }
}

export const accountRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db, whole, now } = context
  app.get('/sign-in', { config: { access: 'session.start' } }, showSignIn)
  app.post('/sign-in', { config: { access: 'session.start', limit: 'signIn' } }, signIn)
  app.post('/sign-out', { config: { access: 'session.own' } }, signOut)
  app.get('/password', { config: { access: 'password.own' } }, showPassword)
  app.post('/password', { config: { access: 'password.own' } }, changePassword)
  app.get('/security', { config: { access: 'page.public' } }, showSecurity)
  app.post('/language', { config: { access: 'page.public' } }, changeLanguage)
  app.get('/setup/:token', { config: { access: 'setup.do' } }, showSetup)
  app.post('/setup/:token', { config: { access: 'setup.do' } }, doSetup)
  ownRoutes(app, context)
  inviteRoutes(app, context)
  peopleRoutes(app, context)
  accessRoutes(app, context)
  logRoutes(app, context)

  async function showSignIn(request: FastifyRequest, reply: FastifyReply) {
    const next = ownPath((request.query as { next?: unknown }).next, '')
    if (request.actor.kind === 'person') return reply.redirect(next || paths.home(), 303)
    if (!request.site.ready) return reply.page(waitingPage, {})
    return reply.page(signInPage, { form: emptyForm({ next }), wait: 0 })
  }

  async function signIn(request: FastifyRequest, reply: FastifyReply) {
    const typed = signInForm.safeParse(request.body ?? {})
    if (!typed.success) return askAgain(reply, {}, wrong)
    const { username, password, next } = typed.data
    const shown = { username: username ?? '', next: ownPath(next, '') }
    if (username === null || password === '') return askAgain(reply, shown, lacking(typed.data))
    const account = await accounts.findByUsername(db, username)
    const { guesser, wait } = await guess(request, username, account?.id)
    if (wait > 0) {
      const errors = { [wholeForm]: { key: 'accounts.signIn.wait', params: { wait } } } as const
      return askAgain(reply.code(429).header('retry-after', wait), shown, errors, wait)
    }
    const right = await fits(password, account?.passwordHash ?? null)
    const standing = account && standingOf(account, request.today())
    if (!account || !right || standing !== 'active') {
      await logAccess(whole, 'signInRefused', byOf(account), { why: standing ?? 'unknown' })
      return askAgain(reply, shown, wrong)
    }
    await whole.transaction().execute(async (trx) => {
      await forgive(trx, guesser, now())
      await accounts.sweepSessions(trx, now())
      await startSession(trx, request, reply, account.id, now())
      await logAccess(trx, 'signIn', byOf(account))
    })
    return reply.redirect(ownPath(next, paths.home()), 303)
  }

  async function askAgain(
    reply: FastifyReply,
    values: FormState['values'],
    errors: FormState['errors'],
    wait = 0,
  ) {
    const status = wait > 0 ? 200 : 422
    return reply.page(signInPage, { form: { values, errors, status }, wait })
  }

  async function signOut(request: FastifyRequest, reply: FastifyReply) {
    await logAccess(whole, 'signOut', request.by())
    await endSession(whole, request, reply)
    const { actor } = request
    const byLink = actor.kind === 'person' && actor.linkId !== undefined
    return reply.redirect(byLink ? paths.portal() : paths.signIn(), 303)
  }

  async function showPassword(_request: FastifyRequest, reply: FastifyReply) {
    return reply.page(passwordPage, { form: emptyForm() })
  }

  async function changePassword(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => reply.page(passwordPage, { form })
    const parsed = parseForm(passwordForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const account = orNotFound(await accounts.findById(db, idOfActor(request)))
    const refused = await troubleOf(request, account, parsed.data)
    const passwordHash = refused ? '' : await hashPassword(parsed.data.password)
    return once(context, request, reply, parsed, again, async (trx) => {
      if (refused) throw refused
      await replacePassword(trx, request, reply, account, passwordHash)
      return { to: paths.home(), flash: { key: 'accounts.password.changed' } }
    })
  }

  async function troubleOf(
    request: FastifyRequest,
    account: accounts.Account,
    typed: { passwordOld: string; password: string },
  ): Promise<Refusal | undefined> {
    const trouble = passwordTrouble(typed.password, [account.username, ...placeNames(request.site)])
    if (trouble) return new Refusal({ password: trouble })
    const { guesser, wait } = await guess(request, account.username, account.id)
    if (wait > 0) {
      return new Refusal({ passwordOld: { key: 'accounts.signIn.wait', params: { wait } } })
    }
    if (!(await fits(typed.passwordOld, account.passwordHash))) {
      return new Refusal({ passwordOld: { key: 'accounts.error.old' } })
    }
    await whole.transaction().execute((trx) => forgive(trx, guesser, now()))
    return undefined
  }

  /** Ends every session of the account; this browser goes on with a new one. */
  async function replacePassword(
    trx: Tx,
    request: FastifyRequest,
    reply: FastifyReply,
    account: accounts.Account,
    passwordHash: string,
  ) {
    const stored = await accounts.findById(trx, account.id)
    if (stored?.passwordHash !== account.passwordHash) {
      throw new Refusal({ passwordOld: { key: 'accounts.error.old' } })
    }
    await accounts.update(trx, account.id, { passwordHash }, request.by())
    await endSessionsOf(trx, account.id)
    await startSession(trx, request, reply, account.id, now())
    await logAccess(trx, 'password', request.by())
  }

  async function changeLanguage(request: FastifyRequest, reply: FastifyReply) {
    const typed = languageForm.safeParse(request.body ?? {})
    if (!typed.success) return reply.redirect(paths.home(), 303)
    const { locale, next } = typed.data
    setLanguage(reply, locale)
    if (request.actor.kind === 'person') {
      await whole
        .transaction()
        .execute((trx) => accounts.update(trx, idOfActor(request), { locale }, request.by()))
    }
    return reply.redirect(ownPath(next, paths.home()), 303)
  }

  /** What SECURITY.md says, for the people who use the program. */
  async function showSecurity(_request: FastifyRequest, reply: FastifyReply) {
    return reply.page(securityPage, {})
  }

  async function showSetup(request: FastifyRequest, reply: FastifyReply) {
    const token = tokenOf(request)
    if (!(await findSetupLink(db, token, now()))) return gone(reply, 'setup')
    const year = Number(request.today().slice(0, 4))
    const form = emptyForm({
      timeZone: '',
      officeName: request.site.officeName,
      officeShort: request.site.officeShort,
      planTitle: 'Grand Design E-Government',
      yearFrom: String(year + 1),
      yearTo: String(year + 5),
    })
    return askSetup(reply, form, token)
  }

  async function doSetup(request: FastifyRequest, reply: FastifyReply) {
    const token = tokenOf(request)
    const again = (form: FormState) => askSetup(reply, form, token)
    const parsed = parseForm(setupForm, request.body)
    if (!parsed.ok) {
      return (await findSetupLink(db, token, now())) ? again(parsed.form) : gone(reply, 'setup')
    }
    const { data } = parsed
    const own = [data.username, data.name, data.officeShort, data.officeName, data.capital ?? '']
    const trouble = passwordTrouble(data.password, own)
    const passwordHash = trouble ? '' : await hashPassword(data.password)
    try {
      return await byLink(context, request, reply, parsed, again, async (trx) => {
        const link = await findSetupLink(trx, token, now())
        if (!link) throw new LinkGone()
        if (trouble) throw new Refusal({ password: trouble })
        const accountId = await setUp(trx, link, data, passwordHash, now())
        await startSession(trx, request, reply, accountId, now())
        return { to: paths.home(), flash: { key: 'accounts.setup.done' } }
      })
    } catch (error) {
      if (error instanceof LinkGone) return gone(reply, 'setup')
      throw error
    }
  }

  /** The address of the page is a secret: of it, only the origin goes along to other pages. */
  async function askSetup(reply: FastifyReply, form: FormState, token: string) {
    return reply.header('referrer-policy', 'strict-origin').page(setupPage, { form, token })
  }

  /** Counts a guess at the password of a name; `accountId` is the account of that name, if any. */
  function guess(request: FastifyRequest, username: string, accountId: number | undefined) {
    return whole.transaction().execute(async (trx) => {
      const browser =
        accountId === undefined ? undefined : await knownBrowser(trx, request, accountId, now())
      const guesser = { name: accounts.usernameKey(username), ip: request.ip, browser }
      return { guesser, wait: await takeGuess(trx, guesser, now()) }
    })
  }

  function byOf(account: accounts.Account | undefined): By {
    const { id = null, name = '' } = account ?? {}
    return { accountId: id, linkId: null, actorName: name, way: 'form', at: now().toISOString() }
  }
}
