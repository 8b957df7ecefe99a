import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { dayAfter, isDay } from '../domain/calendar.ts'
import { formatFor } from '../i18n/format.ts'
import { translator } from '../i18n/translate.ts'
import * as portal from '../portal/queries.ts'
import { reminderOf } from '../portal/reminder.ts'
import { readLinkSettings } from '../portal/settings.ts'
import { queryId, queryOneOf, queryText } from '../web/params.ts'
import { view } from '../web/view.ts'
import { askedSession } from './asked.ts'
import { lackingOpds, type OpdLack } from './lacking.ts'
import type { Session } from './queries.ts'

const daysToAnswer = 7

const missingPage = view<{
  session: Session
  opds: OpdLack[]
  chosen: OpdLack | undefined
  due: string
  before: string | undefined
  text: string
}>('fgd/missing')

/** What each OPD of a session still owes, and the letter that asks one of them for it. */
export const missingRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/:id/missing', { config: { access: 'fgd.edit' } }, index)

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const session = await askedSession(db, request)
    const opds = await lackingOpds(db, session.id, request.today())
    const chosen = opds.find((row) => row.id === queryId(request, 'opd')) ?? opds[0]
    const asked = queryText(request, 'due')
    const due = isDay(asked) ? asked : dayAfter(request.today(), daysToAnswer)
    const before = chosen && (await messageBefore(request, chosen.id))
    const text = chosen ? await letterTo(request, session, chosen, { due, before }) : ''
    return reply.page(missingPage, { session, opds, chosen, due, before, text })
  }

  /** The day of an earlier message: as typed, else that of the newest link that was handed out. */
  async function messageBefore(request: FastifyRequest, opdId: number) {
    const typed = queryText(request, 'before')
    if (isDay(typed)) return typed
    if (queryOneOf(request, 'first', ['1'])) return undefined
    const { timeZone } = request.site
    return (await portal.lastMessages(db, [opdId], request.today(), timeZone)).get(opdId)
  }

  /** Without a link of its own: that one is made on the page of links and shown once. */
  async function letterTo(
    request: FastifyRequest,
    session: Session,
    chosen: OpdLack,
    { due, before }: { due: string; before: string | undefined },
  ) {
    const { site } = request
    // a letter to an office is Indonesian whatever the language of the screen
    const t = translator('id', { dinas: site.officeShort, kepala_daerah: site.headTitle })
    const format = formatFor('id', site.timeZone)
    const [addressee] = await portal.addressees(db, [chosen.id])
    return reminderOf(
      {
        opd: addressee ?? { name: chosen.name, headTitle: null, contactName: null },
        lacking: chosen.parts,
        session: { title: session.title, heldOn: session.heldOn, present: chosen.present },
        due,
        today: request.today(),
        before,
        link: undefined,
      },
      await readLinkSettings(db),
      site,
      t,
      format,
    )
  }
}
