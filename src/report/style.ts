import type { Alignment, Border, Fill, Font, Style } from 'exceljs'
import type { ColumnType, Look } from './layout.ts'

/** The colours of the program: sea, its light tint, and the grey of what is computed. */
const sea = 'FF0A5668'
const ink = 'FF16262B'
const mist = 'FFE6F0F2'
const grey = 'FFEDEFF0'
const line = 'FFC9D3D6'
const body = 'Calibri'

const fill = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } })
const hair: Partial<Border> = { style: 'hair', color: { argb: line } }
const thin: Partial<Border> = { style: 'thin', color: { argb: sea } }
const box = { top: hair, bottom: hair, left: hair, right: hair }
const font = (size: number, more: Partial<Font> = {}): Partial<Font> => ({
  name: body,
  size,
  color: { argb: ink },
  ...more,
})
const white = { argb: 'FFFFFFFF' }

const looks: Record<Look, Partial<Style>> = {
  coverTitle: {
    font: font(26, { bold: true, color: white }),
    fill: fill(sea),
    alignment: { horizontal: 'left', vertical: 'middle', indent: 1 },
  },
  title: {
    font: font(16, { bold: true, color: white }),
    fill: fill(sea),
    alignment: { horizontal: 'left', vertical: 'middle', indent: 1 },
  },
  lede: {
    font: font(10, { italic: true, color: { argb: sea } }),
    fill: fill(mist),
    alignment: { horizontal: 'left', vertical: 'middle', indent: 1 },
  },
  section: {
    font: font(12, { bold: true, color: { argb: sea } }),
    alignment: { vertical: 'middle' },
    border: { bottom: { style: 'medium', color: { argb: sea } } },
  },
  header: {
    font: font(10, { bold: true, color: white }),
    fill: fill(sea),
    alignment: { horizontal: 'left', vertical: 'middle', wrapText: true, indent: 1 },
    border: {
      bottom: thin,
      left: { style: 'hair', color: white },
      right: { style: 'hair', color: white },
    },
  },
  headerComputed: {
    font: font(10, { bold: true, color: { argb: ink } }),
    fill: fill('FFCBD2D4'),
    alignment: { horizontal: 'left', vertical: 'middle', wrapText: true, indent: 1 },
    border: {
      bottom: thin,
      left: { style: 'hair', color: white },
      right: { style: 'hair', color: white },
    },
  },
  body: { font: font(10), alignment: { vertical: 'top', wrapText: true }, border: box },
  computed: {
    font: font(10),
    fill: fill(grey),
    alignment: { vertical: 'top', wrapText: true },
    border: box,
  },
  label: { font: font(10, { bold: true }), alignment: { vertical: 'middle', wrapText: true } },
  total: {
    font: font(10, { bold: true }),
    fill: fill(mist),
    alignment: { vertical: 'middle' },
    border: { bottom: hair },
  },
  note: {
    font: font(10, { color: { argb: sea } }),
    fill: fill(mist),
    alignment: { vertical: 'top', horizontal: 'center', wrapText: true },
  },
  big: {
    font: font(20, { bold: true, color: { argb: sea } }),
    fill: fill(mist),
    alignment: { vertical: 'middle', horizontal: 'center' },
  },
  coverText: { font: font(11), alignment: { vertical: 'middle', wrapText: true } },
  link: {
    font: font(10, { underline: true, color: { argb: sea } }),
    alignment: { vertical: 'top' },
    border: box,
  },
  signature: { font: font(11), alignment: { vertical: 'top', horizontal: 'center' } },
}

/** How numbers look, in the notation that Excel stores; it shows them by the reader's region. */
const numberFormats: Record<ColumnType, string | undefined> = {
  text: undefined,
  int: '#,##0',
  money: '"Rp"\\ #,##0',
  decimal: undefined,
  score: '0.00',
  year: '0',
  date: 'dd/mm/yyyy',
}

const made = new Map<string, Partial<Style>>()

/** One shared object for each look and type: ExcelJS keeps styles by object. */
export function styleOf(look: Look, type: ColumnType): Partial<Style> {
  const key = `${look} ${type}`
  const known = made.get(key)
  if (known) return known
  const base = looks[look]
  const numFmt = numberFormats[type]
  const aligned = isHeading(look)
    ? base.alignment
    : { ...base.alignment, ...alignmentOf(type, look) }
  const style = { ...base, alignment: aligned ?? {}, ...(numFmt && { numFmt }) }
  made.set(key, style)
  return style
}

function isHeading(look: Look): boolean {
  return look === 'title' || look === 'coverTitle' || look === 'big' || look === 'note'
}

const indented: readonly Look[] = ['body', 'computed', 'link']

function alignmentOf(type: ColumnType, look: Look): Partial<Alignment> {
  if (look === 'header' || look === 'headerComputed') return {}
  if (type === 'text') return indented.includes(look) ? { horizontal: 'left', indent: 1 } : {}
  if (type === 'date') return { horizontal: 'center', wrapText: false }
  return { horizontal: 'right', indent: 1, wrapText: false }
}
