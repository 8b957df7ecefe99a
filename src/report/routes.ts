import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { can } from '../domain/access.ts'
import { orForbidden } from '../errors.ts'
import { logAccess } from '../web/access-log.ts'
import { view } from '../web/view.ts'
import { type Contents, contentsOf } from './contents.ts'
import { exportWorkbook, fileNameOf, timeLimit } from './export.ts'
import { wantsInternal } from './schema.ts'

const indexPage = view<{ contents: Contents }>('report/index')

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const reportRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { config, db, now, whole } = context
  app.get('/', { config: { access: 'report.view' } }, index)
  app.post('/grand-design.xlsx', { config: { access: 'report.export', limit: 'export' } }, download)

  async function index(request: FastifyRequest, reply: FastifyReply) {
    return reply.page(indexPage, { contents: await contentsOf(db, now(), request.today()) })
  }

  /** A POST, because every export is noted: who took what out of the house, and when. */
  async function download(request: FastifyRequest, reply: FastifyReply) {
    const internal = wantsInternal(request.body)
    if (internal) orForbidden(can(request.actor, 'rating.named'))
    const by = request.by()
    waitLonger(request)
    const { databaseFile } = config
    const file = await exportWorkbook({ databaseFile, at: by.at, internal, madeBy: by.actorName })
    try {
      const name = fileNameOf(request.site.name, request.today())
      await logAccess(whole, 'export', by, { file: name, internal })
      const { size } = await stat(file.path)
      const stream = createReadStream(file.path)
      stream.once('close', () => void file.remove())
      return reply
        .type(xlsx)
        .header('content-length', size)
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(stream)
    } catch (error) {
      await file.remove()
      throw error
    }
  }
}

/** Nothing is sent while the workbook is written; a slow computer needs longer than a page may. */
function waitLonger({ raw: { socket } }: FastifyRequest): void {
  if ('setTimeout' in socket) socket.setTimeout(timeLimit)
}
