import { createReadStream } from 'node:fs'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { can } from '../domain/access.ts'
import { AppError, orForbidden } from '../errors.ts'
import { logAccess } from '../web/access-log.ts'
import { setFlash } from '../web/flash.ts'
import { paths } from '../web/paths.ts'
import { actorSignedIn } from '../web/session.ts'
import { view } from '../web/view.ts'
import { type Export, keepExports } from './exports.ts'
import { fileNameOf } from './file-name.ts'
import { type KnownContents, keepContents } from './kept-contents.ts'
import { readExportForm } from './schema.ts'

const indexPage = view<KnownContents & { exports: Export[] }>('report/index')
const exportPage = view<{ made: Export }>('report/export')

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const tidyEvery = 30_000

export const reportRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { config, now, whole, shop } = context
  const exports = keepExports(shop, now, (err, { token }) =>
    app.log.error({ err, export: token }, 'an export failed'),
  )
  const contentsOf = keepContents(context, (err) => {
    app.log.error({ err }, 'the contents of the workbook could not be computed')
  })
  const timer = setInterval(() => {
    tidy().catch((err) => app.log.error({ err }, 'old exports could not be removed'))
  }, tidyEvery).unref()
  app.addHook('preClose', async () => {
    clearInterval(timer)
    await exports.stop()
  })

  app.get('/', { config: { access: 'report.view' } }, index)
  app.post('/grand-design.xlsx', { config: { access: 'report.export', limit: 'export' } }, start)
  app.get('/exports/:token', { config: { access: 'report.export' } }, show)
  app.get(
    '/exports/:token/file',
    { config: { access: 'report.export' }, exposeHeadRoute: false },
    download,
  )
  app.post('/exports/:token/removal', { config: { access: 'report.export' } }, remove)

  async function index(request: FastifyRequest, reply: FastifyReply) {
    await tidy()
    const known = await contentsOf(now(), request.today())
    return reply.page(indexPage, { ...known, exports: exports.of(ownerOf(request)) })
  }

  /** Answers the file where it is soon there, else the page that tells how far it is. */
  async function start(request: FastifyRequest, reply: FastifyReply) {
    const { key, internal } = readExportForm(request.body)
    if (internal) orForbidden(can(request.actor, 'rating.named'))
    await tidy()
    const made = exports.start({
      owner: ownerOf(request),
      key,
      internal,
      fileName: fileNameOf(request.site.name, request.today()),
      madeBy: request.by().actorName,
      databaseFile: config.databaseFile,
    })
    await exports.ended(made, shop.patience)
    if (made.state === 'ready') return send(request, reply, made)
    return reply.redirect(paths.reportExport(made.token), 303)
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    return reply.page(exportPage, { made: await asked(request) })
  }

  async function download(request: FastifyRequest, reply: FastifyReply) {
    const made = await asked(request)
    if (made.state !== 'ready') return reply.redirect(paths.reportExport(made.token), 303)
    return send(request, reply, made)
  }

  async function remove(request: FastifyRequest, reply: FastifyReply) {
    const made = await asked(request)
    const hadEnded = made.endedAt !== undefined
    await exports.remove(made)
    setFlash(reply, { key: hadEnded ? 'report.export.removed' : 'report.export.cancelled' })
    return reply.redirect(paths.report(), 303)
  }

  /** Every time it leaves the house is noted: who took what, and when. */
  async function send(request: FastifyRequest, reply: FastifyReply, made: Export) {
    const { fileName, internal, bytes } = made
    await logAccess(whole, 'export', request.by(), { file: fileName, internal })
    return reply
      .type(xlsx)
      .header('content-length', bytes)
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .send(createReadStream(exports.pathOf(made)))
  }

  /** The export of this address, for its owner alone. @throws AppError not found, with what to do */
  async function asked(request: FastifyRequest): Promise<Export> {
    await tidy()
    const { token } = request.params as { token: string }
    const found = exports.of(ownerOf(request)).find((each) => each.token === token)
    if (!found) throw new AppError('not_found', { key: 'report.export.gone' })
    return found
  }

  function tidy(): Promise<void> {
    return exports.tidy(async ({ owner, internal }) => {
      const actor = await actorSignedIn(context, owner)
      if (!actor || !can(actor, 'report.export')) return false
      return !internal || can(actor, 'rating.named')
    })
  }
}

function ownerOf({ actor }: FastifyRequest): number {
  return actor.kind === 'person' ? (actor.accountId ?? 0) : 0
}
