import type { Code } from './words.ts'

/** One of Indonesia's three zones by its IANA name; none has summer time. */
export type Zone = Code<'timeZone'>

const zoneNames: Record<Zone, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
}

/** The name people write behind a clock time: WIB, WITA or WIT. */
export function zoneName(zone: Zone): string {
  return zoneNames[zone]
}

/** The day in the zone, `2018-09-14`, of an instant (UTC ISO text). */
export function localDay(instant: string | Date, zone: Zone): string {
  return wallTime(new Date(instant), zone).slice(0, 10)
}

/** The clock time in the zone, `09:30`, of an instant (UTC ISO text). */
export function localClock(instant: string | Date, zone: Zone): string {
  return wallTime(new Date(instant), zone).slice(11, 16)
}

/**
 * The instant, as UTC ISO text with milliseconds, at which the zone's clocks show that day and
 * time.
 *
 * @throws RangeError if the day or the clock time does not exist
 */
export function instantOf(day: string, clock: string, zone: Zone): string {
  if (!isDay(day)) throw new RangeError(`no such day: ${day}`)
  if (!isClock(clock)) throw new RangeError(`no such clock time: ${clock}`)

  const wanted = Date.parse(`${day}T${clock}:00.000Z`)
  const shown = Date.parse(`${wallTime(new Date(wanted), zone)}.000Z`)
  return new Date(wanted - (shown - wanted)).toISOString()
}

/** Whether a text is a day of the calendar written `2018-09-14`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00.000Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** The day `n` days later, both `2018-09-14`. */
export function dayAfter(day: string, n: number): string {
  const later = new Date(`${day}T12:00:00.000Z`)
  later.setUTCDate(later.getUTCDate() + n)
  return later.toISOString().slice(0, 10)
}

/** Whether a text is a clock time written `09:30`, from `00:00` to `23:59`. */
export function isClock(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}

/** `2018-09-14T09:30:00` as the zone's clocks show it. */
function wallTime(instant: Date, zone: Zone): string {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(instant)
      .map((p) => [p.type, p.value]),
  )
  const [year, month, day] = (['year', 'month', 'day'] as const).map((type) => parts.get(type))
  const clock = (['hour', 'minute', 'second'] as const).map((type) => parts.get(type)).join(':')
  return `${year?.padStart(4, '0')}-${month}-${day}T${clock}`
}

const formatters = new Map<Zone, Intl.DateTimeFormat>()

function formatterOf(zone: Zone): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known

  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formatters.set(zone, made)
  return made
}
