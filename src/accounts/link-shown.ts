import type { FastifyReply, FastifyRequest } from 'fastify'
import QRCode from 'qrcode'
import { paths } from '../web/paths.ts'

const cookie = 'rancang_link'

/** How far a link reaches: everywhere, in the network of the hall, or on this computer alone. */
export type Reach = 'public' | 'network' | 'computer'

/**
 * Leaves the token of a new link for the next page of the same browser. It is stored nowhere else,
 * so that the link is shown once.
 */
export function leaveLink(
  request: FastifyRequest,
  reply: FastifyReply,
  accountId: number,
  token: string,
): void {
  reply.setCookie(cookie, `${accountId}.${token}`, {
    path: paths.accounts(),
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: 300,
  })
}

/** The token left for the page of this account, if any; taken away with it. */
export function takeLink(
  request: FastifyRequest,
  reply: FastifyReply,
  accountId: number,
): string | undefined {
  const value = request.cookies[cookie]
  if (!value) return undefined
  reply.clearCookie(cookie, { path: paths.accounts() })
  const [id, token] = value.split('.')
  return id === String(accountId) && token && /^[\w-]{43}$/.test(token) ? token : undefined
}

/**
 * The full address of a link: under the public address where there is one, else under the address
 * that the administrator uses, which reaches only as far as that.
 */
export function addressFor(
  request: FastifyRequest,
  baseUrl: string | undefined,
  path: string,
): { url: string; reach: Reach } {
  if (baseUrl) return { url: baseUrl.replace(/\/+$/, '') + path, reach: 'public' }
  const { hostname, host, protocol } = request
  const alone = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(hostname)
  return { url: `${protocol}://${host}${path}`, reach: alone ? 'computer' : 'network' }
}

/** The address as a QR code: a data URI of an SVG, dark on white in either scheme. */
export async function qrOf(url: string): Promise<string> {
  const svg = await QRCode.toString(url, { type: 'svg', margin: 4, errorCorrectionLevel: 'M' })
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
