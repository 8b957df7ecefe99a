import type { Message } from '../errors.ts'
import type { FormState } from '../web/form.ts'
import { view } from '../web/view.ts'

/** The one page that asks before something of the inventory is taken away. */
export const removalPage = view<{
  form: FormState
  title: Message
  subject: string
  text: Message
  /** Why it cannot be removed now; then there is no button. */
  barred?: Message | undefined
  action: string
  back: string
  version: number
  crumbs: { href: string; text: string }[]
}>('inventory/removal')
