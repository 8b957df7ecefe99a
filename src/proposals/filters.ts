import type { FastifyRequest } from 'fastify'
import { lists } from '../domain/words.ts'
import { queryId, queryOneOf, queryText } from '../web/params.ts'

const sorts = ['number', 'title', 'opd', 'cost'] as const
type Sort = (typeof sorts)[number]

/** What a proposal's chip may say: the outcome of the decision that the reader is told, that there is one, else its state. */
const standings = [...lists.proposalState, 'undisclosed', ...lists.outcome] as const
type StandingCode = (typeof standings)[number]

/** What the list is narrowed to and ordered by; all of it stands in the address. */
export type Filters = {
  search: string
  opdId: number | undefined
  standing: StandingCode | undefined
  platform: (typeof lists.platform)[number] | undefined
  /** The way that the review recommends. */
  reviewWay: (typeof lists.way)[number] | undefined
  sessionId: number | undefined
  /** Only those without any estimate of cost. */
  costless: boolean
  /** Undefined: the latest first. */
  sort: Sort | undefined
  descending: boolean
}

export function filtersOf(request: FastifyRequest): Filters {
  return {
    search: queryText(request, 'q'),
    opdId: queryId(request, 'opd'),
    standing: queryOneOf(request, 'standing', standings),
    platform: queryOneOf(request, 'platform', lists.platform),
    reviewWay: queryOneOf(request, 'advice', lists.way),
    sessionId: queryId(request, 'session'),
    costless: queryText(request, 'cost') === 'none',
    sort: queryOneOf(request, 'sort', sorts),
    descending: queryText(request, 'dir') === 'desc',
  }
}

/** The filters as they stand in the address. */
export function queryOf(filters: Filters) {
  return {
    q: filters.search || undefined,
    opd: filters.opdId,
    standing: filters.standing,
    platform: filters.platform,
    advice: filters.reviewWay,
    session: filters.sessionId,
    cost: filters.costless ? 'none' : undefined,
    sort: filters.sort,
    dir: filters.sort && filters.descending ? 'desc' : undefined,
  }
}
