import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { removeRow, updateRow } from '../db/write.ts'
import { yogyakarta, yogyakartaCriteria } from '../domain/yogyakarta.ts'
import { type Message, orNotFound, Refusal } from '../errors.ts'
import { emptyForm, type FormState, filledForm, parseForm, wholeForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, queryId } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { notFreezable, requireDraft } from './freezing.ts'
import { insertSet } from './insert-set.ts'
import * as scoring from './queries.ts'
import { bareForm, newSetForm, presetForm, setForm } from './schema.ts'

type SetLine = scoring.CriterionSet & { criteria: number; rounds: number; inForce: boolean }

const indexPage = view<{ form: FormState; sets: SetLine[] }>('scoring/sets')
const newPage = view<{ form: FormState; setOptions: scoring.Option[] }>('scoring/set-new')
const editPage = view<{ form: FormState; set: scoring.CriterionSet }>('scoring/set-edit')
const freezePage = view<{
  form: FormState
  set: scoring.CriterionSet
  against: Message[]
}>('scoring/set-freezing')
const setPage = view<{
  form: FormState
  set: scoring.CriterionSet
  basedOn: string | undefined
  inForce: boolean
  usable: boolean
  /** The weighting shown beside the criteria: that in force, or the newest draft. */
  weighting: scoring.Weighting | undefined
  weightings: scoring.Weighting[]
  criteria: scoring.SetCriterion[]
  rounds: scoring.Round[]
}>('scoring/set')

/** Criteria sets: copied or begun empty, edited as drafts, then frozen for good. */
export const setRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/', { config: { access: 'scoring.view' } }, index)
  app.get('/new', { config: { access: 'scoring.edit' } }, newForm)
  app.post('/', { config: { access: 'scoring.edit' } }, create)
  app.post('/preset', { config: { access: 'scoring.edit' } }, createPreset)
  app.get('/:id', { config: { access: 'scoring.view' } }, show)
  app.get('/:id/edit', { config: { access: 'scoring.edit' } }, edit)
  app.post('/:id', { config: { access: 'scoring.edit' } }, update)
  removalRoutes(app, context, '/:id/removal', 'scoring.edit', {
    asked,
    toRemove,
    async remove(trx, { id }, version, request) {
      requireDraft(await scoring.findSet(trx, id))
      for (const each of await scoring.weightings(trx, id)) {
        await removeRow(trx, 'weighting', each.id, each.version, request.by())
      }
      for (const each of await scoring.criterionRows(trx, id)) {
        await removeRow(trx, 'criterion', each.id, each.version, request.by())
      }
      await removeRow(trx, 'criterionSet', id, version, request.by())
      return paths.criterionSets()
    },
  })
  app.get('/:id/freezing', { config: { access: 'scoring.edit' } }, askFreezing)
  app.post('/:id/freezing', { config: { access: 'scoring.edit' } }, freeze)

  async function index(_request: FastifyRequest, reply: FastifyReply) {
    return indexWith(reply, emptyForm())
  }

  async function indexWith(reply: FastifyReply, form: FormState) {
    const inForce = await scoring.setInForce(db)
    const rounds = await scoring.rounds(db)
    const lines: SetLine[] = []
    for (const set of await scoring.sets(db)) {
      const criteria = await scoring.criteriaOf(db, set.id, undefined)
      lines.push({
        ...set,
        criteria: criteria.length,
        rounds: rounds.filter((each) => each.setId === set.id).length,
        inForce: set.id === inForce?.id,
      })
    }
    return reply.page(indexPage, { form, sets: lines })
  }

  async function newForm(request: FastifyRequest, reply: FastifyReply) {
    const from = queryId(request, 'from')
    const copied = from ? orNotFound(await scoring.findSet(db, from)) : undefined
    if (!copied) return newWith(reply, emptyForm())
    const { id, name, origin } = copied
    return newWith(reply, emptyForm({ basedOnId: String(id), name, origin: origin ?? '' }))
  }

  async function newWith(reply: FastifyReply, form: FormState) {
    const sets = await scoring.sets(db)
    const setOptions = sets.map(({ id, name }) => ({ value: id, label: name }))
    return reply.page(newPage, { form, setOptions })
  }

  async function create(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => newWith(reply, form)
    const parsed = parseForm(newSetForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { name, origin, basedOnId } = parsed.data
    const copied = basedOnId === null ? null : orNotFound(await scoring.findSet(db, basedOnId))
    return once(context, request, reply, parsed, again, async (trx) => {
      if ((await scoring.sets(trx)).some((each) => sameName(each.name, name))) {
        throw new Refusal({ name: { key: 'scoring.error.sameSetName' } })
      }
      const weighting = copied && (await scoring.weightingOf(trx, copied.id))
      const criteria = copied ? await scoring.criteriaOf(trx, copied.id, weighting?.id) : []
      const { setId } = await insertSet(
        trx,
        { name, origin, basedOnId, state: 'draft', pattern: copied?.pattern ?? null },
        criteria.map(({ id, ...each }) => ({ ...each, question: each.question ?? '' })),
        { name: weighting?.name ?? 'Bobot awal', state: 'draft' },
        request.by(),
      )
      return paths.criterionSet(setId)
    })
  }

  async function createPreset(request: FastifyRequest, reply: FastifyReply) {
    const again = (form: FormState) => indexWith(reply, form)
    const parsed = parseForm(presetForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    const { code: pattern, name, origin } = yogyakarta
    const office = request.site.officeShort
    return once(context, request, reply, parsed, again, async (trx) => {
      const known = (await scoring.sets(trx)).find((each) => sameName(each.name, name))
      if (known) {
        return { to: paths.criterionSet(known.id), flash: { key: 'scoring.preset.there' } }
      }
      const criteria = yogyakartaCriteria.map((each) => ({
        ...each,
        levels: each.levels.map((level) => ({
          ...level,
          anchor: level.anchor.replace('{dinas}', office),
        })),
      }))
      const set = { name, origin, basedOnId: null, state: 'draft', pattern } as const
      const weighting = { name: 'Bobot pola Yogyakarta', state: 'draft' } as const
      const { setId } = await insertSet(trx, set, criteria, weighting, request.by())
      return paths.criterionSet(setId)
    })
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    return showWith(reply, await asked(request), emptyForm())
  }

  async function showWith(reply: FastifyReply, set: scoring.CriterionSet, form: FormState) {
    const weightings = await scoring.weightings(db, set.id)
    const weighting = (await scoring.weightingOf(db, set.id)) ?? weightings[0]
    const usable = await scoring.usableSets(db)
    return reply.page(setPage, {
      form,
      set,
      basedOn: set.basedOnId ? (await scoring.findSet(db, set.basedOnId))?.name : undefined,
      inForce: (await scoring.setInForce(db))?.id === set.id,
      usable: usable.some((each) => each.id === set.id),
      weighting,
      weightings,
      criteria: await scoring.criteriaOf(db, set.id, weighting?.id),
      rounds: (await scoring.rounds(db)).filter((each) => each.setId === set.id),
    })
  }

  async function edit(request: FastifyRequest, reply: FastifyReply) {
    const set = requireDraft(await asked(request))
    return reply.page(editPage, { form: filledForm(set), set })
  }

  async function update(request: FastifyRequest, reply: FastifyReply) {
    const set = requireDraft(await asked(request))
    const again = async (form: FormState) => reply.page(editPage, { form, set })
    const parsed = parseForm(setForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      requireDraft(await scoring.findSet(trx, set.id))
      const twin = (await scoring.sets(trx)).find((each) => sameName(each.name, parsed.data.name))
      if (twin && twin.id !== set.id) {
        throw new Refusal({ name: { key: 'scoring.error.sameSetName' } })
      }
      await updateRow(trx, 'criterionSet', set.id, parsed.version, parsed.data, request.by())
      return paths.criterionSet(set.id)
    })
  }

  async function askFreezing(request: FastifyRequest, reply: FastifyReply) {
    const set = requireDraft(await asked(request))
    return freezeWith(reply, set, { ...emptyForm(), version: set.version })
  }

  async function freezeWith(reply: FastifyReply, set: scoring.CriterionSet, form: FormState) {
    const against = notFreezable(await scoring.criteriaOf(db, set.id, undefined))
    return reply.page(freezePage, { form, set, against })
  }

  async function freeze(request: FastifyRequest, reply: FastifyReply) {
    const set = requireDraft(await asked(request))
    const again = (form: FormState) => freezeWith(reply, set, form)
    const parsed = parseForm(bareForm, request.body)
    if (!parsed.ok) return again(parsed.form)
    return once(context, request, reply, parsed, again, async (trx) => {
      requireDraft(await scoring.findSet(trx, set.id))
      const [against] = notFreezable(await scoring.criteriaOf(trx, set.id, undefined))
      if (against) throw new Refusal({ [wholeForm]: against })
      const frozen = { state: 'frozen', frozenAt: request.by().at }
      await updateRow(trx, 'criterionSet', set.id, parsed.version, frozen, request.by())
      return { to: paths.criterionSet(set.id), flash: { key: 'scoring.frozen' } }
    })
  }

  async function asked(request: FastifyRequest): Promise<scoring.CriterionSet> {
    return orNotFound(await scoring.findSet(db, idOf(request)))
  }
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function toRemove(set: scoring.CriterionSet): ToRemove {
  return {
    table: 'criterionSet',
    row: set,
    title: { key: 'scoring.set.remove' },
    subject: set.name,
    back: paths.criterionSet(set.id),
    taking: ['criterion', 'weighting'],
    barred:
      set.state === 'draft'
        ? undefined
        : {
            why: { key: 'scoring.error.frozen' },
            mend: {
              href: paths.criterionSetNew({ from: set.id }),
              text: { key: 'scoring.set.copy' },
            },
          },
  }
}
