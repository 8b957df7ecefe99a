import { sum } from '../domain/scoring.ts'
import { connectionFields } from '../inventory/schema.ts'
import { missingOf } from '../proposals/schema.ts'
import { valuesOf } from '../web/form.ts'

type Fields = Record<string, unknown>

/** The later of two fields may not be less than the earlier one. */
const ordered: Record<string, readonly (readonly [string, string])[]> = {
  government: [['yearFrom', 'yearTo']],
  opd: [['validFrom', 'validUntil']],
  internetAccess: [['measuredOn', 'asOf']],
  fgdSession: [['heldOn', 'endsOn']],
  phase: [['yearFrom', 'yearTo']],
  proposal: [['costLow', 'costHigh']],
}

/** Pairs of fields of which only one may be answered. */
const apart: Record<string, readonly (readonly [string, string])[]> = {
  proposal: [
    ['dutyId', 'dutyText'],
    ['costUnknown', 'costLow'],
    ['costUnknown', 'costHigh'],
  ],
  infrastructureNeed: [['costUnknown', 'cost']],
  attendance: [['opdId', 'institution']],
}

/** Fields that are answered only beside some answers of another one. */
const beside: Record<
  string,
  { of: string; fields: readonly string[]; isFor(answer: unknown): boolean }
> = {
  internetAccess: {
    of: 'available',
    fields: connectionFields,
    isFor: (available) => available !== 'no',
  },
  opd: {
    of: 'validUntil',
    fields: ['successors'],
    isFor: isGiven,
  },
  attendance: {
    of: 'employment',
    fields: ['nip'],
    isFor: (employment) => employment === 'pns' || employment === 'pppk',
  },
}

/** The answer that a field of a proposal belongs to is one way only. */
const ofWay: Record<string, string> = { wayNationalId: 'national', wayApplicationId: 'extend' }

/**
 * The other fields with which a value that is put back does not fit: the rules of the form that
 * look at several fields. Empty when it fits.
 */
export function unfitFields(entity: string, row: Fields, field: string): string[] {
  const pairs = (all: typeof ordered) => (all[entity] ?? []).filter((pair) => pair.includes(field))
  const wrong = [
    ...pairs(ordered).filter(([first, last]) => isAfter(row[first], row[last])),
    ...pairs(apart).filter(([one, other]) => isGiven(row[one]) && isGiven(row[other])),
  ]
  const fields = [
    ...wrong.flat().filter((name) => name !== field),
    ...unfitBeside(entity, row, field),
    ...(entity === 'fgdSession' ? unfitTimes(row, field) : []),
  ]
  if (entity !== 'proposal') return fields
  if (['costUnknown', 'costHigh'].includes(field) && isOffSum(row)) fields.push('costs')
  const byWay = Object.entries(ofWay).filter(([name, way]) => isGiven(row[name]) && row.way !== way)
  const touched = byWay.filter(([name]) => field === 'way' || field === name)
  return [...fields, ...touched.map(([name]) => (field === 'way' ? name : 'way'))]
}

function unfitBeside(entity: string, row: Fields, field: string): string[] {
  const rule = beside[entity]
  if (!rule || rule.isFor(row[rule.of])) return []
  if (field === rule.of) return rule.fields.filter((name) => isGiven(row[name]))
  return rule.fields.includes(field) && isGiven(row[field]) ? [rule.of] : []
}

/** A session of one day ends after it begins. */
function unfitTimes({ heldOn, endsOn, starts, ends }: Fields, field: string): string[] {
  const times = ['heldOn', 'endsOn', 'starts', 'ends']
  const isOneDay = !isGiven(endsOn) || endsOn === heldOn
  if (!times.includes(field) || !isOneDay || !isAfter(starts, ends)) return []
  return ['starts', 'ends'].filter((name) => name !== field)
}

/** Whether it would take away an answer without which the proposal would not have been taken in. */
export function takesRequired(before: Fields, after: Fields): boolean {
  if (before.state === 'draft' || before.state === 'returned') return false
  const missing = (row: Fields) => Object.keys(missingOf(valuesOf(row)))
  return missing(after).some((field) => !missing(before).includes(field))
}

/** Costs by year add up to the upper estimate. */
function isOffSum({ costs, costHigh }: Fields): boolean {
  if (!Array.isArray(costs) || costs.length === 0) return false
  return sum(costs.map((each) => Number(each.amount))) !== costHigh
}

function isGiven(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return value !== null && value !== undefined && value !== '' && value !== 0
}

function isAfter(first: unknown, last: unknown): boolean {
  if (typeof first === 'number' && typeof last === 'number') return first > last
  return typeof first === 'string' && typeof last === 'string' && first > last
}
