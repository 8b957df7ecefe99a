import { type KeptTable, listFields } from '../db/kept.ts'
import { readLists } from '../db/lists.ts'
import { findRow } from '../db/rows.ts'
import type { Db, WholeDb } from '../db/schema.ts'
import { everything } from '../domain/access.ts'
import { lists } from '../domain/words.ts'
import { type FieldTold, fieldOf } from '../web/record-fields.ts'
import { inWords, type Reader } from '../web/record-words.ts'

/**
 * What an OPD is asked on paper: all that the forms ask it. Of an application and a proposal the
 * fields that stand on one line; of the others the columns of each table.
 */
export const askedOnPaper = {
  location: [
    [
      'name',
      'kind',
      'isHead',
      'address',
      'district',
      'computerUsers',
      'signal',
      'power',
      'powerOutHours',
      'serverRoom',
      'note',
    ],
  ],
  internetAccess: [
    [
      'locationId',
      'line',
      'available',
      'provider',
      'service',
      'medium',
      'downKbps',
      'intranetKbps',
      'ownership',
      'costMonth',
      'fund',
      'asOf',
    ],
    [
      'locationId',
      'line',
      'lan',
      'wifi',
      'quality',
      'outageHours',
      'measuredOn',
      'measuredDownKbps',
      'measuredUpKbps',
      'latencyMs',
      'note',
    ],
  ],
  application: [
    ['name'],
    ['description'],
    ['function'],
    ['output'],
    ['users'],
    ['platforms'],
    ['url', 'builtYear'],
    ['useState'],
    ['plan'],
    ['licence'],
    ['sourceHeld'],
    ['language', 'framework'],
    ['database', 'yearlyCost'],
    ['developer'],
    ['hosting'],
    ['class', 'nationalApplicationId'],
    ['userOpds'],
    ['integrations'],
    ['contactName', 'contactTitle'],
    ['contactPhone', 'note'],
  ],
  proposal: [
    ['title'],
    ['problem'],
    ['purpose'],
    ['dutyId'],
    ['rpjmd'],
    ['users'],
    ['platforms', 'expectedUsers'],
    ['form', 'natures'],
    ['locations', 'further'],
    ['requires', 'integration'],
    ['dataReady', 'dataNote'],
    ['way'],
    ['wayNationalId', 'wayApplicationId'],
    ['wayNote'],
    ['costLow', 'costHigh'],
    ['runningCost', 'costs'],
    ['costBasis'],
    ['commitment'],
    ['budgetPaper'],
    ['fund'],
    ['yearWanted', 'contactPhone'],
    ['contactName', 'contactTitle'],
    ['letterNo', 'letterOn'],
  ],
  infrastructureNeed: [
    ['kind', 'text', 'locationId', 'quantity', 'reason', 'cost', 'fund', 'year', 'note'],
  ],
} satisfies { [T in KeptTable]?: string[][] }

export type AskedOnPaper = keyof typeof askedOnPaper

/** A field of the paper: what is known of it, '' where nothing is, and the answers to choose from. */
export type PaperField = {
  label: string
  text: string
  options: readonly { text: string; on: boolean }[]
}
/** One record, line by line. */
export type PaperRecord = readonly (readonly PaperField[])[]

type Values = Record<string, unknown>

/** The records as the paper asks about them, in the order of the ids. */
export async function recordsOnPaper(
  db: Db,
  reader: Reader,
  entity: AskedOnPaper,
  ids: readonly number[],
): Promise<PaperRecord[]> {
  const rows = await Promise.all(ids.map((id) => wholeRow(db, entity, id)))
  return spelledOut(db, reader, entity, rows)
}

/** An empty record to be filled in by hand; `known` is printed all the same. */
export async function emptyOnPaper(
  db: Db,
  reader: Reader,
  entity: AskedOnPaper,
  known: Values = {},
) {
  const [empty = []] = await spelledOut(db, reader, entity, [known])
  return empty
}

async function wholeRow(db: Db, entity: AskedOnPaper, id: number): Promise<Values> {
  const whole = db as unknown as WholeDb
  const row = await findRow(whole, entity, id)
  return { ...row, ...(await readLists(whole, entity, id, Object.keys(listFields[entity] ?? {}))) }
}

async function spelledOut(
  db: Db,
  reader: Reader,
  entity: AskedOnPaper,
  rows: readonly Values[],
): Promise<PaperRecord[]> {
  const lines = askedOnPaper[entity]
  const names = lines.flat()
  const words = await inWords(
    db,
    reader,
    rows.map((row) => ({
      entity,
      entityId: 0,
      changes: Object.fromEntries(names.map((name) => [name, [null, row[name]] as const])),
    })),
    // as on its pages: an OPD reads the names of those it works with
    everything,
  )
  const { t } = reader.say
  const fieldAt = (row: Values, name: string): PaperField[] => {
    const told = fieldOf(entity, name)
    if (!told) return []
    const value = printed(row, name)
    const chosen = Array.isArray(value) ? value : [value]
    return [
      {
        label: t.message({ key: told.label }),
        text:
          typeof value === 'string' && told.names
            ? value
            : isEmpty(value)
              ? ''
              : words.value(told, value),
        options: codesOf(told).map((code) => ({
          text: words.value(told, code),
          on: chosen.includes(code),
        })),
      },
    ]
  }
  return rows.map((row) => lines.map((line) => line.flatMap((name) => fieldAt(row, name))))
}

/** A telephone number stays in the house; a duty that is not in the list stands where it is asked. */
function printed(row: Values, name: string): unknown {
  if (name === 'contactPhone') return null
  return name === 'dutyId' ? (row.dutyId ?? row.dutyText) : row[name]
}

function codesOf({ list, kind }: FieldTold): readonly (string | number)[] {
  if (kind === 'flag') return [1, 0]
  return list ? lists[list] : []
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}
