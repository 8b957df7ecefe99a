import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { localDay } from '../domain/calendar.ts'
import * as opd from '../opd/queries.ts'
import { logAccess } from '../web/access-log.ts'
import { emptyForm, type FormState, parseForm, wholeForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { startSession } from '../web/session.ts'
import { view } from '../web/view.ts'
import type { OpdLink } from './queries.ts'
import * as portal from './queries.ts'
import { type PersonInput, personForm } from './schema.ts'
import { type LinkSettings, mostPhones, readLinkSettings } from './settings.ts'

const welcomePage = view<{
  form: FormState
  token: string
  link: OpdLink
  /** The last day on which it works. */
  until: string
  /** The account that this browser would leave. */
  account: string | undefined
}>('portal/welcome')
const overPage = view<{ contact: LinkSettings; ended: opd.Ended | undefined }>('portal/over')

/**
 * The link of an OPD: looking at it changes nothing, answering who one is opens it on this phone.
 * Its address is a secret: of it, only the origin goes along to other pages.
 */
export const openingRoutes: FastifyPluginAsync<Context> = async (app, { db, whole, now }) => {
  app.get('/o/:token', { config: { access: 'portal.open' } }, show)
  app.post('/o/:token', { config: { access: 'portal.open' } }, open)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const link = await portal.findLink(db, tokenOf(request), now())
    return link ? ask(request, reply, link, emptyForm(personNow(request))) : over(request, reply)
  }

  async function open(request: FastifyRequest, reply: FastifyReply) {
    const link = await portal.findLink(db, tokenOf(request), now())
    if (!link) return over(request, reply)
    const parsed = parseForm(personForm, request.body)
    if (!parsed.ok) return ask(request, reply, link, parsed.form)
    const opened = await openOn(request, reply, parsed.data)
    if (opened === 'over') return over(request, reply)
    if (opened === 'open') return reply.redirect(paths.portal(), 303)
    const errors = {
      [wholeForm]: { key: 'portal.error.phones', params: { n: mostPhones } } as const,
    }
    return ask(request, reply, link, { values: parsed.values, errors, status: 422 })
  }

  /** Counts the phones and starts the session in one transaction: of two at once one is the ninth. */
  function openOn(request: FastifyRequest, reply: FastifyReply, person: PersonInput) {
    return whole.transaction().execute(async (trx) => {
      const link = await portal.findLink(trx, tokenOf(request), now())
      if (!link) return 'over'
      const others = await portal.countPhones(trx, link.id, now(), request.sessionRef)
      if (others >= mostPhones) return 'full'
      const { id: linkId, expiresAt } = link
      await startSession(trx, request, reply, { linkId, expiresAt, ...person }, now())
      const actorName = `${person.name}, ${person.position}`
      const by = { accountId: null, linkId, actorName, at: now().toISOString() }
      await logAccess(trx, 'signIn', by)
      return 'open'
    })
  }

  async function ask(request: FastifyRequest, reply: FastifyReply, link: OpdLink, form: FormState) {
    const { actor } = request
    const account = actor.kind === 'person' && actor.accountId !== null ? actor.name : undefined
    const token = tokenOf(request)
    const until = localDay(link.expiresAt, request.site.timeZone)
    return secret(reply).page(welcomePage, { form, token, link, until, account })
  }

  async function over(request: FastifyRequest, reply: FastifyReply) {
    const opdId = await portal.opdOfLink(db, { token: tokenOf(request) })
    const [ended] = await opd.endedAmong(db, opdId ? [opdId] : [], request.today())
    return secret(reply.code(410)).page(overPage, { contact: await readLinkSettings(db), ended })
  }
}

function secret(reply: FastifyReply): FastifyReply {
  return reply.header('referrer-policy', 'strict-origin')
}

function tokenOf(request: FastifyRequest): string {
  return (request.params as { token: string }).token
}

/** Who fills in on this phone already, to be said again with one touch. */
function personNow({ actor }: FastifyRequest): FormState['values'] {
  if (actor.kind === 'guest' || actor.linkId === undefined) return {}
  return { name: actor.name, position: actor.position ?? '' }
}
