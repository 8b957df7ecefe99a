import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { scopeOf } from '../domain/access.ts'
import { fold } from '../domain/text.ts'
import { lists } from '../domain/words.ts'
import * as opd from '../opd/queries.ts'
import { type Paged, paged } from '../web/paged.ts'
import { pageOf, queryId, queryOneOf, queryText } from '../web/params.ts'
import { view } from '../web/view.ts'
import { assess } from './assess.ts'
import type { Assessed, Assessment } from './assessment.ts'
import { checkNames, sayCheck } from './say.ts'

const parts = ['ranked', 'incomplete', 'aside'] as const
type Part = (typeof parts)[number]

type Filters = {
  search: string
  opd: number | undefined
  check: (typeof lists.checkName)[number] | undefined
  decided: 'yes' | 'no' | undefined
}

const indexPage = view<
  Paged<Assessed> & {
    assessment: Assessment
    part: Part
    /** Rows that pass the filters, by part. */
    counts: Record<Part, number>
    filters: Filters
    opdOptions: opd.OpdOption[]
    checkNames: typeof checkNames
    sayCheck: typeof sayCheck
  }
>('ranking/index')

export const rankingRoutes: FastifyPluginAsync<Context> = async (app, context) => {
  const { db } = context
  app.get('/', { config: { access: 'ranking.view', kept: true } }, index)

  async function index(request: FastifyRequest, reply: FastifyReply) {
    const assessment = await assess(db, scopeOf(request.actor))
    const part = queryOneOf(request, 'list', parts) ?? 'ranked'
    const filters: Filters = {
      search: queryText(request, 'q'),
      opd: queryId(request, 'opd'),
      check: queryOneOf(request, 'check', lists.checkName),
      decided: queryOneOf(request, 'decided', ['yes', 'no']),
    }
    const counted = filters.opd === undefined ? undefined : await opd.withUnits(db, [filters.opd])
    const search = fold(filters.search)
    const passing = (name: Part) =>
      assessment[name].filter((each) => passes(each, filters, search, counted))
    const passed = {
      ranked: passing('ranked'),
      incomplete: passing('incomplete'),
      aside: passing('aside'),
    }
    return reply.page(indexPage, {
      ...paged(passed[part], pageOf(request)),
      assessment,
      part,
      counts: {
        ranked: passed.ranked.length,
        incomplete: passed.incomplete.length,
        aside: passed.aside.length,
      },
      filters,
      opdOptions: await opd.options(db, scopeOf(request.actor), request.today()),
      checkNames,
      sayCheck,
    })
  }
}

/** @param search folded */
function passes(
  assessed: Assessed,
  { check, decided }: Filters,
  search: string,
  counted: readonly number[] | undefined,
): boolean {
  if (search && !fold(`${assessed.number ?? ''} ${assessed.title}`).includes(search)) return false
  if (counted && !assessed.opdIds.some((id) => counted.includes(id))) return false
  if (check !== undefined && assessed.checks[check].result !== 'not') return false
  return decided === undefined || (assessed.decision !== undefined) === (decided === 'yes')
}
