import { z } from 'zod'
import { yogyakarta } from '../domain/yogyakarta.ts'
import {
  addIssue,
  choice,
  day,
  decimal,
  flag,
  id,
  ids,
  integer,
  required,
  text,
} from '../web/fields.ts'

/** A person who rates, with or without an account. */
export const assessorForm = z.strictObject({
  name: required(text(120), { key: 'scoring.error.name' }),
  office: text(160),
  opdId: id(),
  accountId: id(),
})
export type AssessorInput = z.infer<typeof assessorForm>

/** A round; `without` are the proposals of its choice that do not take part. */
export const roundForm = z.strictObject({
  name: required(text(160), { key: 'scoring.error.roundName' }),
  fgdSessionId: id(),
  due: day(),
  minimum: required(integer(1, 99), { key: 'scoring.error.minimum' }),
  without: ids(),
})
export type RoundInput = z.infer<typeof roundForm>

/** A new round names its set; without one it takes the set in force. */
export const newRoundForm = z.strictObject({ ...roundForm.shape, setId: id() })

/** One row of the matrix of tasks: which criteria an assessor rates. */
export const taskRow = z.strictObject({ assessorId: required(id()), criteria: ids() })
export type TaskInput = z.infer<typeof taskRow>

/** `inForce`: scores come from this round from now on. */
export const roundStateForm = z.strictObject({
  to: required(choice('roundState')),
  inForce: flag(),
})

/** `everywhere`: of every proposal that the assessor has not rated yet, not of one alone. */
export const recusalForm = z
  .strictObject({
    assessorId: required(id(), { key: 'scoring.error.assessor' }),
    proposalId: id(),
    everywhere: flag(),
    replacedById: id(),
    reason: required(text(300), { key: 'scoring.error.reason' }),
  })
  .superRefine((input, ctx) => {
    if (input.proposalId !== null || input.everywhere === 1) return
    addIssue(ctx, 'proposalId', { key: 'scoring.error.proposal' })
  })
export type RecusalInput = z.infer<typeof recusalForm>

/** What a form carries that says nothing but "do it". */
export const bareForm = z.strictObject({})

/** `next`: go on to the next page of proposals after saving. */
export const gridHead = z.strictObject({ next: flag() })

/** One proposal's line on an assessor's sheet. */
export type GridRow = {
  proposalId: number
  /** The levels as they stood when the page was opened, by criterion; null = none. */
  seen: Map<number, number | null>
  /** The digest of the note as it stood then. */
  seenNote: string
  levels: Map<number, number | null>
  note: string | null
}

type GridCriterion = { id: number; levels: readonly { level: number }[] }

/** The field of a criterion in a row of the grid. */
export const cellName = (criterionId: number) => `c${criterionId}`

/**
 * A row of the grid for the criteria an assessor is to rate. `seen` is written by the page itself
 * (see `seenText`) and may be stale, never of another shape.
 */
export function gridRow(criteria: readonly GridCriterion[]): z.ZodType<GridRow> {
  const cells = Object.fromEntries(
    criteria.map((each) => [cellName(each.id), levelOf(each.levels.map(({ level }) => level))]),
  )
  return z
    .strictObject({ proposalId: required(id()), seen: text(400), note: text(500), ...cells })
    .transform((row, ctx): GridRow => {
      const typed = row as unknown as Record<string, number | null>
      const seen = readSeen(row.seen ?? '', criteria)
      if (!seen) addIssue(ctx, 'seen', { key: 'form.stale' })
      const levels = new Map(criteria.map((each) => [each.id, typed[cellName(each.id)] ?? null]))
      return {
        proposalId: row.proposalId,
        seen: seen?.levels ?? new Map(),
        seenNote: seen?.note ?? '',
        levels,
        note: row.note,
      }
    }) as unknown as z.ZodType<GridRow>
}

/** `seen` as it stands in the page: the levels in the order of the criteria, then the note's digest. */
export function seenText(levels: readonly (number | null)[], noteDigest: string): string {
  return `${levels.map((level) => level ?? '').join(',')}|${noteDigest}`
}

function readSeen(typed: string, criteria: readonly GridCriterion[]) {
  const [levels = '', note = ''] = typed.split('|')
  const parts = levels.split(',')
  const wellFormed = parts.every((part) => /^\d{0,2}$/.test(part))
  if (!wellFormed || parts.length !== Math.max(criteria.length, 1)) return undefined
  return {
    levels: new Map(criteria.map((each, at) => [each.id, parts[at] ? Number(parts[at]) : null])),
    note,
  }
}

/** A level that the criterion has; anything else is told with the levels there are. */
function levelOf(levels: readonly number[]): z.ZodType<number | null> {
  const min = Math.min(...levels)
  const max = Math.max(...levels)
  return text(20).transform((typed, ctx) => {
    if (typed === null) return null
    if (/^\d{1,2}$/.test(typed) && levels.includes(Number(typed))) return Number(typed)
    ctx.addIssue({
      code: 'custom',
      params: { key: 'scoring.error.level', params: { typed, min, max } },
    })
    return z.NEVER
  }) as unknown as z.ZodType<number | null>
}

/* Sets, criteria and weightings */

const setShape = {
  name: required(text(160), { key: 'scoring.error.setName' }),
  origin: text(500),
}
export const setForm = z.strictObject(setShape)

/** A new set is a copy of another, or empty. */
export const newSetForm = z.strictObject({ ...setShape, basedOnId: id() })

export const criterionForm = z.strictObject({
  code: required(text(8), { key: 'scoring.error.code' }),
  name: required(text(160), { key: 'scoring.error.criterionName' }),
  shortName: required(text(24), { key: 'scoring.error.shortName' }),
  question: text(300),
  derived: flag(),
})
export type CriterionInput = z.infer<typeof criterionForm>

/** A level of a criterion: its value as it was typed (see `valueTyped`) and what it means. */
export const levelRow = z.strictObject({ value: text(20), anchor: text(500) })

/** The value of a level as typed, `0,25`, `.5` or `25%`; undefined unless from 0 to 1. */
export function valueTyped(typed: string): number | undefined {
  const [, number = '', percent] = /^(\d{0,3}(?:[.,]\d{1,4})?)\s*(%?)$/.exec(typed.trim()) ?? []
  if (number === '') return undefined
  const plain = Number(number.replace(',', '.'))
  const value = percent ? Number((plain / 100).toFixed(6)) : plain
  return value >= 0 && value <= 1 ? value : undefined
}

/** A number as it would be typed, with a decimal comma, at most six decimals. */
export function decimalText(value: number): string {
  return String(Number(value.toFixed(6))).replace('.', ',')
}

/** A page that asks once more sends its answer with it. */
export const confirmForm = z.strictObject({ sure: ticked() })

export const presetForm = z.strictObject({
  pattern: required(text(40)).pipe(z.literal(yogyakarta.code)),
})

/** One place up, or down. */
export const orderForm = z
  .strictObject({ up: flag(), down: flag() })
  .superRefine(({ up, down }, ctx) => {
    if (up === down) addIssue(ctx, 'up', { key: 'form.stale' })
  })

function ticked() {
  return flag().superRefine((value, ctx) => {
    if (value !== 1) ctx.addIssue({ code: 'custom', params: { key: 'form.stale' } })
  })
}

/** The ways to make weights that are typed; by comparison in pairs they are made elsewhere. */
export const typedMethods = ['direct', 'ranked'] as const
export type TypedMethod = (typeof typedMethods)[number]

export const weightingForm = z.strictObject({
  name: required(text(160), { key: 'scoring.error.weightingName' }),
  method: required(choice('weightingMethod')),
})

/** The weight of a criterion in per cent, or its place in the order, from 1. */
export function weightRow(method: TypedMethod) {
  const value =
    method === 'ranked'
      ? required(integer(1, 99), { key: 'scoring.error.rank' })
      : required(decimal(0.01, 100), { key: 'scoring.error.weight' })
  return z.strictObject({ criterionId: required(id()), value })
}

/** Who adopted a weighting, when, in which office, by which document. */
export const adoptionForm = z.strictObject({
  adoptedOn: required(day(), { key: 'scoring.error.adoptedOn' }),
  adoptedBy: required(text(120), { key: 'scoring.error.adoptedBy' }),
  office: text(160),
  document: text(200),
})
