import { basename, extname } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, processConfig } from '../src/config.ts'
import type { Tx } from '../src/db/schema.ts'
import type { By } from '../src/db/write.ts'
import { localDay, type Zone } from '../src/domain/calendar.ts'
import { isCode } from '../src/domain/words.ts'
import { explain, openDatabase } from '../src/start.ts'
import { logAccess } from '../src/web/access-log.ts'
import { loadApplications } from './lists/applications.ts'
import type { ToldColumns } from './lists/columns.ts'
import { textOf } from './lists/file.ts'
import { loadOpds, type Outcome } from './lists/opd.ts'
import { loadProposals } from './lists/proposals.ts'
import { addRatings } from './lists/ratings.ts'
import { type ListTable, readList, UnusableList } from './lists/table.ts'
import { complain, say } from './terminal.ts'

/**
 * `npm run load -- FILE.csv --as opd|proposals|applications`: loads a list of OPD, of proposals or of
 * applications that exist, while no server has the database open. What can be read is loaded in one transaction, every other line is named.
 *
 * Ends with 0 when every line was taken or known, 1 when some were refused, 2 when nothing was done.
 */
const usage = `Cara pakai: npm run load -- BERKAS.csv --as opd|proposals|applications [pilihan]
  --source NAMA          nama sumber; bawaan: nama berkas
  --name-column JUDUL    kolom nama OPD (--as opd)
  --opd-column JUDUL     kolom OPD pengusul atau pemilik
  --opd NAMA             OPD pemilik bila kolomnya kosong (--as applications)
  --title-column JUDUL   kolom nama usulan atau aplikasi
  --purpose-column JUDUL kolom tujuan atau fungsi
  --code-column JUDUL    kolom kode di sumbernya
  --cost-column JUDUL    kolom biaya atau pagu
  --fund-column JUDUL    kolom sumber dana
  --year-column JUDUL    kolom tahun
  --url-column JUDUL     kolom alamat aplikasi (--as applications)
  --create-opd           buat OPD yang belum terdaftar
  --ratings              tambahkan penilaian contoh`

const nouns = { opd: 'OPD', proposals: 'usulan', applications: 'aplikasi' } as const

type Wanted = {
  file: string
  as: keyof typeof nouns
  source: string
  columns: ToldColumns
  opd: string | undefined
  createOpd: boolean
  ratings: boolean
}

let config: Config | undefined
try {
  config = processConfig()
  process.exitCode = await load(config, wanted())
} catch (error) {
  complain(error instanceof UnusableList ? error.message : explain(error, config))
  process.exitCode = 2
}

async function load({ databaseFile }: Config, wanted: Wanted): Promise<number> {
  const table = readList(textOf(wanted.file))
  const { connection, claim } = await openDatabase(databaseFile)
  try {
    const outcome = await connection.db
      .transaction()
      .execute((trx) => loadAndNote(trx, table, wanted, new Date()))
    tell(outcome, wanted)
    return outcome.refused.length > 0 ? 1 : 0
  } finally {
    await connection.close()
    claim.release()
  }
}

async function loadAndNote(trx: Tx, table: ListTable, wanted: Wanted, now: Date): Promise<Outcome> {
  const at = now.toISOString()
  const by: By = { accountId: null, linkId: null, actorName: 'Pemuatan daftar', way: 'import', at }
  const outcome = await loadInto(trx, table, wanted, by)
  const { added, refused } = outcome
  await logAccess(trx, 'import', by, { file: wanted.source, added, refused: refused.length })
  return outcome
}

async function loadInto(trx: Tx, table: ListTable, wanted: Wanted, by: By): Promise<Outcome> {
  const { as, source, columns, createOpd, ratings } = wanted
  if (as === 'opd') return loadOpds(trx, by, table, { source, columns })
  if (as === 'applications') {
    return loadApplications(trx, by, table, { source, columns, opd: wanted.opd, createOpd })
  }

  const government = await trx
    .selectFrom('government')
    .select(['timeZone', 'level'])
    .executeTakeFirst()
  const year = Number(localDay(by.at, zoneOf(government?.timeZone)).slice(0, 4))
  const ownBudget = government?.level === 'provinsi' ? 'apbd_prov' : 'apbd'
  const outcome = await loadProposals(trx, by, table, {
    source,
    columns,
    createOpd,
    year,
    ownBudget,
  })
  if (!ratings) return outcome
  const added = await addRatings(trx, by, source)
  const note = added > 0 ? `${added} penilaian contoh ditambahkan.` : 'Penilaian contoh sudah ada.'
  return { ...outcome, notes: [...outcome.notes, note] }
}

function zoneOf(name: string | undefined): Zone {
  return isCode('timeZone', name) ? name : 'Asia/Jakarta'
}

function tell({ added, unchanged, refused, notes }: Outcome, { file, as, source }: Wanted): void {
  const noun = nouns[as]
  say(`${basename(file)} (sumber: ${source})`)
  say(`  baru        ${added} ${noun}`)
  say(`  sudah ada   ${unchanged} ${noun}`)
  say(`  ditolak     ${refused.length} baris`)
  for (const note of notes) say(`  ${note}`)
  for (const { line, why } of refused) complain(`Baris ${line}: ${why}.`)
}

/** What the command line asks for. @throws UnusableList with the usage when it asks for nothing known */
function wanted(): Wanted {
  const { values, positionals } = argumentsGiven()
  const [file, ...more] = positionals
  const as = values.as
  if (!file || more.length > 0 || !isNoun(as)) throw new UnusableList(usage)
  return {
    file,
    as,
    source: values.source ?? basename(file, extname(file)),
    columns: {
      name: values['name-column'],
      opd: values['opd-column'],
      title: values['title-column'],
      purpose: values['purpose-column'],
      code: values['code-column'],
      cost: values['cost-column'],
      fund: values['fund-column'],
      year: values['year-column'],
      url: values['url-column'],
    },
    opd: values.opd,
    createOpd: values['create-opd'] ?? false,
    ratings: values.ratings ?? false,
  }
}

function isNoun(as: string | undefined): as is Wanted['as'] {
  return as !== undefined && Object.hasOwn(nouns, as)
}

function argumentsGiven() {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        as: text,
        source: text,
        'name-column': text,
        'opd-column': text,
        'title-column': text,
        'purpose-column': text,
        'code-column': text,
        'cost-column': text,
        'fund-column': text,
        'year-column': text,
        'url-column': text,
        opd: text,
        'create-opd': flag,
        ratings: flag,
      },
    })
  } catch {
    throw new UnusableList(usage)
  }
}
