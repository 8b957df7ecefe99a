import { heightOf } from '../heights.ts'
import { type Cell, type ColumnType, letterOf, type Piece, type SheetPlan } from '../layout.ts'
import { margins } from '../page.ts'
import type { Styles } from './styles.ts'
import { cellText, declaration, escaped, main, relations } from './xml.ts'

export type Paper = { size: number; footer: string }

const inch = 1 / 25.4
const marginsXml = Object.entries(margins)
  .map(([side, mm]) => ` ${side}="${mm * inch}"`)
  .join('')

/** One sheet, row by row; merged ranges and page breaks are told behind the rows they are in. */
export function* sheetXml(
  plan: SheetPlan,
  paper: Paper,
  styles: Styles,
  isFirst: boolean,
): Generator<string> {
  const merged: string[] = []
  const breaks: number[] = []
  yield `${declaration}<worksheet xmlns="${main}" xmlns:r="${relations}">`
  yield '<sheetPr><tabColor rgb="FF0A5668"/><pageSetUpPr fitToPage="1"/></sheetPr>'
  yield viewXml(plan.freeze, isFirst)
  yield `<sheetFormatPr defaultRowHeight="15"/><cols>${plan.widths.map(columnXml).join('')}</cols>`
  yield '<sheetData>'
  const letters = plan.widths.map((_, index) => letterOf(index))
  let at = 0
  for (const row of plan.rows) {
    at += 1
    yield rowXml(at, row.pieces, heightOf(row, plan.widths), { letters, styles, merged })
    if (row.lastOnPage) breaks.push(at)
  }
  yield '</sheetData>'
  if (plan.filter) {
    const { row, last, columns } = plan.filter
    yield `<autoFilter ref="A${row}:${letterOf(columns - 1)}${last}"/>`
  }
  if (merged.length > 0) {
    yield `<mergeCells count="${merged.length}">`
    for (const range of merged) yield `<mergeCell ref="${range}"/>`
    yield '</mergeCells>'
  }
  yield `<pageMargins${marginsXml}/>`
  yield `<pageSetup paperSize="${paper.size}" fitToWidth="${plan.pagesWide}" fitToHeight="0" orientation="landscape"/>`
  yield `<headerFooter><oddFooter>${escaped(paper.footer)}</oddFooter></headerFooter>`
  if (breaks.length > 0) {
    const each = breaks.map((row) => `<brk id="${row}" max="16383" man="1"/>`).join('')
    yield `<rowBreaks count="${breaks.length}" manualBreakCount="${breaks.length}">${each}</rowBreaks>`
  }
  if ((plan.pictures ?? []).length > 0) yield '<drawing r:id="rId1"/>'
  yield '</worksheet>'
}

function viewXml({ rows, columns }: SheetPlan['freeze'], isFirst: boolean): string {
  const selected = isFirst ? ' tabSelected="1"' : ''
  const view = `<sheetViews><sheetView showGridLines="0"${selected} workbookViewId="0"`
  if (rows === 0 && columns === 0) return `${view}/></sheetViews>`
  const pane = rows > 0 && columns > 0 ? 'bottomRight' : rows > 0 ? 'bottomLeft' : 'topRight'
  return (
    `${view}><pane${columns > 0 ? ` xSplit="${columns}"` : ''}${rows > 0 ? ` ySplit="${rows}"` : ''}` +
    ` topLeftCell="${letterOf(columns)}${rows + 1}" activePane="${pane}" state="frozen"/>` +
    `<selection pane="${pane}"/></sheetView></sheetViews>`
  )
}

function columnXml(width: number, index: number): string {
  return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`
}

type Sheet = { letters: readonly string[]; styles: Styles; merged: string[] }

function rowXml(
  at: number,
  pieces: readonly (Piece | null)[],
  height: number | undefined,
  { letters, styles, merged }: Sheet,
): string {
  let xml = `<row r="${at}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>`
  let column = 0
  for (const piece of pieces) {
    const span = piece?.span ?? 1
    if (piece) {
      const type = piece.as ?? 'text'
      const style = styles.numberOf(piece.look, type)
      xml += cellXml(`${letters[column]}${at}`, style, piece.value, type)
      for (let right = 1; right < span; right += 1) {
        xml += `<c r="${letters[column + right]}${at}" s="${style}"/>`
      }
      if (span > 1) merged.push(`${letters[column]}${at}:${letters[column + span - 1]}${at}`)
    }
    column += span
  }
  return `${xml}</row>`
}

function cellXml(where: string, style: number, value: Cell, type: ColumnType): string {
  if (value === null || value === '') return `<c r="${where}" s="${style}"/>`
  if (typeof value === 'number') return `<c r="${where}" s="${style}"><v>${value}</v></c>`
  if (typeof value !== 'string') return formulaXml(where, style, value)
  if (type === 'date') return `<c r="${where}" s="${style}"><v>${serialOf(value)}</v></c>`
  return `<c r="${where}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${cellText(value)}</t></is></c>`
}

function formulaXml(
  where: string,
  style: number,
  { formula, result }: Exclude<Cell, string | number | null>,
): string {
  const told = typeof result === 'string'
  return (
    `<c r="${where}" s="${style}"${told ? ' t="str"' : ''}><f>${escaped(formula)}</f>` +
    `<v>${told ? cellText(result) : result}</v></c>`
  )
}

const firstDay = Date.UTC(1899, 11, 30)
const millisecondsPerDay = 86_400_000

/** The number by which spreadsheets know a day `2018-09-14`. */
function serialOf(day: string): number {
  return (Date.parse(`${day}T00:00:00.000Z`) - firstDay) / millisecondsPerDay
}
