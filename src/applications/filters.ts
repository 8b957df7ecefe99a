import type { FastifyRequest } from 'fastify'
import { type Code, lists } from '../domain/words.ts'
import { queryId, queryOneOf, queryText } from '../web/params.ts'

/** `unrecorded`: nobody said whether it is used. */
export const useStates = [...lists.appUse, 'unrecorded'] as const
export type UseState = (typeof useStates)[number]

/** What the list is narrowed to; all of it stands in the address. */
export type Filters = {
  search: string
  opdId: number | undefined
  use: UseState | undefined
  plan: Code<'appPlan'> | undefined
  class: Code<'appClass'> | undefined
  platform: Code<'platform'> | undefined
}

export function filtersOf(request: FastifyRequest): Filters {
  return {
    search: queryText(request, 'q'),
    opdId: queryId(request, 'opd'),
    use: queryOneOf(request, 'use', useStates),
    plan: queryOneOf(request, 'plan', lists.appPlan),
    class: queryOneOf(request, 'class', lists.appClass),
    platform: queryOneOf(request, 'platform', lists.platform),
  }
}

/** The filters as they stand in the address. */
export function queryOf(filters: Filters) {
  return {
    q: filters.search || undefined,
    opd: filters.opdId,
    use: filters.use,
    plan: filters.plan,
    class: filters.class,
    platform: filters.platform,
  }
}
