import type { IncomingMessage } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { isDiskFull } from '../db/conflict.ts'
import { lists } from '../domain/words.ts'
import { AppError, type Message } from '../errors.ts'
import { SignInFirst } from './access.ts'
import { isPassword, ledTo } from './once.ts'
import { refusalLog } from './refusals.ts'
import { view } from './view.ts'

type Kind =
  | 'notFound'
  | 'gone'
  | 'forbidden'
  | 'conflict'
  | 'tooMany'
  | 'tooLarge'
  | 'refused'
  | 'busy'
  | 'full'
  | 'unexpected'

const errorPage = view<{
  kind: Kind
  detail: Message | undefined
  reference: string
  /** What was written into the form that could not be answered, to be copied from here. */
  written: readonly string[]
  /** The page of the record at which the deed was barred. */
  back: { href: string } | undefined
}>('error')

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
      const kind = error.code === 'not_found' && isOpenedForm(request) ? 'gone' : undefined
      return answer(request, reply, statusOf[error.code], error.detail, kind)
    }
    if (isDiskFull(error)) return answer(request, reply, 507)
    const status = error.statusCode ?? 500
    if (status === 429) await noteRefusal(request, 'tooMany')
    if (status < 500) return answer(request, reply, status)
    request.log.error({ err: error }, 'request failed')
    return answer(request, reply, status === 503 ? 503 : 500)
  })
}

/** The address; where it cannot be read, one at which nothing is, so that it gets the page of those. */
export function readableAddress({ url = '/' }: IncomingMessage): string {
  try {
    decodeURIComponent(url.split('?')[0] ?? '')
    return url
  } catch {
    return '/unreadable'
  }
}

/** Answers a form that is sent again after its work was done as the first time; what was said then stays. */
async function answeredAgain(context: Context, request: FastifyRequest, reply: FastifyReply) {
  const to = await ledTo(context, request)
  if (to === undefined) return false
  reply.redirect(to, 303)
  return true
}

/** A form that somebody sends from its page: what it belongs to was there when it was opened. */
function isOpenedForm({ method, actor }: FastifyRequest): boolean {
  return method === 'POST' && actor?.kind === 'person'
}

const codes = new Set<string>(Object.values(lists).flat())

/** The texts, days and broken numbers of a form; ids, codes, its button and passwords are nothing to copy. */
function writtenIn(body: unknown): string[] {
  return Object.entries(body ?? {})
    .filter(([name]) => !name.startsWith('_') && name !== 'intent' && !isPassword(name))
    .flatMap(([, value]: [string, unknown]) => value)
    .filter((value): value is string => typeof value === 'string' && value.trim() !== '')
    .filter((value) => !codes.has(value) && !/^\d+$/.test(value))
}

/** The record that a deed is done to, where it has a page other than the one asked for. */
function recordAbove(request: FastifyRequest): { href: string } | undefined {
  const [pattern, start, name = ''] = /^(.*?\/):([^/]+)/.exec(request.routeOptions.url ?? '') ?? []
  if (!pattern || !request.server.hasRoute({ url: pattern, method: 'GET' })) return undefined
  const id = Number((request.params as Record<string, string>)[name])
  const isAsked = request.method === 'GET' && request.routeOptions.url === pattern
  return Number.isSafeInteger(id) && !isAsked ? { href: `${start}${id}` } : undefined
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  detail?: Message,
  kind: Kind = kindOf[status] ?? (status < 500 ? 'refused' : 'unexpected'),
): Promise<FastifyReply> {
  reply.code(status)
  const written = kind === 'gone' ? writtenIn(request.body) : []
  const back = kind === 'conflict' ? recordAbove(request) : undefined
  try {
    return await reply.page(errorPage, { kind, detail, reference: request.id, written, back })
  } catch (error) {
    request.log.error({ err: error }, 'the error page failed')
    return reply.type('text/plain; charset=utf-8').send(`${status} (${request.id})`)
  }
}
