import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { removeRow } from '../db/write.ts'
import { everything, scopeOf } from '../domain/access.ts'
import { type Code, lists } from '../domain/words.ts'
import { orHidden, orNotFound, Refusal } from '../errors.ts'
import * as opd from '../opd/queries.ts'
import * as ranking from '../ranking/queries.ts'
import { emptyForm, type FormState, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { idOf, queryOneOf, queryText } from '../web/params.ts'
import { paths } from '../web/paths.ts'
import { removalRoutes, type ToRemove } from '../web/removal.ts'
import { view } from '../web/view.ts'
import { aboutOf, type Candidate, candidates, shownAtMost } from './candidates.ts'
import { checksOf, type ShownCheck, settle } from './checks.ts'
import * as proposals from './queries.ts'
import { mayCheck } from './rules.ts'
import { checkForm } from './schema.ts'

const checkPage = view<{
  form: FormState
  proposal: proposals.Proposal
  check: ShownCheck
  /** What was searched for; undefined where this check is searched for nothing. */
  search: string | undefined
  found: Candidate[]
  atMost: number
  opds: opd.OpdOption[]
}>('proposals/check')

/** One check of a proposal on a page: what to compare it with, and what a person says of it. */
export const checkRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/:id/checks', { config: { access: 'proposal.move' } }, ask)
  app.post('/:id/checks', { config: { access: 'proposal.move' } }, answer)
  removalRoutes(app, context, '/:id/checks/:answerId/removal', 'proposal.move', {
    asked: settledCheck,
    toRemove,
    async remove(trx, { proposal, settled }, version, request) {
      await removeRow(trx, 'checkAnswer', settled.id, version, request.by())
      return `${paths.proposal(proposal.id)}#checks`
    },
  })

  async function ask(request: FastifyRequest, reply: FastifyReply) {
    const check = queryOneOf(request, 'check', lists.checkName) ?? lists.checkName[0]
    return askWith(request, reply, await asked(request), check)
  }

  async function askWith(
    request: FastifyRequest,
    reply: FastifyReply,
    proposal: proposals.Proposal,
    name: Code<'checkName'>,
    refused?: FormState,
  ) {
    const scope = scopeOf(request.actor)
    const all = await checksOf(db, scope, proposal, request.today())
    const check = orNotFound(all.find((each) => each.check === name))
    const isSearched = name === 'national' || name === 'similar'
    const search = String(refused?.values.q ?? queryText(request, 'q'))
    return reply.page(checkPage, {
      form: refused ?? openedForm(check),
      proposal,
      check,
      search: isSearched ? search : undefined,
      found: isSearched ? await candidates(db, scope, name, proposal, search) : [],
      atMost: shownAtMost,
      opds: (await opd.options(db, everything, request.today())).filter(
        (each) => each.value !== proposal.opdId,
      ),
    })
  }

  async function answer(request: FastifyRequest, reply: FastifyReply) {
    const proposal = await asked(request)
    const parsed = parseForm(checkForm, request.body)
    const typed = parsed.ok ? parsed.values : parsed.form.values
    const name = orNotFound(lists.checkName.find((each) => each === typed.check))
    const again = (form: FormState) => askWith(request, reply, proposal, name, form)
    if (!parsed.ok) return again(parsed.form)
    const { result, note, about } = parsed.data
    return once(context, request, reply, parsed, again, async (trx) => {
      const subject = await aboutOf(trx, name, proposal, about)
      if (!subject) throw new Refusal({ about: { key: 'form.notInList' } })
      const said = {
        check: name,
        result: result === 'met' ? 'met' : 'not',
        note: note ?? '',
      } as const
      const row = { ...said, about: subject }
      await settle(trx, proposal.id, row, parsed.version, request.today(), request.by())
      return {
        to: `${paths.proposal(proposal.id)}#checks`,
        flash: { key: 'proposals.checks.done' },
      }
    })
  }

  async function settledCheck(request: FastifyRequest) {
    const proposal = await asked(request)
    const answerId = idOf(request, 'answerId')
    const answers = await ranking.checkAnswers(db, proposal.id)
    return { proposal, settled: orNotFound(answers.find((each) => each.id === answerId)) }
  }

  async function asked(request: FastifyRequest): Promise<proposals.Proposal> {
    const { actor } = request
    const proposal = orNotFound(await proposals.findById(db, scopeOf(actor), idOf(request)))
    orHidden(mayCheck(actor, proposal))
    return proposal
  }
}

function toRemove({
  proposal,
  settled,
}: {
  proposal: proposals.Proposal
  settled: ranking.CheckAnswer
}): ToRemove {
  return {
    table: 'checkAnswer',
    row: settled,
    title: { key: 'proposals.check.takeBack' },
    subject: settled.note,
    of: proposal.title,
    back: `${paths.proposal(proposal.id)}#checks`,
    crumbs: [{ href: paths.proposal(proposal.id), text: proposal.title }],
    note: { key: 'proposals.check.takeBack.note' },
  }
}

/** The form as it opens: what was settled last stands in it. */
function openedForm({ about, version, note, result }: ShownCheck): FormState {
  const values = { about: about?.value ?? '', note: note ?? '', result: version ? result : '' }
  return { ...emptyForm(values), version }
}
