import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { updateRow } from '../db/write.ts'
import { Refusal } from '../errors.ts'
import { logAccess } from '../web/access-log.ts'
import { emptyForm, type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { pageOf, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { view } from '../web/view.ts'
import { leaveLink } from './link-shown.ts'
import { renewLink } from './links.ts'
import { askedAccount, endAllSessions, keptAdministrator, type Person, personOf } from './person.ts'
import * as accounts from './queries.ts'
import { type AccountInput, accountForm, inviteForm } from './schema.ts'

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
/** The people with accounts: listed, invited and changed by an administrator. */
export function peopleRoutes(app: FastifyInstance, context: Context): void {
  const { db, now } = context
  app.get('/accounts', { config: { access: 'account.manage' } }, index)
  app.get('/accounts/new', { config: { access: 'account.manage' } }, newForm)
  app.post('/accounts', { config: { access: 'account.manage' } }, create)
  app.get('/accounts/:id/edit', { config: { access: 'account.manage' } }, edit)
  app.post('/accounts/:id', { config: { access: 'account.manage' } }, update)

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

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedAccount(db, request)
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
    const found = await askedAccount(db, request)
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
        await endAllSessions(trx, request, reply, found.id, now())
        await logAccess(trx, 'role', by, { account: found.id, name, roles: parsed.data.roles })
      }
      if (changed.includes('validUntil')) {
        await logAccess(trx, 'account', by, { account: found.id, name, validUntil })
      }
      return paths.accountOf(found.id)
    })
  }
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

/** The field by which the last administrator would be lost. */
function lostBy({ roles }: AccountInput): 'roles' | 'validUntil' {
  return roles.includes('admin') ? 'validUntil' : 'roles'
}
