import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Action, type Actor, can } from '../domain/access.ts'
import { midSentence } from '../domain/text.ts'
import { type ListName, lists } from '../domain/words.ts'
import { formatFor } from '../i18n/format.ts'
import { type Translate, translator } from '../i18n/translate.ts'
import { inProject } from '../root.ts'
import { takeFlash } from './flash.ts'
import type { FormState } from './form.ts'
import type { Inside } from './kept-insides.ts'
import { navigation } from './nav.ts'
import { paths } from './paths.ts'

/** A page by its template, typed with what it needs to be shown. */
export type View<Props> = { path: string; props?: Props }

export function view<Props extends object = object>(path: string): View<Props> {
  return { path }
}

declare module 'fastify' {
  interface FastifyReply {
    /** Shows a page; a form among its props gives the answer its status. */
    page<Props extends object>(page: View<Props>, props: Props): Promise<FastifyReply>
    /** Shows a page whose inside is finished, in a frame of this request. */
    framed(inside: Inside<Buffer>): Promise<FastifyReply>
  }
}

export async function renderPage<Props extends object>(
  this: FastifyReply,
  page: View<Props>,
  props: Props,
): Promise<FastifyReply> {
  const form = 'form' in props ? (props.form as FormState) : undefined
  if (form && form.status !== 200) this.code(form.status)
  const keep = this.statusCode === 200 ? this.request.keepInside : undefined
  const values = { ...frameOf(this.request, this), ...props, keep }
  return sendHtml(this, Buffer.from(await this.viewAsync(page.path, values)))
}

/** Stands in a frame where the inside of the page belongs: putting a long text into bytes is what costs. */
const place = randomBytes(12).toString('hex')

export async function renderFrame(
  this: FastifyReply,
  { layout, own, body }: Inside<Buffer>,
): Promise<FastifyReply> {
  const values = { ...frameOf(this.request, this), ...own, body: place }
  const [before = '', after = ''] = (await this.viewAsync(layout, values)).split(place)
  return sendHtml(this, Buffer.concat([Buffer.from(before), body, Buffer.from(after)]))
}

function sendHtml(reply: FastifyReply, html: Buffer): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(html)
}

/** What every page gets beside its own props. */
function frameOf(request: FastifyRequest, reply: FastifyReply) {
  const { actor, site, locale } = request
  const t = translator(locale, { dinas: site.officeShort, kepala_daerah: site.headTitle })
  return {
    t,
    label: t.label,
    /** A label as it stands inside a sentence. */
    inSentence: midSentence,
    /** A word list as the answers of a select or of choices. */
    words: wordsBy(t),
    locale,
    paths,
    asset,
    format: formatFor(locale, site.timeZone),
    flash: takeFlash(request, reply),
    gov: { name: site.name, short: site.officeShort },
    site,
    actor: actor.kind === 'person' ? shownActor(actor) : undefined,
    can: (action: Action) => can(actor, action),
    nav: navigation(actor, request.url),
    url: request.url,
    /** A fresh retry key for each form that is shown. */
    newKey: () => randomBytes(12).toString('base64url'),
  }
}

/** Each list is put into words once a page, however many rows ask for it. */
function wordsBy(t: Translate) {
  const known = new Map<ListName, { value: string; label: string }[]>()
  return (list: ListName) => {
    const words =
      known.get(list) ?? lists[list].map((code) => ({ value: code, label: t.label(list, code) }))
    known.set(list, words)
    return words
  }
}

/** Who is shown at the edge of a page; `link`: came by the link of an OPD, without an account. */
function shownActor({ name, position, roles, linkId }: Actor & { kind: 'person' }) {
  return { name, position, role: roles[0], link: linkId !== undefined }
}

const hashes = new Map(
  files(inProject('views', 'assets')).map((file) => [
    relative(inProject('views', 'assets'), file),
    createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12),
  ]),
)

/** The address of an asset with the hash of its contents, so that it can be kept for ever. */
export function asset(file: string): string {
  return `/assets/${file}?v=${hashes.get(file) ?? ''}`
}

export function isCurrentAsset(file: string, hash: unknown): boolean {
  return hashes.get(file) === hash
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
