import { z } from 'zod'
import { addIssue, choice, day, flag, id, ids, integer, required, text } from '../web/fields.ts'

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

/** One row of the matrix of tasks: which criteria an assessor rates. */
export const taskRow = z.strictObject({ assessorId: required(id()), criteria: ids() })
export type TaskInput = z.infer<typeof taskRow>

export const roundStateForm = z.strictObject({ to: required(choice('roundState')) })

export const recusalForm = z.strictObject({
  assessorId: required(id(), { key: 'scoring.error.assessor' }),
  proposalId: required(id(), { key: 'scoring.error.proposal' }),
  reason: required(text(300), { key: 'scoring.error.reason' }),
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
