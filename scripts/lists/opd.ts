import type { Tx } from '../../src/db/schema.ts'
import { type By, insertRow } from '../../src/db/write.ts'
import { fold } from '../../src/domain/text.ts'
import type { Code } from '../../src/domain/words.ts'
import { oneLine } from './cells.ts'
import { columnOf, neededColumn, type ToldColumns } from './columns.ts'
import { OpdNames } from './names.ts'
import type { ListTable, Refusal } from './table.ts'

export type Outcome = {
  added: number
  /** In the database already, as they are in the list. */
  unchanged: number
  refused: Refusal[]
  /** Sentences about what was read in a way that is worth knowing. */
  notes: string[]
}

/** Loads a list of OPD. One that is there by name, short name or recorded spelling stays as it is. */
export async function loadOpds(
  trx: Tx,
  by: By,
  table: ListTable,
  { source, columns = {} }: { source: string; columns?: ToldColumns },
): Promise<Outcome> {
  const nameAt = neededColumn(table, 'name', columns)
  const codeAt = columnOf(table, 'code', columns)
  const names = await knownNames(trx)
  const sources = await knownSources(trx, source)
  const create = await creator(trx, by, source)
  const outcome: Outcome = { added: 0, unchanged: 0, refused: [...table.refused], notes: [] }
  const seen = new Map<string, number>()

  for (const { line, cells } of table.rows) {
    const name = oneLine(cells[nameAt] ?? '')
    const code = (codeAt === undefined ? '' : cells[codeAt]) || fold(name)
    const why = await take(name, code, line)
    if (why !== undefined) outcome.refused.push({ line, why })
  }
  return outcome

  async function take(name: string, code: string, line: number): Promise<string | undefined> {
    if (fold(name) === '') return 'nama OPD kosong'
    const before = seen.get(code)
    if (before !== undefined) return `sama dengan baris ${before}`
    seen.set(code, line)
    const found = names.find(name)
    if (sources.has(code) || found?.how === 'same') {
      outcome.unchanged += 1
      return undefined
    }
    if (found?.how === 'spelling') return `“${name}” mungkin ejaan lain dari “${found.opd.name}”`
    if (found) return `“${name}” cocok dengan beberapa OPD`
    names.add({ id: await create(name, code), name }, name)
    outcome.added += 1
    return undefined
  }
}

/** Every OPD by its name, its short name and its recorded spellings. */
export async function knownNames(trx: Tx): Promise<OpdNames> {
  const names = new OpdNames()
  const opds = await trx.selectFrom('opd').select(['id', 'name', 'shortName']).execute()
  for (const { id, name, shortName } of opds) {
    names.add({ id, name }, name)
    if (shortName) names.add({ id, name }, shortName)
  }
  const aliases = await trx
    .selectFrom('opdAlias')
    .innerJoin('opd', 'opd.id', 'opdAlias.opdId')
    .select(['opd.id', 'opd.name', 'opdAlias.spelling'])
    .execute()
  for (const { id, name, spelling } of aliases) names.add({ id, name }, spelling)
  return names
}

async function knownSources(trx: Tx, source: string): Promise<Set<string | null>> {
  const rows = await trx
    .selectFrom('opd')
    .select('sourceCode')
    .where('source', '=', source)
    .execute()
  return new Set(rows.map((row) => row.sourceCode))
}

/** Makes OPD with the next running codes, `OPD-01`, `OPD-02` … */
export async function creator(trx: Tx, by: By, source: string) {
  const rows = await trx.selectFrom('opd').select('code').execute()
  const used = rows.map((row) => Number(/^OPD-(\d+)$/.exec(row.code)?.[1] ?? 0))
  let last = Math.max(0, ...used)

  return (name: string, sourceCode: string): Promise<number> => {
    last += 1
    return insertRow(
      trx,
      'opd',
      {
        code: `OPD-${String(last).padStart(2, '0')}`,
        name,
        nameKey: fold(name),
        kind: kindOf(name),
        shortName: null,
        parentId: null,
        headName: null,
        headTitle: null,
        contactName: null,
        contactTitle: null,
        contactPhone: null,
        validFrom: null,
        validUntil: null,
        note: null,
        source,
        sourceCode,
      },
      by,
    )
  }
}

const kinds: readonly [start: string, kind: Code<'opdKind'>][] = [
  ['sekretariat daerah', 'setda'],
  ['sekretariat dprd', 'setwan'],
  ['sekretariat dewan', 'setwan'],
  ['inspektorat', 'inspektorat'],
  ['dinas ', 'dinas'],
  ['satuan polisi pamong praja', 'dinas'],
  ['badan ', 'badan'],
  ['kantor ', 'kantor'],
  ['kecamatan ', 'kecamatan'],
]

/** The kind that the beginning of a name tells. */
function kindOf(name: string): Code<'opdKind'> {
  const folded = fold(name)
  return kinds.find(([start]) => folded.startsWith(start))?.[1] ?? 'lainnya'
}
