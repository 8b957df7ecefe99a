import type { FastifyRequest } from 'fastify'
import type { Code } from '../domain/words.ts'
import { lists } from '../domain/words.ts'
import { queryId, queryOneOf, queryText } from '../web/params.ts'

/** What the board is narrowed to; `session` 0 = those of no session. */
export type Filters = {
  search: string
  state: Code<'followUpState'> | undefined
  opdId: number | undefined
  session: number | undefined
}

export function filtersOf(request: FastifyRequest): Filters {
  return {
    search: queryText(request, 'q'),
    state: queryOneOf(request, 'state', lists.followUpState),
    opdId: queryId(request, 'opd'),
    session: queryText(request, 'session') === 'none' ? 0 : queryId(request, 'session'),
  }
}

/** The filters as they stand in the address. */
export function queryOf({ search, state, opdId, session }: Filters): Record<string, string> {
  const text = (value: number | undefined) => (value === undefined ? '' : String(value))
  return {
    q: search,
    state: state ?? '',
    opd: text(opdId),
    session: session === 0 ? 'none' : text(session),
  }
}
