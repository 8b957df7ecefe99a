import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { removeRow, updateRow } from '../db/write.ts'
import type { SessionPart } from '../domain/session.ts'
import { orNotFound } from '../errors.ts'
import { emptyForm, type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, queryId } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { askedSession, takes } from './asked.ts'
import { barred, barredWith } from './barred.ts'
import type { Session } from './queries.ts'
import * as records from './records.ts'
import { itemForm, orderForm } from './schema.ts'

const itemsPage = view<{
  form: FormState
  session: Session
  items: records.Item[]
  edits: Record<string, boolean>
}>('fgd/items')
const itemPage = view<{ form: FormState; session: Session; item: records.Item | undefined }>(
  'fgd/item',
)

/** Speakers and agenda belong to the plan; agreements are made in the session. */
export const itemRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/:id/items', { config: { access: 'fgd.edit' } }, index)
  app.post('/:id/items', { config: { access: 'fgd.edit' } }, create)
  app.get('/:id/items/:itemId', { config: { access: 'fgd.edit' } }, edit)
  app.post('/:id/items/:itemId', { config: { access: 'fgd.edit' } }, update)
  app.post('/:id/items/:itemId/order', { config: { access: 'fgd.edit' } }, order)
  removalRoutes(app, context, '/:id/items/:itemId/removal', 'fgd.edit', {
    asked,
    toRemove,
    async remove(trx, { session, item }, version, request) {
      await records.mustTake(trx, session.id, partOf(item.kind))
      await removeRow(trx, 'sessionItem', item.id, version, request.by())
      return backTo(session, item.kind)
    },
  })

  async function index(request: FastifyRequest, reply: FastifyReply) {
    return itemsWith(reply, await askedSession(db, request), emptyForm())
  }

  async function itemsWith(reply: FastifyReply, session: Session, form: FormState) {
    const edits = {
      speaker: takes(session, 'plan'),
      agenda: takes(session, 'plan'),
      agreement: takes(session, 'minutes'),
    }
    return reply.page(itemsPage, {
      form,
      session,
      items: await records.items(db, session.id),
      edits,
    })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const again = (form: FormState) => reply.page(itemPage, { form, session, item: undefined })
    const parsed = parseForm(itemForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await records.mustTake(trx, session.id, partOf(parsed.data.kind))
      await records.insertItem(trx, session.id, parsed.data, request.by())
      return backTo(session, parsed.data.kind, queryId(request, 'opd'))
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const { session, item } = await asked(request)
    const told = barred(session, partOf(item.kind))
    if (told) return barredWith(reply, session, told, 'fgd.items.edit')
    return reply.page(itemPage, { form: filledForm(item), session, item })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const { session, item } = await asked(request)
    const again = (form: FormState) => reply.page(itemPage, { form, session, item })
    const parsed = parseForm(itemForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { name, office, text } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      await records.mustTake(trx, session.id, partOf(item.kind))
      const changes = { name, office, text }
      await updateRow(trx, 'sessionItem', item.id, parsed.version, changes, request.by())
      return backTo(session, item.kind)
    })
  }

  async function order(request: FastifyRequest, reply: FastifyReply) {
    const { session, item } = await asked(request)
    const again = (form: FormState) => itemsWith(reply, session, form)
    const parsed = parseForm(orderForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await records.mustTake(trx, session.id, partOf(item.kind))
      await records.moveItem(trx, item, parsed.data.up === 1, request.by())
      return `${paths.sessionItems(session.id)}#${item.kind}`
    })
  }

  async function asked(request: FastifyRequest) {
    const session = await askedSession(db, request)
    const id = idOf(request, 'itemId')
    return { session, item: orNotFound(await records.findItem(db, session.id, id)) }
  }
}

function partOf(kind: string): SessionPart {
  return kind === 'agreement' ? 'minutes' : 'plan'
}

/** Agreements are written down on the session's own page, where `opdId` may be chosen. */
function backTo(session: Session, kind: string, opdId?: number): string {
  return kind === 'agreement'
    ? `${paths.session(session.id, { opd: opdId })}#agreements`
    : `${paths.sessionItems(session.id)}#${kind}`
}

function toRemove({ session, item }: { session: Session; item: records.Item }): ToRemove {
  return {
    table: 'sessionItem',
    row: item,
    title: { key: 'fgd.items.remove' },
    subject: item.text ?? item.name ?? session.title,
    back: paths.sessionItem(session.id, item.id),
    of: session.title,
    crumbs: [{ href: paths.session(session.id), text: session.title }],
    barred: barred(session, partOf(item.kind)),
  }
}
