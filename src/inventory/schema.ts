import { z } from 'zod'
import { lists } from '../domain/words.ts'
import {
  addIssue,
  choice,
  day,
  decimal,
  flag,
  id,
  integer,
  longText,
  mbps,
  money,
  required,
  text,
} from '../web/fields.ts'
import { parseRows } from '../web/form.ts'

/** What a form carries without showing it: the open session it was opened in. */
const carried = { fgdSessionId: id() }
/** … and the row it was filled from, so that the same day is an edit of what was seen. */
const carriedByDay = { ...carried, fromId: id() }

/** An office of an OPD; an empty number or choice was not asked. */
export const locationForm = z.strictObject({
  kind: required(choice('locationKind'), { key: 'inventory.error.kind' }),
  name: required(text(160), { key: 'inventory.error.name' }),
  address: text(300),
  district: text(80),
  isHead: flag(),
  computerUsers: integer(0, 100_000),
  signal: choice('signal'),
  power: choice('power'),
  /** Hours a week. */
  powerOutHours: decimal(0, 168),
  serverRoom: integer(0, 1) as z.ZodType<0 | 1 | null>,
  note: longText(2000),
  ...carried,
})
export type LocationInput = z.infer<typeof locationForm>

/** Everything that tells of the connection itself, and means nothing where there is none. */
const connection = {
  provider: text(120),
  service: choice('service'),
  medium: choice('medium'),
  downKbps: mbps(),
  intranetKbps: mbps(),
  ownership: choice('ownership'),
  costMonth: money(),
  fund: choice('fund'),
  quality: choice('quality'),
  /** Hours a month. */
  outageHours: decimal(0, 744),
  measuredOn: day(),
  measuredDownKbps: mbps(),
  measuredUpKbps: mbps(),
  latencyMs: integer(0, 60_000),
}
export const connectionFields = Object.keys(connection)
const noConnection = Object.fromEntries(connectionFields.map((field) => [field, null]))

/** One line of an office on a day. Where the answer is "none", the connection is left out. */
export const internetForm = z
  .strictObject({
    asOf: required(day(), { key: 'inventory.error.asOf' }),
    line: required(integer(1, 9), { key: 'inventory.error.line' }),
    available: required(choice('internet'), { key: 'inventory.error.available' }),
    lan: choice('lan'),
    wifi: choice('wifi'),
    note: longText(2000),
    ...connection,
    ...carriedByDay,
  })
  .superRefine((access, ctx) => {
    if (access.available === 'no') return
    const { measuredOn, measuredDownKbps, measuredUpKbps, latencyMs } = access
    const measured = [measuredDownKbps, measuredUpKbps, latencyMs].some((figure) => figure !== null)
    if (measured && !measuredOn) addIssue(ctx, 'measuredOn', { key: 'inventory.error.measuredOn' })
    if (measuredOn && measuredOn > access.asOf) {
      addIssue(ctx, 'measuredOn', { key: 'inventory.error.measuredLater' })
    }
  })
  .transform((access) => (access.available === 'no' ? { ...access, ...noConnection } : access))
export type InternetInput = z.infer<typeof internetForm>

/** The head of a survey of devices; `none` says that there is nothing to count. */
export const deviceForm = z.strictObject({
  asOf: required(day(), { key: 'inventory.error.asOf' }),
  none: flag(),
  note: longText(2000),
  ...carriedByDay,
})

/** One type of device: an empty count in a row that is filled is 0. */
export const deviceRow = z
  .strictObject({
    good: integer(0, 100_000),
    minor: integer(0, 100_000),
    major: integer(0, 100_000),
    oldestYear: integer(1980, 2100),
    newestYear: integer(1980, 2100),
  })
  .superRefine((row, ctx) => {
    if (row.good === null && row.minor === null && row.major === null) {
      addIssue(ctx, 'good', { key: 'inventory.error.counts' })
    }
    if (row.oldestYear && row.newestYear && row.newestYear < row.oldestYear) {
      addIssue(ctx, 'newestYear', { key: 'inventory.error.years' })
    }
  })
export type DeviceRowInput = z.infer<typeof deviceRow>

/** Reads the grid of devices: row `n` is the type at `n` of the list of devices. */
export function parseDevices(body: unknown) {
  const parsed = parseRows(deviceForm, deviceRow, body)
  if (!parsed.ok || parsed.data.rows.every(({ at }) => at < lists.device.length)) return parsed
  const errors = { _form: { key: 'form.unknownField' as const } }
  return { ok: false as const, form: { values: parsed.values, errors, status: 422 as const } }
}
export type DeviceHead = z.infer<typeof deviceForm>
