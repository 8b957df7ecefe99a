import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { removeRow, updateRow } from '../db/write.ts'
import { everything } from '../domain/access.ts'
import { followUpStateOn } from '../domain/session.ts'
import { orNotFound } from '../errors.ts'
import * as opd from '../opd/queries.ts'
import { emptyForm, type FormState, filledForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, queryId } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { askedSession, takes } from './asked.ts'
import { barred } from './barred.ts'
import type { Session } from './queries.ts'
import * as records from './records.ts'
import { followUpForm, progressForm } from './schema.ts'

type FollowUp = NonNullable<Awaited<ReturnType<typeof records.findFollowUp>>>

const followUpPage = view<{
  form: FormState
  progress: FormState
  session: Session
  followUp: FollowUp | undefined
  opdOptions: opd.OpdOption[]
  open: boolean
}>('fgd/follow-up')

/** A follow-up as it stands today: `late` is computed. */
export function withState<F extends { state: string; due: string | null }>(row: F, today: string) {
  return { ...row, standing: followUpStateOn(today, row) }
}

/** What is to be done is agreed in the open session; how far it is may be told at any time. */
export const followUpRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.post('/:id/follow-ups', { config: { access: 'fgd.edit' } }, create)
  app.get('/:id/follow-ups/:followUpId', { config: { access: 'fgd.edit' } }, edit)
  app.post('/:id/follow-ups/:followUpId', { config: { access: 'fgd.edit' } }, update)
  app.post('/:id/follow-ups/:followUpId/progress', { config: { access: 'fgd.edit' } }, progress)
  removalRoutes(app, context, '/:id/follow-ups/:followUpId/removal', 'fgd.edit', {
    asked,
    toRemove,
    async remove(trx, { session, followUp }, version, request) {
      await records.mustTake(trx, session.id, 'minutes')
      await removeRow(trx, 'followUp', followUp.id, version, request.by())
      return backTo(session)
    },
  })

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const again = (form: FormState) => show(reply, { session, form })
    const parsed = parseForm(followUpForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await records.mustTake(trx, session.id, 'minutes')
      await records.mustBeOpd(trx, [parsed.data.opdId])
      await records.insertFollowUp(trx, session.id, parsed.data, request.by())
      return backTo(session, queryId(request, 'opd'))
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    return show(reply, await asked(request))
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const { session, followUp } = await asked(request)
    const again = (form: FormState) => show(reply, { session, followUp, form })
    const parsed = parseForm(followUpForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await records.mustTake(trx, session.id, 'minutes')
      await records.mustBeOpd(trx, [parsed.data.opdId])
      await updateRow(trx, 'followUp', followUp.id, parsed.version, parsed.data, request.by())
      return backTo(session)
    })
  }

  async function progress(request: FastifyRequest, reply: FastifyReply) {
    const { session, followUp } = await asked(request)
    const again = (refused: FormState) => show(reply, { session, followUp, progress: refused })
    const parsed = parseForm(progressForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { state, doneOn } = parsed.data
    const changes = { state, doneOn: state === 'done' ? (doneOn ?? request.today()) : null }
    return once(context, request, reply, parsed, again, async (trx) => {
      await updateRow(trx, 'followUp', followUp.id, parsed.version, changes, request.by())
      return backTo(session)
    })
  }

  type Shown = { session: Session; followUp?: FollowUp; form?: FormState; progress?: FormState }

  /** The page with both forms; the one that was refused gives the answer its status. */
  async function show(reply: FastifyReply, shown: Shown) {
    const { session, followUp } = shown
    const stored = followUp ? filledForm(followUp) : emptyForm()
    if (shown.progress) reply.code(shown.progress.status)
    return reply.page(followUpPage, {
      form: shown.form ?? stored,
      progress: shown.progress ?? stored,
      session,
      followUp,
      opdOptions: await opd.options(db, everything, session.heldOn, [followUp?.opdId]),
      open: takes(session, 'minutes'),
    })
  }

  async function asked(request: FastifyRequest) {
    const session = await askedSession(db, request)
    const id = idOf(request, 'followUpId')
    return { session, followUp: orNotFound(await records.findFollowUp(db, session.id, id)) }
  }
}

function backTo(session: Session, opdId?: number): string {
  return `${paths.session(session.id, { opd: opdId })}#follow-ups`
}

function toRemove({ session, followUp }: { session: Session; followUp: FollowUp }): ToRemove {
  return {
    table: 'followUp',
    row: followUp,
    title: { key: 'fgd.followUps.remove' },
    subject: followUp.text,
    back: paths.followUp(session.id, followUp.id),
    of: session.title,
    crumbs: [{ href: paths.session(session.id), text: session.title }],
    barred: barred(session, 'minutes'),
  }
}
