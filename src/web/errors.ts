import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { isDiskFull } from '../db/conflict.ts'
import { AppError, type Message } from '../errors.ts'
import { SignInFirst } from './access.ts'
import { ledTo } from './once.ts'
import { refusalLog } from './refusals.ts'
import { view } from './view.ts'

type Kind =
  | 'notFound'
  | 'forbidden'
  | 'conflict'
  | 'tooMany'
  | 'tooLarge'
  | 'refused'
  | 'busy'
  | 'full'
  | 'unexpected'

const errorPage = view<{ kind: Kind; detail: Message | undefined; reference: string }>('error')

const statusOf = { not_found: 404, forbidden: 403, conflict: 409 } as const

const kindOf: Record<number, Kind> = {
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  413: 'tooLarge',
  429: 'tooMany',
  503: 'busy',
  507: 'full',
}

/** One map from errors to answers, and one page that tells them. Details go to the log only. */
export function answerErrors(app: FastifyInstance, context: Context): void {
  const noteRefusal = refusalLog(context)
  app.setNotFoundHandler((request, reply) => answer(request, reply, 404))
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    if (error instanceof SignInFirst) return reply.redirect(error.to, 303)
    if (error instanceof AppError) {
      if (error.code === 'forbidden') await noteRefusal(request, 'forbidden')
      else if (request.actor && (await answeredAgain(context, request, reply))) return reply
      return answer(request, reply, statusOf[error.code], error.detail)
    }
    if (isDiskFull(error)) return answer(request, reply, 507)
    const status = error.statusCode ?? 500
    if (status === 429) await noteRefusal(request, 'tooMany')
    if (status < 500) return answer(request, reply, status)
    request.log.error({ err: error }, 'request failed')
    return answer(request, reply, status === 503 ? 503 : 500)
  })
}

/** Answers a form that is sent again after its work was done as the first time; what was said then stays. */
async function answeredAgain(context: Context, request: FastifyRequest, reply: FastifyReply) {
  const to = await ledTo(context, request)
  if (to === undefined) return false
  reply.redirect(to, 303)
  return true
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  detail?: Message,
): Promise<FastifyReply> {
  reply.code(status)
  const kind = kindOf[status] ?? (status < 500 ? 'refused' : 'unexpected')
  try {
    return await reply.page(errorPage, { kind, detail, reference: request.id })
  } catch (error) {
    request.log.error({ err: error }, 'the error page failed')
    return reply.type('text/plain; charset=utf-8').send(`${status} (${request.id})`)
  }
}
