import type { FastifyRequest } from 'fastify'
import { isDay } from '../domain/calendar.ts'
import { lists } from '../domain/words.ts'
import { queryId, queryOneOf, queryText } from '../web/params.ts'
import { measures } from './change.ts'
import type { Filters } from './overview.ts'

export const tabs = ['offices', 'opd', 'district', 'change', 'devices'] as const
export type Tab = (typeof tabs)[number]

const states = [...lists.internet, 'unrecorded'] as const

export function tabOf(request: FastifyRequest): Tab {
  return queryOneOf(request, 'tab', tabs) ?? 'offices'
}

export function filtersOf(request: FastifyRequest): Filters {
  return {
    q: queryText(request, 'q'),
    opdId: queryId(request, 'opd'),
    state: queryOneOf(request, 'state', states),
    district: queryText(request, 'district'),
    asOf: dayOf(request, 'as-of'),
    sort: queryOneOf(request, 'sort', ['gap', 'opd']) ?? 'gap',
  }
}

/**
 * The two days to compare, the earlier one first; by OPD or by district, and by which measure the
 * rows are ordered. Without a day it is the one given, so that the page opens with a comparison.
 */
export function comparisonOf(request: FastifyRequest, usual: { from: string; until: string }) {
  const days = [
    dayOf(request, 'from') || usual.from,
    dayOf(request, 'as-of') || usual.until,
  ].toSorted()
  return {
    from: days[0] ?? usual.from,
    until: days[1] ?? usual.until,
    by: queryOneOf(request, 'by', ['opd', 'district']) ?? 'opd',
    order: queryOneOf(request, 'order', measures) ?? 'internet',
  } as const
}

function dayOf(request: FastifyRequest, name: string): string {
  const day = queryText(request, name)
  return isDay(day) ? day : ''
}
