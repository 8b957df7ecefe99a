import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { updateRow } from '../db/write.ts'
import { AppError, orNotFound, Refusal } from '../errors.ts'
import { logAccess } from '../web/access-log.ts'
import { emptyForm, type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, pageOf, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { endSessionsOf, startSession } from '../web/session.ts'
import { view } from '../web/view.ts'
import { addressFor, leaveLink, qrOf, type Reach, takeLink } from './link-shown.ts'
import { openLinkOf, renewLink, revokeLinks } from './links.ts'
import * as accounts from './queries.ts'
import { type AccountInput, accountForm, inviteForm, nothingForm, stateForm } from './schema.ts'
import { isLastingAdministrator, type Standing, standingOf } from './standing.ts'

type Person = Omit<accounts.Listed, 'passwordHash'> & { standing: Standing }

const indexPage = view<{
  rows: Person[]
  n: number
  page: number
  pages: number
  search: string
}>('accounts/index')
const formPage = view<{
  form: FormState
  account: Person | undefined
  opds: { value: number; label: string }[]
}>('accounts/form')
const showPage = view<{
  form: FormState
  account: Person
  sessions: number
  link: { purpose: string; expiresAt: string } | undefined
  own: boolean
}>('accounts/show')
const linkPage = view<{
  account: Person
  shown: { url: string; reach: Reach; code: { href: string }; expiresAt: string } | undefined
}>('accounts/link')

/** The accounts of others: invited, changed and ended by an administrator. */
export function peopleRoutes(app: FastifyInstance, context: Context): void {
  const { db, config, now } = context
  app.get('/accounts', { config: { access: 'account.manage' } }, index)
  app.get('/accounts/new', { config: { access: 'account.manage' } }, newForm)
  app.post('/accounts', { config: { access: 'account.manage' } }, create)
  app.get('/accounts/:id', { config: { access: 'account.manage' } }, show)
  app.get('/accounts/:id/edit', { config: { access: 'account.manage' } }, edit)
  app.post('/accounts/:id', { config: { access: 'account.manage' } }, update)
  app.get('/accounts/:id/link', { config: { access: 'account.manage' } }, showLink)
  app.post('/accounts/:id/link', { config: { access: 'account.manage' } }, createLink)
  app.post('/accounts/:id/state', { config: { access: 'account.manage' } }, changeState)
  app.post('/accounts/:id/sessions', { config: { access: 'account.manage' } }, endAll)

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const search = queryText(request, 'q')
    const page = pageOf(request)
    const { rows, ...counted } = await accounts.list(db, search, page)
    const people = rows.map((row) => personOf(row, request.today()))
    return reply.page(indexPage, { ...counted, rows: people, page, search })
  }

  async function newForm(_request: FastifyRequest, reply: FastifyReply) {
    return askNew(reply, emptyForm())
  }

  async function askNew(reply: FastifyReply, form: FormState) {
    const opds = await accounts.opdOptions(db)
    return reply.page(formPage, { form, account: undefined, opds })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => askNew(reply, form)
    const parsed = parseForm(inviteForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { username, name, validUntil } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      if (await accounts.findByUsername(trx, username)) {
        throw new Refusal({ username: { key: 'accounts.error.taken' } })
      }
      if (validUntil !== null && validUntil < request.today()) {
        throw new Refusal({ validUntil: { key: 'accounts.error.past' } })
      }
      const roles = await rolesFrom(trx, parsed.data)
      const account = { username, name, validUntil, roles, passwordHash: null }
      const id = await accounts.insert(trx, account, request.by())
      leaveLink(request, reply, id, await renewLink(trx, 'invite', id, request.by()))
      await logAccess(trx, 'invite', request.by(), { account: id, name })
      return { to: paths.accountLink(id), flash: { key: 'accounts.invited' } }
    })
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    return showWith(request, reply, await asked(request), emptyForm())
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
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    const roles = [...new Set(found.roles.map(({ role }) => role))]
    const opdIds = found.roles.flatMap(({ opdId }) => (opdId === null ? [] : [opdId]))
    const { name, validUntil, version } = found
    return askEdit(request, reply, found, filledForm({ name, validUntil, version, roles, opdIds }))
  }

  async function askEdit(
    request: FastifyRequest,
    reply: FastifyReply,
    found: accounts.Listed,
    form: FormState,
  ) {
    const opds = await accounts.opdOptions(db)
    return reply.page(formPage, { form, account: personOf(found, request.today()), opds })
  }

  /** Other roles end the sessions of the account, so that nothing goes on under the old ones. */
  async function update(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
    const again = (form: FormState) => askEdit(request, reply, found, form)
    const parsed = parseForm(accountForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { name, validUntil } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      const roles = await rolesFrom(trx, parsed.data)
      const kept = await keptAdministrator(trx, found.id, { roles, validUntil })
      if (!kept) throw new Refusal({ [lostBy(parsed.data)]: { key: 'accounts.error.lastAdmin' } })
      const changes = { name, validUntil }
      const by = request.by()
      const changed = await updateRow(trx, 'account', found.id, parsed.version, changes, by, {
        roles,
      })
      if (changed.includes('roles')) {
        await endAllSessions(trx, request, reply, found.id)
        await logAccess(trx, 'role', by, { account: found.id, name, roles: parsed.data.roles })
      }
      if (changed.includes('validUntil')) {
        await logAccess(trx, 'account', by, { account: found.id, name, validUntil })
      }
      return paths.accountOf(found.id)
    })
  }

  async function changeState(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
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
    const found = await asked(request)
    const again = (form: FormState) => showWith(request, reply, found, form)
    const parsed = parseForm(nothingForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      unchangedSince(await accounts.findById(trx, found.id), parsed.version)
      await endAllSessions(trx, request, reply, found.id)
      const about = { account: found.id, name: found.name }
      await logAccess(trx, 'sessions', request.by(), about)
      const flash = { key: 'accounts.signedOut', params: { name: found.name } } as const
      return { to: paths.accountOf(found.id), flash }
    })
  }

  /** A link with which the person chooses a password; no password passes through other hands. */
  async function createLink(request: FastifyRequest, reply: FastifyReply) {
    const found = await asked(request)
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
    const found = await asked(request)
    const account = personOf(found, request.today())
    const token = takeLink(request, reply, found.id)
    const open = await openLinkOf(db, found.id, now())
    if (!token || !open) return reply.page(linkPage, { account, shown: undefined })
    const { url, reach } = addressFor(request, config.baseUrl, paths.invite(token))
    const code = { href: await qrOf(url) }
    return reply.page(linkPage, { account, shown: { url, reach, code, expiresAt: open.expiresAt } })
  }

  async function asked(request: FastifyRequest): Promise<accounts.Listed> {
    return orNotFound(await accounts.findWithRoles(db, idOf(request)))
  }

  /** Ends every session of the account; an administrator's own browser goes on with a new one. */
  async function endAllSessions(
    trx: Tx,
    request: FastifyRequest,
    reply: FastifyReply,
    accountId: number,
  ) {
    await endSessionsOf(trx, accountId)
    if (isOwn(request, accountId)) await startSession(trx, request, reply, accountId, now())
  }
}

function personOf({ passwordHash, ...account }: accounts.Listed, today: string): Person {
  return { ...account, standing: standingOf({ passwordHash, ...account }, today) }
}

function isOwn({ actor }: FastifyRequest, accountId: number): boolean {
  return actor.kind === 'person' && actor.accountId === accountId
}

/** @throws AppError conflict when somebody changed the account since the page was opened */
function unchangedSince(stored: accounts.Account | undefined, version: number): accounts.Account {
  const account = orNotFound(stored)
  if (account.version !== version) throw new AppError('conflict', { key: 'form.changedMeanwhile' })
  return account
}

/** The rows of the roles: a representative has one for each OPD. */
async function rolesFrom(
  trx: Tx,
  { roles, opdIds }: Pick<AccountInput, 'roles' | 'opdIds'>,
): Promise<accounts.RoleRow[]> {
  const known = new Set((await accounts.opdOptions(trx)).map(({ value }) => value))
  if (!opdIds.every((id) => known.has(id))) {
    throw new Refusal({ opdIds: { key: 'form.notInList' } })
  }
  return roles.flatMap((role): accounts.RoleRow[] =>
    role === 'opd' ? opdIds.map((opdId) => ({ role, opdId })) : [{ role, opdId: null }],
  )
}

/** Whether a lasting administrator is left once the account is changed like this. */
async function keptAdministrator(
  trx: Tx,
  id: number,
  changes: Partial<Pick<accounts.Listed, 'state' | 'validUntil'> & { roles: accounts.RoleRow[] }>,
): Promise<boolean> {
  const before = orNotFound(await accounts.findWithRoles(trx, id))
  if (!isLastingAdministrator(before)) return true
  if (isLastingAdministrator({ ...before, ...changes })) return true
  return (await accounts.otherAdministrators(trx, id)) > 0
}

/** The field by which the last administrator would be lost. */
function lostBy({ roles }: AccountInput): 'roles' | 'validUntil' {
  return roles.includes('admin') ? 'validUntil' : 'roles'
}
