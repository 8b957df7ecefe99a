import { type Code, lists } from '../domain/words.ts'
import type { Message } from '../errors.ts'
import type { Values } from '../web/form.ts'
import type { DeviceCount } from './queries.ts'
import type { DeviceHead, DeviceRowInput } from './schema.ts'

type GridRow = { at: number; row: DeviceRowInput }

/** The rows as they are stored: an empty count is 0, a type of which there is none is left out. */
export function countsOf(rows: readonly GridRow[]): DeviceCount[] {
  return rows.flatMap(({ at, row }) => {
    const type: Code<'device'> | undefined = lists.device[at]
    if (!type || totalOf(row) === 0) return []
    const { good, minor, major, oldestYear, newestYear } = row
    return [{ type, good: good ?? 0, minor: minor ?? 0, major: major ?? 0, oldestYear, newestYear }]
  })
}

/** Stored counts as the fields of the grid; no counts at all tick the box "no devices". */
export function typedCounts(counts: readonly DeviceCount[]): Values {
  const cells = counts.flatMap(({ type, ...figures }) => {
    const at = (lists.device as readonly string[]).indexOf(type)
    return Object.entries(figures).map(([field, figure]) => [
      `${at}.${field}`,
      String(figure ?? ''),
    ])
  })
  return { ...Object.fromEntries(cells), none: counts.length === 0 ? '1' : '' }
}

/** What in a survey contradicts itself, by the field that says so. */
export function wrongCounts(
  head: Pick<DeviceHead, 'asOf' | 'none'>,
  rows: readonly GridRow[],
): Record<string, Message> {
  const wrong: Record<string, Message> = {}
  const there = rows.filter(({ row }) => totalOf(row) > 0)
  if (head.none === 0 && there.length === 0) wrong.none = { key: 'inventory.error.noDevices' }
  if (head.none === 1 && there.length > 0) {
    wrong.none = { key: 'inventory.error.none' }
    for (const { at, row } of there) {
      wrong[`${at}.${firstCount(row)}`] = { key: 'inventory.error.noneRow' }
    }
  }
  const year = Number(head.asOf.slice(0, 4))
  for (const { at, row } of rows) {
    for (const field of ['oldestYear', 'newestYear'] as const) {
      if ((row[field] ?? 0) > year) wrong[`${at}.${field}`] = { key: 'inventory.error.yearToCome' }
    }
  }
  return wrong
}

function totalOf(row: DeviceRowInput): number {
  return (row.good ?? 0) + (row.minor ?? 0) + (row.major ?? 0)
}

function firstCount(row: DeviceRowInput): string {
  return (['good', 'minor', 'major'] as const).find((field) => row[field]) ?? 'good'
}
