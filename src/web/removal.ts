import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { type Hanging, hangingOn } from '../db/hanging.ts'
import type { KeptTable } from '../db/kept.ts'
import type { Message } from '../errors.ts'
import { counted } from './counted.ts'
import { emptyForm, type FormState } from './form.ts'
import { sayOf } from './say.ts'
import { view } from './view.ts'

/** A confirmed removal carries nothing but its retry key and the version that was shown. */
export const removalForm = z.strictObject({})

/** What is asked about before it goes: the row, what it is called, and where it is kept. */
export type ToRemove = {
  table: KeptTable
  row: { id: number; version: number }
  /** The deed, as its button says it. */
  title: Message
  subject: string
  /** Where the page and its form stand, and where the row itself is shown. */
  action: string
  back: string
  crumbs?: { href: string; text: string }[]
  /** The kinds that the route takes away with it, although the database would hold the row. */
  taking?: readonly KeptTable[]
}

const removalPage = view<
  Omit<ToRemove, 'table' | 'row' | 'taking'> & {
    form: FormState
    version: number
    crumbs: { href: string; text: string }[]
    /** What of each kind stands against it, in words; then there is no button. */
    stands: string
    /** What of each kind goes with it, in words. */
    goes: string
  }
>('removal')

/**
 * Shows the one page that asks before a row is taken away, with what hangs on it by kind.
 *
 * @param form what a refused removal left; its reason is shown above
 */
export async function askRemoval(
  { whole }: Pick<Context, 'whole'>,
  reply: FastifyReply,
  { table, row, taking = [], ...asked }: ToRemove,
  form: FormState = emptyForm(),
): Promise<FastifyReply> {
  const hanging = await hangingOn(whole, table, row.id)
  const goesToo = (each: Hanging) => each.goes || taking.some((kind) => kind === each.entity)
  const told = (some: readonly Hanging[]) => counted(sayOf(reply.request), some)
  return reply.page(removalPage, {
    ...asked,
    form,
    version: row.version,
    crumbs: asked.crumbs ?? [{ href: asked.back, text: asked.subject }],
    stands: told(hanging.filter((each) => !goesToo(each))),
    goes: told(hanging.filter(goesToo)),
  })
}
