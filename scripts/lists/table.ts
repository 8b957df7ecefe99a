import { CsvError, parse } from 'csv-parse/sync'
import { hasControls } from '../../src/domain/text.ts'

/** Why a file, or a choice of columns, cannot be used at all; a sentence for the person. */
export class UnusableList extends Error {}

/** A line that was not taken, counted as an editor counts lines, and why. */
export type Refusal = { line: number; why: string }

export type ListRow = {
  /** Where the row begins in the file; a cell may run over several lines. */
  line: number
  cells: readonly string[]
}
/** As long as the longest text of a form. */
const longest = 4000

export type ListTable = { headings: readonly string[]; rows: ListRow[]; refused: Refusal[] }

/**
 * Reads a CSV text: comma, semicolon or tab, whichever stands most in the heading. White space at the
 * ends of cells is dropped; a row with more or fewer cells than the heading is refused, and one with a
 * cell that is no readable text.
 *
 * @throws UnusableList when it is no CSV, has no heading, or names a column twice
 */
export function readList(text: string): ListTable {
  const records = parsed(text.replace(/\r\n?/g, '\n'))
  const [first, ...rest] = records
  if (!first) throw new UnusableList('Berkas kosong: baris judul kolom tidak ditemukan.')
  const headings = first.record.map((heading) => heading.trim())
  const twice = headings.find((heading, n) => heading !== '' && headings.indexOf(heading) < n)
  if (twice) throw new UnusableList(`Judul kolom “${twice}” muncul dua kali.`)

  const rows: ListRow[] = []
  const refused: Refusal[] = []
  let end = first.info.lines
  for (const { record, info } of rest) {
    const line = end + 1
    end = info.lines
    const cells = record.map((cell) => cell.trim())
    const width = headings.length
    if (cells.every((cell) => cell === '')) continue
    const why =
      cells.length === width
        ? cells.map(unreadable).find((reason) => reason !== undefined)
        : `berisi ${cells.length} sel, seharusnya ${width}`
    if (why === undefined) rows.push({ line, cells })
    else refused.push({ line, why })
  }
  return { headings, rows, refused }
}

/** Why a cell is no text that a form would take either. */
function unreadable(cell: string): string | undefined {
  if (cell.length > longest) return `berisi sel yang lebih dari ${longest} tanda`
  return hasControls(cell) ? 'berisi tanda kendali' : undefined
}

type Parsed = { record: string[]; info: { lines: number } }

function parsed(text: string): Parsed[] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
    }) as unknown as Parsed[]
  } catch (error) {
    throw new UnusableList(`Berkas tidak terbaca sebagai CSV. ${troubleOf(error, text)}`)
  }
}

/** What the parser stumbled over, in words, with the line as an editor counts. */
function troubleOf(error: unknown, text: string): string {
  if (!(error instanceof CsvError)) return 'Periksa isinya.'
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return `Baris ${lineOfOpenQuote(text)}: tanda kutip dibuka tetapi tidak ditutup.`
  }
  if (error.code === 'CSV_INVALID_CLOSING_QUOTE') {
    return `Baris ${error.lines}: ada tulisan sesudah tanda kutip penutup.`
  }
  if (error.code === 'INVALID_OPENING_QUOTE') {
    return `Baris ${error.lines}: tanda kutip di tengah sel; apit seluruh sel dengan tanda kutip dan tulis tanda kutip di dalamnya dua kali.`
  }
  return `Baris ${error.lines}: periksa tanda kutip dan pemisahnya.`
}

/** The last line on which a cell in quotation marks begins and does not end. */
function lineOfOpenQuote(text: string): number {
  let isOpen = false
  let opened = 0
  for (const [at, line] of text.split('\n').entries()) {
    if (line.split('"').length % 2 === 1) continue
    isOpen = !isOpen
    if (isOpen) opened = at + 1
  }
  return opened
}

function delimiterOf(text: string): string {
  const heading = text.slice(0, text.search(/\n|$/))
  const count = (sign: string) => heading.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}
