import type { Cell } from '../web/csv.ts'
import type { Say } from '../web/say.ts'
import { type Compared, measures } from './change.ts'
import type { Found } from './found.ts'

/** The rows of the list that an address of the inventory shows, with their headings. */
export function listOf(found: Found, say: Say): Cell[][] {
  const lists = { offices, opd: groups, district: groups, change: changes, devices }
  return lists[found.tab](found, say)
}

const mbps = (kbps: number | undefined) => (kbps === undefined ? undefined : kbps / 1000)

function offices({ offices: rows }: Found, { t }: Say): Cell[][] {
  const head = [
    t('inventory.column.opd'),
    t('inventory.column.office'),
    t('inventory.filter.district'),
    t('inventory.column.internet'),
    t('inventory.column.speed'),
    t('inventory.column.speedNeed'),
    t('inventory.column.computers'),
    t('inventory.column.computersNeed'),
    t('inventory.field.usersShort'),
    t('inventory.column.gap'),
    t('inventory.column.asOf'),
  ]
  const lines = rows.map((row): Cell[] => [
    row.opd,
    row.name,
    row.district,
    row.state === 'unrecorded' ? t('inventory.unrecorded') : t.label('internet', row.state),
    mbps(row.gap.kbps),
    mbps(row.gap.requiredKbps),
    row.gap.goodComputers,
    row.gap.requiredComputers,
    row.computerUsers,
    t(`inventory.gap.${row.gap.state}`),
    row.recordedOn,
  ])
  return [head, ...lines]
}

function groups({ tab, groups: rows }: Found, { t }: Say): Cell[][] {
  const head = [
    tab === 'opd' ? t('inventory.column.opd') : t('inventory.filter.district'),
    t('inventory.column.locations'),
    t('inventory.column.internet'),
    t('inventory.column.withInternet'),
    t('inventory.unrecorded'),
    t('inventory.column.below'),
    t('inventory.column.missingMbps'),
    t('inventory.column.missingComputers'),
  ]
  const lines = rows.map((row): Cell[] => [
    row.name || t('inventory.noDistrict'),
    row.locations,
    t(`inventory.group.${row.state}`),
    row.withInternet,
    row.unrecorded,
    row.below,
    mbps(row.missingKbps),
    row.missingComputers,
  ])
  return [head, ...lines]
}

function changes({ changes: rows, comparison }: Found, { t, format }: Say): Cell[][] {
  const { by, from, until } = comparison
  const [then, now] = [format.date(from), format.date(until)]
  const head = [
    by === 'opd' ? t('inventory.column.opd') : t('inventory.filter.district'),
    t('inventory.column.locations'),
    ...measures.flatMap((measure) => {
      const name = t(`inventory.change.${measure}`)
      return [
        `${name}, ${then}`,
        `${name}, ${now}`,
        t('inventory.change.difference', { name }),
        t('inventory.change.unknownOn', { name, date: then }),
        t('inventory.change.unknownOn', { name, date: now }),
      ]
    }),
  ]
  const lines = rows.map((row): Cell[] => [
    row.name || t('inventory.noDistrict'),
    row.locations,
    ...measures.flatMap((measure) => {
      const { before, after, change, unknownBefore, unknownAfter }: Compared = row[measure]
      const shown = measure === 'speed' ? mbps : (amount: number | undefined) => amount
      return [shown(before), shown(after), shown(change), unknownBefore, unknownAfter]
    }),
  ])
  return [head, ...lines]
}

function devices({ devices: { totals } }: Found, { t }: Say): Cell[][] {
  const head = [
    t('inventory.devices.type'),
    t.label('deviceCondition', 'good'),
    t.label('deviceCondition', 'minor'),
    t.label('deviceCondition', 'major'),
    t('inventory.devices.total'),
  ]
  return [
    head,
    ...totals.map((row) => [
      t.label('device', row.type),
      row.good,
      row.minor,
      row.major,
      row.total,
    ]),
  ]
}
