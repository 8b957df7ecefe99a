import type { FastifyRequest } from 'fastify'
import type { EditConflict } from '../db/conflict.ts'
import type { WholeDb } from '../db/schema.ts'
import { type Decision, fieldName, type Merged } from '../db/unit.ts'
import { midSentence } from '../domain/text.ts'
import type { Message } from '../errors.ts'
import { type FormState, type Values, wholeForm } from './form.ts'
import { fieldOf } from './record-fields.ts'
import { inWords } from './record-words.ts'
import { sayOf } from './say.ts'

/** In a message a long text is only recognized; the choice below it shows the whole. */
const longestInMessage = 160

/**
 * A conflict of edits as the form shows it: a message at each field that both changed, and the
 * choice between the two. The form keeps the version it was opened with, so that what others changed
 * in further fields is still merged, not overwritten, when it is sent again. A field that stands on the form under no name of its own is told above.
 */
export async function conflictShown(
  db: WholeDb,
  request: FastifyRequest,
  { entity, entityId, fields, version }: EditConflict,
  values: Values,
): Promise<Pick<FormState, 'errors' | 'conflicts' | 'version'>> {
  const say = sayOf(request)
  const known = fields.filter(({ field }) => fieldOf(entity, field))
  const changes = Object.fromEntries(
    known.map(({ field, mine, stored }) => [field, [stored, mine] as const]),
  )
  const words = await inWords(db, { actor: request.actor, say }, [{ entity, entityId, changes }])
  const told = words.changes(entity, changes).flatMap(({ field, label, old, fresh }) => {
    const conflict = known.find((each) => each.field === field)
    if (!conflict) return []
    const { by, at } = conflict
    const name = fieldName(entity, entityId, field)
    const choice = { take: `stored:${name}`, keep: `mine:${name}:${version}` }
    return [{ field, ...choice, label, mine: fresh, stored: old, by, at: say.format.dateTime(at) }]
  })
  if (told.length === 0) {
    return { errors: { [wholeForm]: { key: 'form.changedMeanwhile' } }, version }
  }
  const errors = told.map(({ field, by, at, mine, stored }): [string, Message] => [
    field in values ? field : wholeForm,
    {
      key: 'form.conflict',
      params: { name: by, at, mine: recognized(mine), stored: recognized(stored) },
    },
  ])
  return { errors: Object.fromEntries(errors), conflicts: told.map(({ field: _, ...one }) => one) }
}

/** That others had changed fields meanwhile, which were left as they are; undefined if none did. */
export function mergedShown(
  request: FastifyRequest,
  merged: readonly Merged[],
): Message | undefined {
  const { t } = sayOf(request)
  const told = merged.filter(({ entity, field }) => fieldOf(entity, field))
  if (told.length === 0) return undefined
  const labels = told.flatMap(({ entity, field }) => {
    const label = fieldOf(entity, field)?.label
    return label ? [midSentence(t.message({ key: label }))] : []
  })
  const name = [...new Set(told.map(({ by }) => by))].join(', ')
  return { key: 'history.merged', params: { name, fields: [...new Set(labels)].join(', ') } }
}

/** What was decided, by field, and with each the column that is folded from it. */
export function decisionsOf(sent: readonly string[]): Map<string, Decision> {
  const decided = new Map<string, Decision>()
  for (const each of sent) {
    const [choice, entity = '', id, field = '', seen] = each.split(':')
    const decision: Decision = choice === 'stored' ? 'stored' : { seen: Number(seen ?? 0) }
    for (const name of [field, fieldOf(entity, field)?.folded]) {
      if (name) decided.set(fieldName(entity, Number(id), name), decision)
    }
  }
  return decided
}

function recognized(text: string): string {
  return text.length > longestInMessage ? `${text.slice(0, longestInMessage - 1)}…` : text
}
