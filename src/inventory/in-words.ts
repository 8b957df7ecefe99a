import type { FastifyRequest } from 'fastify'
import { isCode, type ListName } from '../domain/words.ts'
import type { Message } from '../errors.ts'
import { translator } from '../i18n/translate.ts'
import type { FormState } from '../web/form.ts'
import { typedMbps } from './typed.ts'

/** How the stored value of a field is said: a word of a list, or kbps as Mbps. */
export type Sayings = Record<string, ListName | 'kbps'>

/** The messages of a conflict with words and units instead of codes and stored figures. */
export function inWords(form: FormState, request: FastifyRequest, sayings: Sayings): FormState {
  const { site, locale } = request
  const t = translator(locale, { dinas: site.officeShort, kepala_daerah: site.headTitle })
  const say = (how: ListName | 'kbps', value: string | number | undefined) => {
    const text = String(value ?? '')
    if (how === 'kbps') return /^\d+$/.test(text) ? typedMbps(Number(text)) : text
    return isCode(how, text) ? t.label(how, text) : text
  }
  const errors = Object.entries(form.errors).map(([field, message]): [string, Message] => {
    const how = sayings[field]
    if (!how || message.key !== 'form.conflict') return [field, message]
    const { mine, stored, ...rest } = message.params ?? {}
    return [
      field,
      { ...message, params: { ...rest, mine: say(how, mine), stored: say(how, stored) } },
    ]
  })
  return { ...form, errors: Object.fromEntries(errors) }
}
