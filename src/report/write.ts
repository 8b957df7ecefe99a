import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import ExcelJS from 'exceljs'
import type { ReportData } from './data.ts'
import { heightOf } from './heights.ts'
import type { Cell, ColumnType, Piece, Row, SheetPlan } from './layout.ts'
import { letterOf } from './layout.ts'
import { styleOf } from './style.ts'
import { planWorkbook, type WorkbookOptions } from './workbook.ts'

/** Excel's own limit for one cell. */
const longestText = 32_767
const paperSizes: Record<string, number> = { A4: 9, F4: 14 }
const millimetre = 1 / 25.4

/** Writes the workbook to a file, row by row: only one sheet's buffers are in memory at a time. */
export async function writeWorkbook(
  data: ReportData,
  file: string,
  options: WorkbookOptions,
): Promise<void> {
  const stream = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  const failed = finished(stream)
  // The failure is awaited below; this keeps it from being called unhandled meanwhile.
  failed.catch(() => {})
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: true,
    useSharedStrings: false,
  })
  workbook.creator = options.madeBy ?? data.government.officeName
  workbook.created = new Date(data.at)
  workbook.modified = new Date(data.at)
  for (const plan of planWorkbook(data, options)) writeSheet(workbook, plan, data)
  await Promise.all([workbook.commit(), failed])
}

function writeSheet(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  plan: SheetPlan,
  data: ReportData,
): void {
  const { freeze, filter } = plan
  const sheet = workbook.addWorksheet(plan.name, {
    properties: { tabColor: { argb: 'FF0A5668' } },
    views: [viewOf(freeze)],
    pageSetup: {
      paperSize: paperSizes[data.government.paper] as ExcelJS.PaperSize,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: plan.pagesWide,
      fitToHeight: 0,
      margins: {
        left: 12 * millimetre,
        right: 12 * millimetre,
        top: 14 * millimetre,
        bottom: 18 * millimetre,
        header: 6 * millimetre,
        footer: 8 * millimetre,
      },
      ...(filter && { printTitlesRow: `${filter.row}:${filter.row}` }),
      ...(plan.pagesWide > 1 &&
        plan.repeated && { printTitlesColumn: `A:${letterOf(plan.repeated - 1)}` }),
    },
    headerFooter: { oddFooter: footerOf(plan.name, data.government.name) },
    ...(filter && {
      autoFilter: `A${filter.row}:${letterOf(filter.columns - 1)}${filter.last}`,
    }),
  })
  sheet.columns = plan.widths.map((width) => ({ width }))
  let at = 0
  for (const row of plan.rows) {
    at += 1
    writeRow(sheet, at, row, heightOf(row, plan.widths))
  }
  sheet.commit()
}

function viewOf({ rows, columns }: SheetPlan['freeze']): Partial<ExcelJS.WorksheetView> {
  if (rows === 0 && columns === 0) return { state: 'normal', showGridLines: false }
  return { state: 'frozen', xSplit: columns, ySplit: rows, showGridLines: false }
}

function writeRow(
  sheet: ExcelJS.Worksheet,
  at: number,
  { pieces, lastOnPage }: Row,
  height: number | undefined,
): void {
  const row = sheet.getRow(at)
  if (height !== undefined) row.height = height
  let column = 1
  for (const piece of pieces) {
    if (piece) writePiece(sheet, row, column, piece)
    column += piece?.span ?? 1
  }
  if (lastOnPage) row.addPageBreak()
  row.commit()
}

function writePiece(
  sheet: ExcelJS.Worksheet,
  row: ExcelJS.Row,
  column: number,
  piece: Piece,
): void {
  const { value, as = 'text', look, span = 1 } = piece
  const style = styleOf(look, as)
  for (let offset = 0; offset < span; offset++) row.getCell(column + offset).style = style
  row.getCell(column).value = cellValue(value, as)
  if (span > 1) sheet.mergeCells(row.number, column, row.number, column + span - 1)
}

function cellValue(value: Cell, type: ColumnType): ExcelJS.CellValue {
  if (value === null || value === '') return null
  if (typeof value === 'number') return value
  if (typeof value === 'string') return type === 'date' ? dayOf(value) : safeText(value)
  return { formula: value.formula, result: value.result } as ExcelJS.CellFormulaValue
}

/** ExcelJS writes the UTC clock of a Date, so a local day is midnight UTC of that day. */
function dayOf(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`)
}

/** What a cell can hold; never a formula, because it is written as a string whatever it begins with. */
function safeText(text: string): string {
  const clean = unusual.test(text) ? [...text].filter(isAllowed).join('') : text
  return clean.length <= longestText ? clean : `${clean.slice(0, longestText - 12)} … (dipotong)`
}

/** Control characters, half characters and what XML forbids: rare, so looked for first. */
const unusual = /\p{Cc}|\p{Cs}|\uFFFE|\uFFFF/u

/** Of the unusual ones a tab and the ends of lines may stay. */
function isAllowed(character: string): boolean {
  return /[\t\n\r]/.test(character) || !unusual.test(character)
}

function footerOf(sheet: string, government: string): string {
  const safe = government.replaceAll('&', '&&')
  return `&L&8${safe}&C&8${sheet}&R&8Halaman &P dari &N`
}
