import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { removeRow, updateRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { isDayOf, overSeveralDays } from '../domain/session.ts'
import { orNotFound, Refusal } from '../errors.ts'
import * as opd from '../opd/queries.ts'
import { type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { askedSession } from './asked.ts'
import { barred, barredWith } from './barred.ts'
import type { Session } from './queries.ts'
import * as records from './records.ts'
import { minuteForm } from './schema.ts'

type Minute = NonNullable<Awaited<ReturnType<typeof records.findMinute>>>

const minutePage = view<{
  form: FormState
  session: Session
  minute: Minute | undefined
  severalDays: boolean
  opdOptions: opd.OpdOption[]
}>('fgd/minute')

export const minuteRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.post('/:id/minutes', { config: { access: 'fgd.edit' } }, create)
  app.get('/:id/minutes/:minuteId', { config: { access: 'fgd.edit' } }, edit)
  app.post('/:id/minutes/:minuteId', { config: { access: 'fgd.edit' } }, update)
  removalRoutes(app, context, '/:id/minutes/:minuteId/removal', 'fgd.edit', {
    asked,
    toRemove,
    async remove(trx, { session, minute }, version, request) {
      await records.mustTake(trx, session.id, 'minutes')
      await removeRow(trx, 'minute', minute.id, version, request.by())
      return backTo(session, minute.opdId)
    },
  })

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const again = (form: FormState) => minuteWith(reply, session, undefined, form)
    const parsed = parseForm(minuteForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await records.mustTake(trx, session.id, 'minutes')
      mustBeOfSession(session, parsed.data.onDay)
      await records.mustBeOpd(trx, [parsed.data.opdId])
      await records.insertMinute(trx, session.id, parsed.data, request.by())
      return backTo(session, parsed.data.opdId)
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const { session, minute } = await asked(request)
    const told = barred(session, 'minutes')
    if (told) return barredWith(reply, session, told, 'fgd.minutes.edit')
    return minuteWith(reply, session, minute, filledForm(minute))
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const { session, minute } = await asked(request)
    const again = (form: FormState) => minuteWith(reply, session, minute, form)
    const parsed = parseForm(minuteForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await records.mustTake(trx, session.id, 'minutes')
      mustBeOfSession(session, parsed.data.onDay)
      await records.mustBeOpd(trx, [parsed.data.opdId])
      await updateRow(trx, 'minute', minute.id, parsed.version, parsed.data, request.by())
      return backTo(session, parsed.data.opdId)
    })
  }

  async function minuteWith(
    reply: FastifyReply,
    session: Session,
    minute: Minute | undefined,
    form: FormState,
  ) {
    const opdOptions = await opd.options(db, everything, session.heldOn, [minute?.opdId])
    const severalDays = overSeveralDays(session)
    return reply.page(minutePage, { form, session, minute, severalDays, opdOptions })
  }

  async function asked(request: FastifyRequest) {
    const session = await askedSession(db, request)
    const id = idOf(request, 'minuteId')
    return { session, minute: orNotFound(await records.findMinute(db, session.id, id)) }
  }
}

/** @throws Refusal at the field when a day is no day of the session */
function mustBeOfSession(session: Session, onDay: string | null): void {
  if (onDay !== null && !isDayOf(session, onDay)) {
    throw new Refusal({ onDay: { key: 'fgd.error.onDay' } })
  }
}

/** The foot of the minutes, where the next note is written, with the same OPD chosen. */
function backTo(session: Session, opdId: number | null): string {
  return `${paths.session(session.id, { opd: opdId ?? undefined })}#minutes`
}

function toRemove({ session, minute }: { session: Session; minute: Minute }): ToRemove {
  return {
    table: 'minute',
    row: minute,
    title: { key: 'fgd.minutes.remove' },
    subject: minute.text,
    back: paths.minute(session.id, minute.id),
    of: session.title,
    crumbs: [{ href: paths.session(session.id), text: session.title }],
    barred: barred(session, 'minutes'),
  }
}
