import type { FastifyRequest } from 'fastify'
import { type Code, lists } from '../domain/words.ts'
import { queryId, queryOneOf, queryText } from '../web/params.ts'

/** What the list is narrowed to; all of it stands in the address. */
export type Filters = {
  search: string
  opdId: number | undefined
  kind: Code<'needKind'> | undefined
  state: Code<'needState'> | undefined
  year: number | undefined
}

export function filtersOf(request: FastifyRequest): Filters {
  return {
    search: queryText(request, 'q'),
    opdId: queryId(request, 'opd'),
    kind: queryOneOf(request, 'kind', lists.needKind),
    state: queryOneOf(request, 'state', lists.needState),
    year: queryId(request, 'year'),
  }
}

/** The filters as they stand in the address. */
export function queryOf(filters: Filters) {
  return {
    q: filters.search || undefined,
    opd: filters.opdId,
    kind: filters.kind,
    state: filters.state,
    year: filters.year,
  }
}
