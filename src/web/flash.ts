import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Message } from '../errors.ts'
import { ownPath } from './paths.ts'

const cookie = 'rancang_flash'

/** What is said once on the next page; `href` leads to the record it tells of. */
export type Flash = Message & { href?: string }

/** Leaves a message for the next page. */
export function setFlash(reply: FastifyReply, message: Flash): void {
  const value = Buffer.from(JSON.stringify(message)).toString('base64url')
  reply.setCookie(cookie, value, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60 })
}

/** The message left for this page, if any; shown once. */
export function takeFlash(request: FastifyRequest, reply: FastifyReply): Flash | undefined {
  const value = request.cookies[cookie]
  if (!value) return undefined
  reply.clearCookie(cookie, { path: '/' })
  try {
    const message: unknown = JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))
    return isFlash(message) ? message : undefined
  } catch {
    return undefined
  }
}

/** A cookie is what a browser sends, not what was set: it may be anything. */
function isFlash(value: unknown): value is Flash {
  if (typeof value !== 'object' || value === null || !('key' in value)) return false
  const hasKey = typeof value.key === 'string' && /^\w+\.\w/.test(value.key)
  const params = 'params' in value ? value.params : {}
  const leadsHere = !('href' in value) || ownPath(value.href, '') === value.href
  return hasKey && leadsHere && typeof params === 'object' && params !== null
}
