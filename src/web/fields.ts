import { z } from 'zod'
import { hasControls } from '../domain/text.ts'
import { type ListName, lists } from '../domain/words.ts'
import type { Message } from '../errors.ts'

/* The kinds of field: each reads what was typed, or says what is wrong. An empty answer is null. */

type Read<T> = { value: T } | { error: Message }

const wrong = (key: Message['key'], params?: Message['params']) => ({
  error: params ? { key, params } : { key },
})

/** Adds a message to a field from a rule that looks at several fields. */
export function addIssue(ctx: z.RefinementCtx, field: string, message: Message): void {
  ctx.addIssue({ code: 'custom', path: [field], params: message })
}

function kind<T>(read: (text: string) => Read<T>): z.ZodType<T> {
  return z
    .unknown()
    .optional()
    .transform((raw, ctx) => {
      const text = clean(raw)
      const result = text === undefined ? wrong('form.unreadable') : read(text)
      if ('value' in result) return result.value
      ctx.addIssue({ code: 'custom', params: result.error })
      return z.NEVER
    }) as unknown as z.ZodType<T>
}

/** Typed text as it is stored: NFC, one kind of line end, no outer space; undefined if not text. */
function clean(raw: unknown): string | undefined {
  if (raw === undefined) return ''
  if (typeof raw !== 'string') return undefined
  const text = raw.replace(/\r\n?/g, '\n').normalize('NFC').trim()
  return hasControls(text) || !text.isWellFormed() ? undefined : text
}

/** The same kind, but an empty answer is refused with a message that says what to do. */
export function required<T>(field: z.ZodType<T | null>, ask: Message = { key: 'form.required' }) {
  return field.transform((value, ctx) => {
    if (value !== null && !(Array.isArray(value) && value.length === 0)) return value
    ctx.addIssue({ code: 'custom', params: ask })
    return z.NEVER
  }) as unknown as z.ZodType<T>
}

/** One line of text. */
export function text(max: number): z.ZodType<string | null> {
  return kind<string | null>((typed) => {
    if (typed === '') return { value: null }
    if (typed.includes('\n')) return wrong('form.oneLine')
    return typed.length > max ? wrong('form.tooLong', { max, n: typed.length }) : { value: typed }
  })
}

/** Text of several lines. */
export function longText(max = 4000): z.ZodType<string | null> {
  return kind<string | null>((typed) => {
    if (typed === '') return { value: null }
    return typed.length > max ? wrong('form.tooLong', { max, n: typed.length }) : { value: typed }
  })
}

/** A whole number, written with or without the separators of thousands (1.250 or 1250). */
export function integer(min: number, max: number): z.ZodType<number | null> {
  return kind<number | null>((typed) => {
    if (typed === '') return { value: null }
    const digits = /^-?\d{1,3}([. ]\d{3})+$/.test(typed) ? typed.replace(/[. ]/g, '') : typed
    if (!/^-?\d{1,15}$/.test(digits)) return wrong('form.notInteger', { typed: short(typed) })
    return inRange(Number(digits), min, max)
  })
}

/** Whole rupiah, at most 999 trillion; a leading Rp and separators of thousands are allowed. */
export function money(): z.ZodType<number | null> {
  return kind<number | null>((typed) => {
    if (typed === '') return { value: null }
    const bare = typed.replace(/^rp\.?\s*/i, '').replace(/,(00|-)$/, '')
    const digits = /^\d{1,3}([.\s]\d{3})+$/.test(bare) ? bare.replace(/[.\s]/g, '') : bare
    if (!/^\d{1,15}$/.test(digits)) return wrong('form.notMoney', { typed: short(typed) })
    return inRange(Number(digits), 0, 999_000_000_000_000)
  })
}

/** A number with a decimal comma (a point is understood too where it cannot be a thousand). */
export function decimal(min: number, max: number): z.ZodType<number | null> {
  return kind((typed) => readDecimal(typed, min, max))
}

/** Mbps as typed, whole kbps as stored. */
export function mbps(max = 100_000): z.ZodType<number | null> {
  return kind<number | null>((typed) => {
    const read = readDecimal(typed, 0, max)
    if ('error' in read || read.value === null) return read
    return { value: Math.round(read.value * 1000) }
  })
}

function readDecimal(typed: string, min: number, max: number): Read<number | null> {
  if (typed === '') return { value: null }
  if (/^\d{1,3}\.\d{3}$/.test(typed)) return wrong('form.twoReadings', { typed: short(typed) })
  const plain = typed
    .replace(/^(\d{1,3}(?:\.\d{3})+),/, (all) => all.replaceAll('.', ''))
    .replace(',', '.')
  if (!/^-?\d{1,12}(\.\d{1,6})?$/.test(plain))
    return wrong('form.notNumber', { typed: short(typed) })
  return inRange(Number(plain), min, max)
}

function inRange(value: number, min: number, max: number): Read<number> {
  if (value < min) return wrong('form.tooSmall', { min })
  return value > max ? wrong('form.tooLarge', { max }) : { value }
}

/** A day, `2018-09-14` or `14/09/2018`, that is in the calendar. */
export function day(): z.ZodType<string | null> {
  return kind<string | null>((typed) => {
    if (typed === '') return { value: null }
    const [, d, m, y] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(typed) ?? []
    const iso = y ? `${y}-${m?.padStart(2, '0')}-${d?.padStart(2, '0')}` : typed
    return isCalendarDay(iso) ? { value: iso } : wrong('form.notDay', { typed: short(typed) })
  })
}

function isCalendarDay(iso: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(iso)) return false
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
}

/** A clock time, `09:30` or `09.30`. */
export function clock(): z.ZodType<string | null> {
  return kind<string | null>((typed) => {
    if (typed === '') return { value: null }
    const [, h, min] = /^(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?$/.exec(typed) ?? []
    if (!h || Number(h) > 23 || Number(min) > 59)
      return wrong('form.notClock', { typed: short(typed) })
    return { value: `${h.padStart(2, '0')}:${min}` }
  })
}

/** One code of a word list. */
export function choice<L extends ListName>(list: L): z.ZodType<(typeof lists)[L][number] | null> {
  const codes: readonly string[] = lists[list]
  return kind<(typeof lists)[L][number] | null>((typed) => {
    if (typed === '') return { value: null }
    return codes.includes(typed)
      ? { value: typed as (typeof lists)[L][number] }
      : wrong('form.notInList')
  })
}

/** Several codes of a word list, each once, in the order of the list. */
export function choices<L extends ListName>(list: L): z.ZodType<(typeof lists)[L][number][]> {
  const codes: readonly string[] = lists[list]
  return several((texts) =>
    texts.every((code) => codes.includes(code))
      ? { value: codes.filter((code) => texts.includes(code)) as (typeof lists)[L][number][] }
      : wrong('form.notInList'),
  )
}

/** The id of a record; whether it exists and is the reader's is for the handler to ask. */
export function id(): z.ZodType<number | null> {
  return kind<number | null>((typed) => {
    if (typed === '') return { value: null }
    return /^[1-9]\d{0,14}$/.test(typed) ? { value: Number(typed) } : wrong('form.notInList')
  })
}

/** Several ids, each once, at most 500. */
export function ids(): z.ZodType<number[]> {
  return several((texts) =>
    texts.length <= 500 && texts.every((text) => /^[1-9]\d{0,14}$/.test(text))
      ? { value: [...new Set(texts.map(Number))].sort((a, b) => a - b) }
      : wrong('form.notInList'),
  )
}

/** Several short codes of a list that the database holds, each once, in their order. */
export function codes(): z.ZodType<string[]> {
  return several((texts) =>
    texts.length <= 500 && texts.every((code) => /^[\w.-]{1,30}$/.test(code))
      ? { value: [...new Set(texts)].sort() }
      : wrong('form.notInList'),
  )
}

/** A box that is ticked (1) or not (0). */
export function flag(): z.ZodType<0 | 1> {
  return kind((typed): Read<0 | 1> => {
    if (typed === '' || typed === '0') return { value: 0 }
    return typed === '1' || typed === 'on' ? { value: 1 } : wrong('form.notInList')
  })
}

/** Text as it was typed, neither trimmed nor changed: passwords. */
export function secret(max = 128): z.ZodType<string> {
  return z
    .unknown()
    .optional()
    .transform((raw, ctx) => {
      if (typeof raw === 'string' && raw.length <= max && raw.isWellFormed()) return raw
      ctx.addIssue({
        code: 'custom',
        params: { key: raw === undefined ? 'form.required' : 'form.unreadable' },
      })
      return z.NEVER
    }) as unknown as z.ZodType<string>
}

function several<T>(read: (texts: string[]) => Read<T>): z.ZodType<T> {
  return z
    .unknown()
    .optional()
    .transform((raw, ctx) => {
      const list = raw === undefined ? [] : Array.isArray(raw) ? raw : [raw]
      const texts = list.filter((item): item is string => typeof item === 'string' && item !== '')
      const result = read(texts)
      if ('value' in result) return result.value
      ctx.addIssue({ code: 'custom', params: result.error })
      return z.NEVER
    }) as unknown as z.ZodType<T>
}

function short(typed: string): string {
  return typed.length > 40 ? `${typed.slice(0, 40)}…` : typed
}
