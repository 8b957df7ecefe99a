import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { qrOf } from '../accounts/link-shown.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { everything } from '../domain/access.ts'
import { instantOf, localDay } from '../domain/calendar.ts'
import { opdCompleteness } from '../domain/completeness.ts'
import { AppError, orNotFound, Refusal } from '../errors.ts'
import * as opd from '../opd/queries.ts'
import * as recorded from '../opd/recorded.ts'
import { logAccess } from '../web/access-log.ts'
import { emptyForm, type FormState, parseForm, valuesOf } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, queryId } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { sayOf } from '../web/say.ts'
import { view } from '../web/view.ts'
import { type FreshLink, type FreshLinks, handOver } from './hand-over.ts'
import { type ShownLink, shownLinks } from './listed.ts'
import * as portal from './queries.ts'
import { reminderOf } from './reminder.ts'
import { endForm, linkSettingsForm, linksForm } from './schema.ts'
import { type LinkSettings, readLinkSettings, saveLinkSettings } from './settings.ts'

type LinkCard = {
  opdId: number
  opd: string
  /** Absent where the program has no public address. */
  link: { address: string; code: { href: string } } | undefined
  reminder: string
}

const listPage = view<{
  links: ShownLink[]
  opds: opd.OpdOption[]
  form: FormState
  settings: LinkSettings
  hasAddress: boolean
}>('portal/links')
const settingsPage = view<{ form: FormState }>('portal/settings')
const cardsPage = view<{
  cards: LinkCard[]
  until: string
  /** The day by which the data are asked for. */
  due: string
  settings: LinkSettings
}>('portal/cards')

/** For staff: making the links of OPD, their cards, and ending them. */
export const linkRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db, config, now } = context
  const fresh = handOver()
  app.get('/opd/links', { config: { access: 'link.edit' } }, index)
  app.post('/opd/links', { config: { access: 'link.edit' } }, create)
  app.get('/opd/links/cards/:ticket', { config: { access: 'link.edit' } }, cards)
  app.get('/opd/links/settings', { config: { access: 'link.edit' } }, showSettings)
  app.post('/opd/links/settings', { config: { access: 'link.edit' } }, changeSettings)
  app.post('/opd/links/:id/end', { config: { access: 'link.edit' } }, end)

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const form = emptyForm({ opdId: String(queryId(request, 'opd') ?? 'all') })
    return indexWith(request, reply, form)
  }

  async function indexWith(request: FastifyRequest, reply: FastifyReply, form: FormState) {
    return reply.page(listPage, {
      links: await shownLinks(db, now(), request.site.timeZone),
      opds: await opd.options(db, everything, reply.request.today()),
      form,
      settings: await readLinkSettings(db),
      hasAddress: config.baseUrl !== undefined,
    })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const parsed = parseForm(linksForm, request.body)
    const again = (form: FormState) => indexWith(request, reply, form)
    if (!parsed.ok) return again(parsed.form)
    const { opdId, due, endOld } = parsed.data
    const { days } = await readLinkSettings(db)
    const expiresAt = endOfDay(request, days)
    return once(context, request, reply, parsed, again, async (trx) => {
      const ids = opdId === null ? await everyOpd(trx, request) : [await oneOpd(trx, opdId)]
      if (endOld === 1) await endOlder(trx, request, ids)
      const links: FreshLink[] = []
      for (const id of ids) links.push({ opdId: id, token: await makeLink(trx, id) })
      const only = opdId === null ? undefined : await opd.findById(trx, everything, opdId)
      const about = only ? { name: only.name, links: 1 } : { links: links.length }
      if (config.baseUrl !== undefined) await logAccess(trx, 'invite', request.by(), about)
      const made = { links, expiresAt, due: due ?? lastDay(request, expiresAt) }
      const ticket = fresh.give(made, accountOf(request), now())
      return {
        to: paths.opdLinkCards(ticket),
        flash: { key: 'portal.links.made', params: { n: ids.length } },
      }
    })

    async function makeLink(trx: Tx, id: number): Promise<string | undefined> {
      if (config.baseUrl === undefined) return undefined
      return portal.insertLink(trx, id, expiresAt, request.by())
    }
  }

  async function everyOpd(trx: Tx, request: FastifyRequest): Promise<number[]> {
    const all = await portal.opdsForLinks(trx, request.today())
    if (all.length === 0) throw new Refusal({ opdId: { key: 'portal.error.noOpd' } })
    return all.map((each) => each.id)
  }

  async function oneOpd(trx: Tx, id: number): Promise<number> {
    if (await opd.findById(trx, everything, id)) return id
    throw new Refusal({ opdId: { key: 'form.notInList' } })
  }

  async function endOlder(trx: Tx, request: FastifyRequest, ids: readonly number[]) {
    for (const link of await portal.listLinks(trx, now())) {
      if (ids.includes(link.opdId)) await portal.endLink(trx, link, request.by())
    }
  }

  async function cards(request: FastifyRequest, reply: FastifyReply) {
    const { ticket } = request.params as { ticket: string }
    const made = fresh.take(ticket, accountOf(request), now())
    if (!made) throw new AppError('not_found', { key: 'portal.cards.over' })
    return reply.page(cardsPage, {
      cards: await cardsOf(request, made),
      until: lastDay(request, made.expiresAt),
      due: made.due,
      settings: await readLinkSettings(db),
    })
  }

  async function cardsOf(request: FastifyRequest, made: FreshLinks): Promise<LinkCard[]> {
    const { t, format } = sayOf(request)
    const settings = await readLinkSettings(db)
    const until = lastDay(request, made.expiresAt)
    const ids = made.links.map((link) => link.opdId)
    const counts = await recorded.countsOf(db, everything, ids, request.today())
    const last = await portal.lastSession(db, request.today())
    const named = new Map((await portal.addressees(db, ids)).map((each) => [each.id, each]))
    const earlier = await portal.lastMessages(db, ids, request.today(), request.site.timeZone)
    const cardOf = async ({ opdId, token }: FreshLink): Promise<LinkCard> => {
      const addressee = orNotFound(named.get(opdId))
      const address = token && publicAddress(paths.portalLink(token))
      const asked = {
        opd: addressee,
        lacking: opdCompleteness(orNotFound(counts.get(opdId))).parts,
        session: last && { ...last, present: last.present.has(opdId) },
        due: made.due,
        today: request.today(),
        before: earlier.get(opdId),
        link: address ? { address, until } : undefined,
      }
      return {
        opdId,
        opd: addressee.name,
        link: address ? { address, code: { href: await qrOf(address) } } : undefined,
        reminder: reminderOf(asked, settings, request.site, t, format),
      }
    }
    return Promise.all(made.links.map(cardOf))
  }

  function publicAddress(path: string): string {
    return `${config.baseUrl?.replace(/\/+$/, '') ?? ''}${path}`
  }

  async function showSettings(_request: FastifyRequest, reply: FastifyReply) {
    return reply.page(settingsPage, { form: emptyForm(valuesOf(await readLinkSettings(db))) })
  }

  async function changeSettings(request: FastifyRequest, reply: FastifyReply) {
    const parsed = parseForm(linkSettingsForm, request.body)
    const again = (form: FormState) => reply.page(settingsPage, { form })
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await saveLinkSettings(trx, parsed.data)
      await logAccess(trx, 'settings', request.by(), { links: parsed.data })
      return paths.opdLinks()
    })
  }

  async function end(request: FastifyRequest, reply: FastifyReply) {
    const link = orNotFound(await portal.findLinkById(db, idOf(request), now()))
    const parsed = parseForm(endForm, request.body)
    const again = (form: FormState) => indexWith(request, reply, form)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      if (parsed.data.what === 'phone') {
        await portal.endPhone(trx, link.id, parsed.data.phone)
        await logAccess(trx, 'sessions', request.by(), { name: link.opd })
        return { to: paths.opdLinks(), flash: { key: 'portal.links.phoneEnded' } }
      }
      await portal.endLink(trx, link, request.by())
      await logAccess(trx, 'sessions', request.by(), { name: link.opd, link: true })
      return { to: paths.opdLinks(), flash: { key: 'portal.links.ended' } }
    })
  }
}

/** The last minute of the day that comes so many days after today. */
function endOfDay(request: FastifyRequest, days: number): string {
  const day = new Date(Date.parse(`${request.today()}T00:00:00Z`) + days * 86_400_000)
  return instantOf(day.toISOString().slice(0, 10), '23:59', request.site.timeZone)
}

/** The last day on which a link works. */
function lastDay(request: FastifyRequest, expiresAt: string): string {
  return localDay(expiresAt, request.site.timeZone)
}

function accountOf({ actor }: FastifyRequest): number | null {
  return actor.kind === 'person' ? actor.accountId : null
}
