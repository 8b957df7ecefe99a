import { z } from 'zod'
import { addIssue, id, integer, longText, money, required, text } from '../web/fields.ts'

/** A phase; an empty ceiling or capacity is not known yet, and then limits nothing. */
export const phaseForm = z
  .strictObject({
    name: required(text(60), { key: 'roadmap.error.name' }),
    yearFrom: required(integer(2000, 2100), { key: 'roadmap.error.yearFrom' }),
    yearTo: required(integer(2000, 2100), { key: 'roadmap.error.yearTo' }),
    ceiling: money(),
    capacity: integer(0, 10_000),
  })
  .superRefine((phase, ctx) => {
    if (phase.yearTo < phase.yearFrom) addIssue(ctx, 'yearTo', { key: 'roadmap.error.years' })
  })
export type PhaseInput = z.infer<typeof phaseForm>

/** Where a planner moves a proposal, and why; no phase = where the computation places it. */
export const placementForm = z.strictObject({
  phaseId: id(),
  reason: required(longText(2000), { key: 'roadmap.error.moveReason' }),
})
export type MoveInput = z.infer<typeof placementForm>

/** Which way a phase trades places. */
export const moveForm = z.strictObject({ towards: z.enum(['up', 'down']) })
