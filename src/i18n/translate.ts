import type { ListName } from '../domain/words.ts'
import { en } from './en/all.ts'
import { id } from './id/all.ts'

export const locales = ['id', 'en'] as const
export type Locale = (typeof locales)[number]
export type MessageKey = keyof typeof id
export type Params = Record<string, string | number>

/** Blanks that every text may use: the office's own words for itself and for the region's head. */
export type Terms = { dinas: string; kepala_daerah: string }

type Own<T extends string> = T extends `${string}{${infer Blank}}${infer Rest}`
  ? (Blank extends keyof Terms ? never : Blank) | Own<Rest>
  : never
type Blanks<K extends MessageKey> = Own<(typeof id)[K]>

export type Message = { key: MessageKey; params?: Params }

/** Puts a text of the catalogue into words; its blanks are required by the type. */
export type Translate = {
  <K extends MessageKey>(
    key: K,
    ...params: [Blanks<K>] extends [never] ? [] : [Record<Blanks<K>, string | number>]
  ): string
  message(message: Message): string
  /** The word for a code of a list, such as `label('platform', 'android')`. */
  label(list: ListName, code: string | null | undefined): string
}

const catalogues: Record<Locale, Record<MessageKey, string>> = { id, en }

/** Kept for a language and the office's words, with these in all texts: a page says hundreds of them. */
export function translator(locale: Locale, terms: Terms): Translate {
  const name = JSON.stringify([locale, terms.dinas, terms.kepala_daerah])
  const known = made.get(name)
  if (known) return known
  const fresh = translatorOf(locale, terms)
  if (made.size >= mostMade) made.clear()
  made.set(name, fresh)
  return fresh
}

const made = new Map<string, Translate>()
const mostMade = 20

function translatorOf(locale: Locale, terms: Terms): Translate {
  const texts = { ...catalogues[locale] }
  for (const key of Object.keys(texts) as MessageKey[]) texts[key] = fill(texts[key], terms)
  const say = (key: MessageKey, params?: Params) => {
    const text = texts[key] ?? key
    return params === undefined ? text : fill(text, params)
  }
  return Object.assign(((key: MessageKey, params?: Params) => say(key, params)) as Translate, {
    message: (message: Message) => say(message.key, message.params),
    label: (list: ListName, code: string | null | undefined) =>
      code ? say(`word.${list}.${code}` as MessageKey) : '',
  })
}

/**
 * Fills in the blanks; `{n|proposal|proposals}` is the first word where n is one, else the second. A
 * full stop after a blank is left out where what fills it ends a sentence by itself ("Fransiska J.").
 */
function fill(text: string, blanks: Params): string {
  if (!text.includes('{')) return text
  return text.replace(
    /\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}(\.(?!\S))?/g,
    (blank, name: string, one?: string, many?: string, stop = '') => {
      const value = blanks[name]
      if (value === undefined) return blank
      const filled = String((String(value) === '1' ? one : many) ?? value)
      return /[.!?…]$/.test(filled) ? filled : `${filled}${stop}`
    },
  )
}
