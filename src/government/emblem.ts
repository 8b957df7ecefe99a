import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { namedPicture, type Picture } from '../domain/picture.ts'
import { orNotFound } from '../errors.ts'
import { logAccess } from '../web/access-log.ts'
import { emptyForm, type FormState, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { paths } from '../web/paths.ts'
import { removalForm } from '../web/removal.ts'
import { receiveUploads } from '../web/upload.ts'
import { view } from '../web/view.ts'
import * as government from './queries.ts'
import { emblemForm, emblemLimits } from './schema.ts'

const formPage = view<{ form: FormState; emblem: Picture | undefined }>('government/emblem')
const removalPage = view<{ form: FormState; emblem: Picture }>('government/emblem-removal')

/** The emblem of the region on its papers: shown to everybody, changed by whoever changes the settings. */
export const emblemRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  await receiveUploads(app, 'emblem', emblemLimits.bytes)
  app.get('/pictures/:sha256', { config: { access: 'page.public', limit: 'asset' } }, picture)
  app.get('/emblem', { config: { access: 'government.edit' } }, edit)
  app.post('/emblem', { config: { access: 'government.edit' } }, save)
  app.get('/emblem/removal', { config: { access: 'government.edit' } }, askRemoval)
  app.post('/emblem/removal', { config: { access: 'government.edit' } }, remove)

  /** By the digest of its bytes, so that whoever has it never needs to ask again. */
  async function picture(request: FastifyRequest, reply: FastifyReply) {
    const { sha256 } = request.params as { sha256: string }
    const { name, bytes } = orNotFound(await government.findPicture(db, sha256))
    const tag = `"${sha256}"`
    reply.header('cache-control', 'public, max-age=31536000, immutable').header('etag', tag)
    if (request.headers['if-none-match'] === tag) return reply.code(304).send()
    return reply.type(`image/${namedPicture(name)?.type}`).send(bytes)
  }

  async function edit(_request: FastifyRequest, reply: FastifyReply) {
    const { version, emblem } = await stored()
    return reply.page(formPage, { form: { ...emptyForm(), version }, emblem })
  }

  async function save(request: FastifyRequest, reply: FastifyReply) {
    const { version, emblem } = await stored()
    const again = (form: FormState) =>
      reply.page(formPage, { form: { ...form, version: form.version ?? version }, emblem })
    const parsed = parseForm(emblemForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await government.setEmblem(trx, parsed.version, parsed.data.emblem, request.by())
      await logAccess(trx, 'settings', request.by(), { what: 'emblem' })
      return paths.settings()
    })
  }

  async function askRemoval(_request: FastifyRequest, reply: FastifyReply) {
    const { version, emblem } = await stored()
    if (!emblem) return reply.redirect(paths.emblem(), 303)
    return reply.page(removalPage, { form: { ...emptyForm(), version }, emblem })
  }

  async function remove(request: FastifyRequest, reply: FastifyReply) {
    const { emblem } = await stored()
    const again = async (form: FormState) =>
      reply.page(removalPage, { form, emblem: orNotFound(emblem) })
    const parsed = parseForm(removalForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      await government.setEmblem(trx, parsed.version, null, request.by())
      await logAccess(trx, 'settings', request.by(), { what: 'emblem' })
      return { to: paths.settings(), flash: { key: 'form.removed' } }
    })
  }

  async function stored() {
    const { version, emblem } = orNotFound(await government.find(db))
    return { version, emblem: namedPicture(emblem) }
  }
}
