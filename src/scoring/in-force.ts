import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { findRow } from '../db/rows.ts'
import type { Tx } from '../db/schema.ts'
import { type By, updateRow } from '../db/write.ts'
import { AppError, type Message, orNotFound } from '../errors.ts'
import { emptyForm, type FormState, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { view } from '../web/view.ts'
import * as scoring from './queries.ts'
import { confirmForm } from './schema.ts'

/** What is asked about: its name, what choosing it means, and where to go on. */
type Question = {
  table: Choosable
  id: number
  name: string
  text: Message
  action: string
  back: string
}
type Choosable = 'criterionSet' | 'weighting' | 'round'

const page = view<{ form: FormState; asked: Question }>('scoring/in-force')

/**
 * Puts a set, weighting or round in force from this moment on; what was in force before stays as it
 * is. With a round its set comes into force.
 */
export async function putInForce(trx: Tx, table: Choosable, id: number, by: By): Promise<void> {
  const { version } = orNotFound(await findRow(trx, table, id))
  await updateRow(trx, table, id, version, { inForceAt: by.at }, by)
  if (table !== 'round') return
  const round = orNotFound(await scoring.findRound(trx, id))
  const set = await scoring.setInForce(trx)
  if (set?.id !== round.setId) await putInForce(trx, 'criterionSet', round.setId, by)
}

/** Choosing which set, weighting and round are in force, each asked about once more. */
export const inForceRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  const questions = { sets: ofSet, weightings: ofWeighting, rounds: ofRound }
  for (const [noun, question] of Object.entries(questions)) {
    app.get(`/${noun}/:id/in-force`, { config: { access: 'scoring.edit' } }, ask)
    app.post(`/${noun}/:id/in-force`, { config: { access: 'scoring.edit' } }, choose)

    async function ask(request: FastifyRequest, reply: FastifyReply) {
      return reply.page(page, { form: emptyForm(), asked: await question(idOf(request)) })
    }

    async function choose(request: FastifyRequest, reply: FastifyReply) {
      const asked = await question(idOf(request))
      const again = async (form: FormState) => reply.page(page, { form, asked })
      const parsed = parseForm(confirmForm, request.body)
      if (!parsed.ok) return again(parsed.form)
      return once(context, request, reply, parsed, again, async (trx) => {
        await putInForce(trx, asked.table, asked.id, request.by())
        return { to: asked.back, flash: { key: 'scoring.chosen', params: { name: asked.name } } }
      })
    }
  }

  async function ofSet(id: number): Promise<Question> {
    const set = orNotFound(await scoring.findSet(db, id))
    const usable = (await scoring.usableSets(db)).some((each) => each.id === id)
    if (!usable) throw new AppError('conflict', { key: 'scoring.error.notUsable' })
    const round = scoring.preferred((await scoring.rounds(db)).filter((each) => each.setId === id))
    const text: Message = round
      ? { key: 'scoring.inForce.set', params: { round: round.name } }
      : { key: 'scoring.inForce.setAlone' }
    const [action, back] = [paths.criterionSetInForce(id), paths.criterionSet(id)]
    return { table: 'criterionSet', id, name: set.name, text, action, back }
  }

  async function ofWeighting(id: number): Promise<Question> {
    const weighting = orNotFound(await scoring.findWeighting(db, id))
    if (weighting.state !== 'adopted') {
      throw new AppError('conflict', { key: 'scoring.error.notAdopted' })
    }
    const text = { key: 'scoring.inForce.weighting' } as const
    const [action, back] = [paths.weightingInForce(id), paths.weighting(id)]
    return { table: 'weighting', id, name: weighting.name, text, action, back }
  }

  async function ofRound(id: number): Promise<Question> {
    const round = orNotFound(await scoring.findRound(db, id))
    if (round.state === 'prepared') throw new AppError('conflict', { key: 'scoring.error.notOpen' })
    const set = orNotFound(await scoring.findSet(db, round.setId))
    const text = { key: 'scoring.inForce.round', params: { set: set.name } } as const
    const [action, back] = [paths.roundInForce(id), paths.round(id)]
    return { table: 'round', id, name: round.name, text, action, back }
  }
}
