import type { Locale } from './translate.ts'

const tags: Record<Locale, string> = { id: 'id-ID', en: 'en-GB' }
const zoneNames: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
}

export type Format = ReturnType<typeof formatter>

/**
 * Numbers, money and times as they are written in a locale. Every function answers '' to null.
 *
 * @param zone IANA zone of the government; instants are shown in it, days and clocks are in it
 */
export function formatter(locale: Locale, zone: string) {
  const tag = tags[locale]
  const integer = wholeNumbers(tag)
  const upTo = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 })
  const fixed = new Map<number, Intl.NumberFormat>()
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })
  const weekday = new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeZone: 'UTC' })
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: zone })
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone })
  const several = new Intl.ListFormat(tag)
  const zoneName = zoneNames[zone] ?? zone

  const decimal = (value: number | null | undefined, digits: number) => {
    if (value === null || value === undefined) return ''
    const known = fixed.get(digits)
    const format =
      known ??
      new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits })
    if (!known) fixed.set(digits, format)
    return format.format(Number(value.toFixed(9)))
  }
  const clock = (value: string | null | undefined) =>
    value ? `${value.replace(':', locale === 'id' ? '.' : ':')} ${zoneName}` : ''

  return {
    /** A whole number with separators. */
    number: (value: number | null | undefined) =>
      value === null || value === undefined ? '' : integer.format(value),
    /** Always `digits` decimals; what the ninth decimal does not tell apart is written the same. */
    decimal,
    /** A share 0–1 as a whole percentage. */
    percent: (value: number) => `${integer.format(value * 100)}%`,
    /** Whole rupiah: `Rp 1.250.000.000`, its space does not break. */
    rupiah: (value: number | null | undefined) =>
      value === null || value === undefined ? '' : `Rp\u00a0${integer.format(value)}`,
    /** Kbps as Mbps, at most two decimals, without the unit. */
    mbps: (kbps: number | null | undefined) =>
      kbps === null || kbps === undefined ? '' : upTo.format(kbps / 1000),
    hours: (value: number | null | undefined) =>
      value === null || value === undefined ? '' : upTo.format(value),
    /** A stored day `2018-09-14`. */
    date: (value: string | null | undefined) =>
      value ? day.format(new Date(`${value}T00:00:00Z`)) : '',
    /** A stored day with the name of the weekday. */
    longDate: (value: string | null | undefined) =>
      value ? weekday.format(new Date(`${value}T00:00:00Z`)) : '',
    /** A stored clock `09:30`, with the name of the zone. */
    clock,
    /** An instant as day and clock in the government's zone. */
    dateTime: (value: string | null | undefined) =>
      value ? `${moment.format(new Date(value))} ${clock(time.format(new Date(value)))}` : '',
    /** Several names in a sentence: “a, b, dan c”. */
    list: (names: readonly string[]) => several.format(names),
    years: (from: number, to: number) => (from === to ? String(from) : `${from}–${to}`),
  }
}

/** As `Intl` writes whole numbers; the usual ones without asking it, as lists are full of them. */
function wholeNumbers(tag: string) {
  const format = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 })
  const separator = format.format(1000).charAt(1)
  return {
    format(value: number): string {
      if (!Number.isSafeInteger(value) || value < 0) return format.format(value)
      let head = String(value)
      let groups = ''
      while (head.length > 3) {
        groups = separator + head.slice(-3) + groups
        head = head.slice(0, -3)
      }
      return head + groups
    },
  }
}

/** One formatter per locale and zone: making `Intl` objects is what costs. */
const made = new Map<string, Format>()

export function formatFor(locale: Locale, zone: string): Format {
  const key = `${locale} ${zone}`
  const known = made.get(key)
  if (known) return known
  const fresh = formatter(locale, zone)
  made.set(key, fresh)
  return fresh
}
