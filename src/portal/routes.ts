import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Tx } from '../db/schema.ts'
import { updateRow } from '../db/write.ts'
import { type Scope, scopeOf } from '../domain/access.ts'
import { localClock } from '../domain/calendar.ts'
import { opdCompleteness } from '../domain/completeness.ts'
import { type Message, orForbidden, orNotFound, Refusal } from '../errors.ts'
import * as opd from '../opd/queries.ts'
import * as recorded from '../opd/recorded.ts'
import {
  emptyForm,
  type FormState,
  type Parsed,
  parseForm,
  type Unparsed,
  wholeForm,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { ownPage } from '../web/own-card.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { view } from '../web/view.ts'
import { linkRoutes } from './links.ts'
import { openingRoutes } from './open.ts'
import { type Card, cardsOf } from './page.ts'
import * as portal from './queries.ts'
import { sayAgain } from './same.ts'
import { confirmForm, identityForm, noneForm, ownDutyForm, personForm, sameForm } from './schema.ts'
import { type LinkSettings, readLinkSettings } from './settings.ts'

/** The form of the page that came back, if one did; the others are shown fresh. */
type Asked = 'identity' | 'duty' | 'confirm' | 'person' | 'other'

type Saving<T> = {
  found: opd.Opd
  asked: Asked
  parsed: Parsed<T> | Unparsed
  flash?: Message
}

const page = view<Card & { form: FormState; asked: Asked | undefined }>('portal/page')
const choosePage = view<{ opds: opd.OpdOption[] }>('portal/choose')
const overPage = view<{ contact: LinkSettings; ended: opd.Ended | undefined }>('portal/over')
const endedPage = view<{ contact: LinkSettings }>('portal/ended')

/** The page of one OPD for its own people: what is known, what is missing, and their word for it. */
export const portalRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db, now } = context
  await app.register(openingRoutes, context)
  await app.register(linkRoutes, context)
  app.get('/o', { config: { access: 'portal.open' } }, own)
  app.post('/o/person', { config: { access: 'session.own' } }, rename)
  app.get('/opd/:id/portal', { config: { access: 'inventory.view' } }, show)
  app.post('/opd/:id/portal/identity', { config: { access: 'inventory.edit' } }, saveIdentity)
  app.post('/opd/:id/portal/duties', { config: { access: 'inventory.edit' } }, addDuty)
  app.post('/opd/:id/portal/same', { config: { access: 'inventory.edit' } }, saySame)
  app.post('/opd/:id/portal/none', { config: { access: 'inventory.edit' } }, sayNone)
  app.post('/opd/:id/portal/confirmation', { config: { access: 'inventory.edit' } }, confirm)

  async function own(request: FastifyRequest, reply: FastifyReply) {
    const { actor } = request
    if (actor.kind === 'guest') return over(request, reply)
    const scope = scopeOf(actor)
    if (scope.all || scope.opdIds.length === 0) return reply.redirect(paths.home(), 303)
    const opds = await opd.options(db, scope, request.today())
    if (opds.length > 1) return reply.page(choosePage, { opds })
    const found = orNotFound(await opd.findById(db, scope, scope.opdIds[0] ?? 0))
    return showWith(request, reply, found, emptyForm())
  }

  /** The link itself is over, or only the session of this phone. */
  async function over(request: FastifyRequest, reply: FastifyReply) {
    const { leftLink } = request
    const opdId = leftLink && (await portal.opdOfLink(db, { id: leftLink }))
    const [ended] = await opd.endedAmong(db, opdId ? [opdId] : [], request.today())
    if (ended) {
      const contact = await readLinkSettings(db)
      return reply.code(410).page(overPage, { contact, ended })
    }
    const works = leftLink === undefined || (await portal.findLinkById(db, leftLink, now()))
    const contact = await readLinkSettings(db)
    return works
      ? reply.code(410).page(endedPage, { contact })
      : reply.code(410).page(overPage, { contact, ended })
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    return showWith(request, reply, await askedOpd(request), emptyForm())
  }

  async function showWith(
    request: FastifyRequest,
    reply: FastifyReply,
    found: opd.Opd,
    form: FormState,
    asked?: Asked,
  ) {
    const at = { now: now(), today: request.today(), zone: request.site.timeZone }
    return reply.page(page, { ...(await cardsOf(db, request.actor, found, at)), form, asked })
  }

  async function rename(request: FastifyRequest, reply: FastifyReply) {
    const { actor, sessionRef } = request
    const linkId = actor.kind === 'person' ? actor.linkId : undefined
    orForbidden(linkId !== undefined && sessionRef !== undefined)
    const found = await ownOpd(request)
    const parsed = parseForm(personForm, request.body)
    return save(request, reply, { found, asked: 'person', parsed }, async (trx, person) => {
      if (linkId === undefined || sessionRef === undefined) return
      await portal.renamePhone(trx, linkId, sessionRef, person)
    })
  }

  async function saveIdentity(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedOpd(request)
    const parsed = parseForm(identityForm, request.body)
    return save(
      request,
      reply,
      { found, asked: 'identity', parsed },
      async (trx, fields, version) => {
        await updateRow(trx, 'opd', found.id, version, fields, request.by())
      },
    )
  }

  async function addDuty(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedOpd(request)
    const parsed = parseForm(ownDutyForm, request.body)
    return save(request, reply, { found, asked: 'duty', parsed }, async (trx, duty) => {
      await recorded.insertDuty(trx, found.id, { ...duty, verified: 0 }, request.by())
    })
  }

  async function saySame(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedOpd(request)
    const parsed = parseForm(sameForm, request.body)
    return save(request, reply, { found, asked: 'other', parsed }, async (trx, said) => {
      const all = { ...said, opdId: found.id, today: request.today() }
      await sayAgain(trx, ofOpd(found), all, request.by())
    })
  }

  async function sayNone(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedOpd(request)
    const parsed = parseForm(noneForm, request.body)
    return save(request, reply, { found, asked: 'other', parsed }, async (trx, { part, say }) => {
      if (say === 'back') return recorded.removeAnswer(trx, found.id, part, request.by())
      const counts = (await recorded.countsOf(trx, ofOpd(found), [found.id], request.today())).get(
        found.id,
      )
      if (counts && counts[part] > 0) {
        throw new Refusal({ [wholeForm]: { key: 'opd.error.answer' } }, 409)
      }
      await recorded.insertAnswer(trx, found.id, part, request.today(), request.by())
    })
  }

  async function confirm(request: FastifyRequest, reply: FastifyReply) {
    const found = await askedOpd(request)
    const parsed = parseForm(confirmForm, request.body)
    const { actor } = request
    const byLink = actor.kind === 'person' && actor.linkId !== undefined ? actor : undefined
    return save(
      request,
      reply,
      { found, asked: 'confirm', parsed, flash: { key: 'portal.confirm.done' } },
      async (trx, { note, ...typed }) => {
        const name = byLink?.name ?? typed.name
        const position = byLink?.position ?? typed.position
        if (!name) throw new Refusal({ name: { key: 'portal.error.name' } })
        if (!position) throw new Refusal({ position: { key: 'portal.error.position' } })
        const counts = orNotFound(
          (await recorded.countsOf(trx, ofOpd(found), [found.id], request.today())).get(found.id),
        )
        if (!opdCompleteness(counts).mayConfirm && note === null) {
          throw new Refusal({ note: { key: 'portal.error.incomplete' } })
        }
        const said = { opdId: found.id, asOf: request.today(), name, position, note }
        await portal.insertConfirmation(trx, said, request.by())
      },
    )
  }

  /** Saves what a form of the page says, and shows the page again with the time it was saved. */
  async function save<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    { found, asked, parsed, flash = savedNow(request) }: Saving<T>,
    work: (trx: Tx, data: T, version: number) => Promise<unknown>,
  ) {
    const again = (form: FormState) => showWith(request, reply, found, form, asked)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await work(trx, parsed.data, parsed.version)
      return { to: `${ownPage(request.actor, found.id)}#${anchorOf(asked, parsed.values)}`, flash }
    })
  }

  function savedNow(request: FastifyRequest): Message {
    const time = localClock(now(), request.site.timeZone).replace(':', '.')
    return { key: 'portal.saved', params: { time } }
  }

  async function askedOpd(request: FastifyRequest): Promise<opd.Opd> {
    return orNotFound(await opd.findById(db, scopeOf(request.actor), idOf(request)))
  }

  async function ownOpd(request: FastifyRequest): Promise<opd.Opd> {
    const scope = scopeOf(request.actor)
    const id = scope.all ? 0 : (scope.opdIds[0] ?? 0)
    return orNotFound(await opd.findById(db, scope, id))
  }
}

/** The card that was worked on: what is shown first after saving. */
function anchorOf(asked: Asked, { part }: FormState['values']): string {
  if (asked === 'identity' || asked === 'duty') return 'identity'
  if (asked === 'confirm') return 'confirmation'
  if (asked === 'person') return 'content'
  if (part === 'people') return 'identity'
  return part === 'internet' ? 'offices' : String(part)
}

const ofOpd = ({ id }: opd.Opd): Scope => ({ all: false, opdIds: [id] })
