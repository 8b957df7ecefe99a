import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import statics from '@fastify/static'
import viewEngine from '@fastify/view'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import { accountRoutes } from './accounts/routes.ts'
import { applicationRoutes } from './applications/routes.ts'
import type { Context } from './context.ts'
import { decisionRoutes } from './decisions/routes.ts'
import { sessionRoutes } from './fgd/routes.ts'
import { followUpBoardRoutes } from './follow-ups/routes.ts'
import { governmentRoutes } from './government/routes.ts'
import { historyRoutes } from './history/routes.ts'
import { homeRoutes } from './home/routes.ts'
import { inventoryRoutes } from './inventory/routes.ts'
import { needRoutes } from './needs/routes.ts'
import { opdRoutes } from './opd/routes.ts'
import { portalRoutes } from './portal/routes.ts'
import { proposalRoutes } from './proposals/routes.ts'
import { publicationRoutes } from './publications/routes.ts'
import { rankingRoutes } from './ranking/routes.ts'
import { reportRoutes } from './report/routes.ts'
import { roadmapRoutes } from './roadmap/routes.ts'
import { inProject } from './root.ts'
import { scoringRoutes } from './scoring/routes.ts'
import { guardRoutes } from './web/access.ts'
import { assetRoutes } from './web/assets.ts'
import { readForms } from './web/body.ts'
import { refuseFormsOfEnded } from './web/ended-forms.ts'
import { answerErrors, readableAddress } from './web/errors.ts'
import { securityHeaders, tellHeaders } from './web/headers.ts'
import { healthRoutes } from './web/health.ts'
import { keepInsides } from './web/kept-insides.ts'
import { limitRates } from './web/limits.ts'
import { refuseForeignOrigins } from './web/same-origin.ts'
import { attachSession } from './web/session.ts'
import { templatesIn } from './web/templates.ts'
import { renderFrame, renderPage } from './web/view.ts'

/** The whole program as a Fastify app that does not listen yet: plugins first, then features. */
export async function buildApp(context: Context): Promise<FastifyInstance> {
  const { config } = context
  const app = fastify({
    logger: { level: config.logLevel, redact: ['req.headers.cookie', 'req.headers.authorization'] },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy ?? false,
    bodyLimit: 64 * 1024,
    requestTimeout: 15_000,
    connectionTimeout: 20_000,
    genReqId: () => randomUUID().slice(0, 8),
    routerOptions: { maxParamLength: 100 },
    rewriteUrl: readableAddress,
  })
  readForms(app)
  await app.register(cookie)
  await app.register(helmet, securityHeaders)
  await app.register(compress, { global: true, threshold: 1024 })
  await app.register(statics, { root: inProject('views', 'assets'), serve: false })
  await app.register(viewEngine, {
    engine: { eta: templatesIn(inProject('views')) },
    templates: inProject('views'),
    production: true,
  })
  app.decorateReply('page', renderPage)
  app.addHook('onClose', () => context.shop.stop())
  app.decorateReply('framed', renderFrame)

  tellHeaders(app)
  attachSession(app, context)
  if (config.rateLimit) await limitRates(app)
  refuseForeignOrigins(app)
  guardRoutes(app)
  keepInsides(app, context)
  answerErrors(app, context)
  refuseFormsOfEnded(app, context)

  await app.register(assetRoutes, { ...context, prefix: '/assets' })
  await app.register(healthRoutes, { ...context, prefix: '/health' })
  await app.register(accountRoutes, context)
  await app.register(governmentRoutes, { ...context, prefix: '/settings' })
  await app.register(homeRoutes, context)
  await app.register(portalRoutes, context)
  await app.register(opdRoutes, { ...context, prefix: '/opd' })
  await app.register(inventoryRoutes, context)
  await app.register(needRoutes, { ...context, prefix: '/needs' })
  await app.register(applicationRoutes, { ...context, prefix: '/applications' })
  await app.register(sessionRoutes, { ...context, prefix: '/fgd' })
  await app.register(followUpBoardRoutes, { ...context, prefix: '/follow-ups' })
  await app.register(proposalRoutes, { ...context, prefix: '/proposals' })
  await app.register(scoringRoutes, { ...context, prefix: '/scoring' })
  await app.register(rankingRoutes, { ...context, prefix: '/ranking' })
  await app.register(decisionRoutes, { ...context, prefix: '/decisions' })
  await app.register(roadmapRoutes, { ...context, prefix: '/roadmap' })
  await app.register(publicationRoutes, { ...context, prefix: '/publications' })
  await app.register(historyRoutes, { ...context, prefix: '/history' })
  await app.register(reportRoutes, { ...context, prefix: '/report' })
  return app
}
