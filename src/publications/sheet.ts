import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { can } from '../domain/access.ts'
import { orHidden, orNotFound } from '../errors.ts'
import * as government from '../government/queries.ts'
import {
  type Letterhead,
  letterheadOf,
  type PaperSize,
  type PaperWords,
  paperSize,
  paperWords,
  type Signer,
  signerOf,
} from '../web/paper.ts'
import { idOf } from '../web/params.ts'
import { view } from '../web/view.ts'
import { type Group, groupsOf } from './groups.ts'
import * as publications from './queries.ts'

const sheetPage = view<{
  paper: PaperWords
  size: PaperSize
  head: Letterhead
  publication: publications.Publication
  groups: Group<publications.Published>[]
  signer: Signer
  place: string
}>('publications/sheet')

/** The announcement to be printed and hung up: what everybody is told, and nothing more. */
export const sheetRoutes: FastifyPluginAsync<Context> = async (app, { db }) => {
  app.get('/:id/sheet', { config: { access: 'publication.view' } }, show)

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const publication = orNotFound(await publications.findById(db, idOf(request)))
    const isReadable = publication.standing !== 'withdrawn' || can(request.actor, 'decision.view')
    orHidden(publication.kind === 'publish' && isReadable)
    const row = await government.find(db)
    const paper = paperWords(request.site)
    return reply.page(sheetPage, {
      paper,
      size: paperSize(row?.paper),
      head: letterheadOf(row),
      publication,
      groups: groupsOf(await publications.items(db, publication.id)),
      signer: signerOf(await signing(), paper),
      place: [row?.capital, paper.format.date(publication.publishedOn)].filter(Boolean).join(', '),
    })
  }

  /** The signatory that is named for announcements or decisions, else the first. */
  async function signing(): Promise<government.Signatory | undefined> {
    const all = await government.signatories(db)
    return all.find((each) => /pengumuman|keputusan|penetapan/i.test(each.role)) ?? all[0]
  }
}
