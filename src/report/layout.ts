/**
 * What a sheet is before Excel: rows of pieces, and tables whose columns know what they mean. The
 * workbook is written in Indonesian whatever the language of the screen: its headings are those of
 * published plans, and what a form to be filled in and read again must carry.
 */

export type ColumnType = 'text' | 'int' | 'money' | 'decimal' | 'score' | 'year' | 'date'

/** A live formula in Excel's own English, with the result that is shown before it is recalculated. */
export type Formula = { formula: string; result: string | number }
/** Text, number, a day `2018-09-14` in a date column; null = nothing recorded. */
export type Cell = string | number | Formula | null

export type Look =
  | 'title'
  | 'lede'
  | 'section'
  | 'header'
  | 'headerComputed'
  | 'body'
  | 'computed'
  | 'label'
  | 'total'
  | 'note'
  | 'big'
  | 'coverTitle'
  | 'coverText'
  | 'link'
  | 'signature'

/** `span` merges to the right. */
export type Piece = { value: Cell; as?: ColumnType; look: Look; span?: number }
export type Row = {
  pieces: (Piece | null)[]
  /** In points; estimated from the texts where it is not told. */
  height?: number
  /** A new page begins after it. */
  lastOnPage?: boolean
}

export type SheetName = (typeof sheetNames)[number]
/** In the order of the workbook. */
export const sheetNames = [
  'Sampul',
  'Ringkasan',
  'Rekap per OPD',
  'OPD',
  'Tupoksi',
  'SDM TIK',
  'Lokasi',
  'Akses Internet',
  'Perangkat',
  'Kebutuhan Infrastruktur',
  'Aplikasi Eksisting',
  'Aplikasi Nasional',
  'Usulan Aplikasi',
  'Nilai Tunggal',
  'Penilaian',
  'Matriks Prioritas',
  'Analisis Kesenjangan',
  'Peta Jalan',
  'Anggaran per OPD',
  'FGD',
  'Metode',
  'Kamus Data',
] as const

/** A picture over the cells; its corner stands in a cell, counted from 0, sizes are in pixels. */
export type Picture = {
  name: string
  /** For whom cannot see it. */
  about: string
  column: number
  row: number
  width: number
  height: number
  image: { type: 'png' | 'jpeg'; bytes: Uint8Array } | { type: 'svg'; source: string }
}

export type SheetPlan = {
  name: SheetName
  widths: number[]
  rows: Iterable<Row>
  /** Rows and columns that stay when scrolling. */
  freeze: { rows: number; columns: number }
  /** The heading that is filtered and repeated on every printed page. */
  filter?: { row: number; last: number; columns: number }
  /** How many pages wide it prints. */
  pagesWide: number
  /** Columns repeated on every printed page. */
  repeated?: number
  /** How many rows of data it holds, for the cover. */
  count: number
  /** For Kamus Data. */
  columns: ColumnDoc[]
  pictures?: readonly Picture[]
}

export type ColumnDoc = {
  heading: string
  type: ColumnType
  meaning: string
  unit?: string | undefined
  allowed?: readonly string[] | undefined
  computed?: boolean | undefined
}

/** Where a row of a table stands, for formulas that look along it. */
export type Here = { row: number; index: number; of: (key: string) => string }

export type Column<T> = ColumnDoc & {
  key: string
  width: number
  /** Names of the stored fields it shows: an example field is told by its heading. */
  fields?: readonly string[]
  value: (row: T, here: Here) => Cell
}

export type TableOptions<T> = {
  name: SheetName
  lede: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  /** Rows between the title and the headings, such as the weights. */
  above?: (table: Table) => Row[]
  below?: (table: Table) => Row[]
  aboveCount?: number
  frozenColumns?: number
  /** Columns repeated on every printed page; those that stay when scrolling, unless told. */
  repeatedColumns?: number
}

/** A table's place on its sheet: other sheets' formulas ask it where its cells are. */
export type Table = {
  sheet: SheetName
  headerRow: number
  first: number
  /** At least `first`, so that a range of an empty table is one empty row. */
  last: number
  letter: (key: string) => string
  /** `'Usulan Aplikasi'!$C$4:$C$40` */
  range: (key: string) => string
  /** `'Usulan Aplikasi'!C4`, of the n-th row from 0. */
  cell: (key: string, index: number) => string
}

const titleRows = 2

export type TableSheet = { plan: SheetPlan; table: Table }

/** A sheet that is one table: title, one sentence, headings, rows. */
export function tableSheet<T>(options: TableOptions<T>): TableSheet {
  const { name, columns, rows } = options
  const headerRow = titleRows + (options.aboveCount ?? 0) + 1
  const table = tableAt(name, columns, headerRow, rows.length)
  const widths = columns.map((column) => column.width)
  const repeated = options.repeatedColumns ?? options.frozenColumns ?? 0
  const plan: SheetPlan = {
    name,
    widths,
    rows: tableRows(options, table),
    freeze: { rows: headerRow, columns: options.frozenColumns ?? 0 },
    filter: { row: headerRow, last: Math.max(headerRow, table.last), columns: columns.length },
    pagesWide: rows.length === 0 ? 1 : pagesFor(widths, repeated),
    repeated,
    count: rows.length,
    columns: columns.map(docOf),
  }
  return { plan, table }
}

function* tableRows<T>(options: TableOptions<T>, table: Table): Generator<Row> {
  const { columns, rows } = options
  yield* titleBand(options.name, options.lede, columns.length)
  yield* options.above?.(table) ?? []
  yield headings(columns)
  for (const [index, row] of rows.entries()) {
    const at = table.first + index
    const here = { row: at, index, of: (key: string) => `${table.letter(key)}${at}` }
    yield {
      pieces: columns.map((column) => ({
        value: column.value(row, here),
        as: column.type,
        look: column.computed ? 'computed' : 'body',
      })),
    }
  }
  yield* options.below?.(table) ?? []
}

/** The coloured band with the sheet's title, and the sentence under it. */
export function titleBand(title: string, lede: string, columns: number): Row[] {
  const across = (value: string, look: Look): Piece[] =>
    Array.from({ length: columns }, (_, index) => ({ value: index === 0 ? value : null, look }))
  return [
    { pieces: across(title, 'title'), height: 30 },
    { pieces: across(lede, 'lede'), height: 20 },
  ]
}

export function headings(columns: readonly Pick<ColumnDoc, 'heading' | 'computed'>[]): Row {
  return {
    pieces: columns.map((column) => ({
      value: column.heading,
      look: column.computed ? 'headerComputed' : 'header',
    })),
  }
}

export function tableAt(
  sheet: SheetName,
  columns: readonly { key: string }[],
  headerRow: number,
  count: number,
): Table {
  const letters = new Map(columns.map((column, index) => [column.key, letterOf(index)]))
  const letter = (key: string) => {
    const known = letters.get(key)
    if (!known) throw new Error(`${sheet} has no column ${key}`)
    return known
  }
  const first = headerRow + 1
  const last = Math.max(first, headerRow + count)
  return {
    sheet,
    headerRow,
    first,
    last,
    letter,
    range: (key) => `'${sheet}'!$${letter(key)}$${first}:$${letter(key)}$${last}`,
    cell: (key, index) => `'${sheet}'!${letter(key)}${first + index}`,
  }
}

/** 0 → A, 25 → Z, 26 → AA. */
export function letterOf(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (index % 26))
}

/** In characters: the smallest print is about six and a half points on A4. */
const widestSinglePage = 225
const charactersPerPage = 195

/** How many landscape pages wide a sheet prints, so that its text stays legible. */
function pagesFor(widths: readonly number[], repeated: number): number {
  const widthOf = (list: readonly number[]) => list.reduce((sum, width) => sum + width, 0)
  const total = widthOf(widths)
  const again = widthOf(widths.slice(0, repeated))
  if (total <= widestSinglePage) return 1
  return Math.ceil((total - again) / (charactersPerPage - again) - 0.25)
}

function docOf(column: ColumnDoc): ColumnDoc {
  const { heading, type, meaning, unit, allowed, computed } = column
  return { heading, type, meaning, unit, allowed, computed }
}
