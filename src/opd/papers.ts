import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { scopeOf } from '../domain/access.ts'
import { lists } from '../domain/words.ts'
import { orNotFound } from '../errors.ts'
import * as government from '../government/queries.ts'
import { readLinkSettings } from '../portal/settings.ts'
import {
  type Letterhead,
  letterheadOf,
  type PaperSize,
  type PaperWords,
  paperSize,
  paperWords,
} from '../web/paper.ts'
import { idOf } from '../web/params.ts'
import { view } from '../web/view.ts'
import { type KnownOpd, knownOf } from './known.ts'
import * as opd from './queries.ts'

type Paper = {
  paper: PaperWords
  size: PaperSize
  head: Letterhead
}

/** One line of the confirmation sheet: what is recorded of a part; undefined = nothing. */
type Part = { name: string; text: string | undefined }

const formPage = view<
  Paper & { known: KnownOpd; contact: string | null; blank: (n: number) => number[] }
>('opd/paper-form')
const confirmationPage = view<Paper & { known: KnownOpd; parts: Part[]; today: string }>(
  'opd/confirmation-sheet',
)

/** The paper form of an OPD with what is known filled in, and the sheet on which it confirms. */
export const paperRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/:id/form', { config: { access: 'opd.view' } }, form)
  app.get('/:id/confirmation-sheet', { config: { access: 'opd.view' } }, confirmation)

  async function form(request: FastifyRequest, reply: FastifyReply) {
    const known = await asked(request)
    const { contactName: contact } = await readLinkSettings(db)
    return reply.page(formPage, { ...(await paperOf(request)), known, contact, blank })
  }

  async function confirmation(request: FastifyRequest, reply: FastifyReply) {
    const known = await asked(request)
    const paper = await paperOf(request)
    const parts = partsOf(known, paper.paper)
    return reply.page(confirmationPage, { ...paper, known, parts, today: request.today() })
  }

  async function asked(request: FastifyRequest): Promise<KnownOpd> {
    const scope = scopeOf(request.actor)
    const found = orNotFound(await opd.findById(db, scope, idOf(request)))
    return knownOf(db, scope, found, request.today())
  }

  async function paperOf(request: FastifyRequest): Promise<Paper> {
    const row = await government.find(db)
    return {
      paper: paperWords(request.site),
      size: paperSize(row?.paper),
      head: letterheadOf(row),
    }
  }
}

const blank = (n: number): number[] => Array.from({ length: Math.max(0, n) }, (_, at) => at)

function partsOf(known: KnownOpd, { t, label, format }: PaperWords): Part[] {
  const { opd: of, people, offices, budgets, says } = known
  const handedIn = known.proposals.filter((row) => row.state !== 'draft').length
  const m = offices.length
  const some = (n: number, text: string) => (n > 0 ? text : undefined)
  const withInternet = offices.filter((office) => office.lines.length > 0).length
  const withDevices = offices.filter((office) => office.survey).length
  const texts: Record<(typeof lists.opdPart)[number], string | undefined> = {
    head: [of.headName, of.headTitle, of.contactName].filter(Boolean).join('; ') || undefined,
    duties: some(
      known.duties.length,
      t('papers.confirmation.n.duties', { n: known.duties.length }),
    ),
    people:
      people &&
      t('papers.confirmation.people', {
        pns: people.pns ?? '–',
        pppk: people.pppk ?? '–',
        other: people.other ?? '–',
        users: people.computerUsers ?? '–',
      }),
    locations: some(m, t('papers.confirmation.n.locations', { n: m })),
    internet: some(withInternet, t('papers.confirmation.n.of', { n: withInternet, m })),
    devices: some(withDevices, t('papers.confirmation.n.of', { n: withDevices, m })),
    applications: says.includes('applications')
      ? t('papers.form.says.applications')
      : some(
          known.applications.length,
          t('papers.confirmation.n.applications', { n: known.applications.length }),
        ),
    proposals: says.includes('proposals')
      ? t('papers.form.says.proposals')
      : some(handedIn, t('papers.confirmation.n.proposals', { n: handedIn })),
    budget:
      budgets
        .flatMap(({ year, budget }) => (budget ? `${year}: ${format.rupiah(budget.amount)}` : []))
        .join('; ') || undefined,
    confirmation: undefined,
  }
  return lists.opdPart
    .filter((part) => part !== 'confirmation')
    .map((part) => ({ name: label('opdPart', part), text: texts[part] }))
}
