import type { ColumnType, Look } from './layout.ts'

/** Colours are eight hexadecimal digits, opacity first. */
type Line = { style: 'hair' | 'thin' | 'medium'; color: string }
export type Border = Partial<Record<'left' | 'right' | 'top' | 'bottom', Line>>
export type Font = {
  /** In points. */
  size: number
  color: string
  bold?: boolean
  italic?: boolean
  underline?: boolean
}
export type Style = {
  font: Font
  /** Colour behind the text. */
  fill?: string
  border?: Border
  alignment: {
    horizontal?: 'left' | 'center' | 'right'
    vertical: 'top' | 'middle'
    wrap?: boolean
    indent?: number
  }
  /** In Excel's own notation. */
  numFmt?: string
}

/** The colours of the program: sea, its light tint, and the grey of what is computed. */
const sea = 'FF0A5668'
const ink = 'FF16262B'
const mist = 'FFE6F0F2'
const grey = 'FFEDEFF0'
const line = 'FFC9D3D6'
const white = 'FFFFFFFF'

const hair: Line = { style: 'hair', color: line }
const thin: Line = { style: 'thin', color: sea }
const whiteHair: Line = { style: 'hair', color: white }
const box = { top: hair, bottom: hair, left: hair, right: hair }
const font = (size: number, more: Partial<Font> = {}): Font => ({ size, color: ink, ...more })

const looks: Record<Look, Style> = {
  coverTitle: {
    font: font(26, { bold: true, color: white }),
    fill: sea,
    alignment: { horizontal: 'left', vertical: 'middle', indent: 1 },
  },
  title: {
    font: font(16, { bold: true, color: white }),
    fill: sea,
    alignment: { horizontal: 'left', vertical: 'middle', indent: 1 },
  },
  lede: {
    font: font(10, { italic: true, color: sea }),
    fill: mist,
    alignment: { horizontal: 'left', vertical: 'middle', indent: 1 },
  },
  section: {
    font: font(12, { bold: true, color: sea }),
    alignment: { vertical: 'middle' },
    border: { bottom: { style: 'medium', color: sea } },
  },
  header: {
    font: font(10, { bold: true, color: white }),
    fill: sea,
    alignment: { horizontal: 'left', vertical: 'middle', wrap: true, indent: 1 },
    border: {
      bottom: thin,
      left: whiteHair,
      right: whiteHair,
    },
  },
  headerComputed: {
    font: font(10, { bold: true, color: ink }),
    fill: 'FFCBD2D4',
    alignment: { horizontal: 'left', vertical: 'middle', wrap: true, indent: 1 },
    border: {
      bottom: thin,
      left: whiteHair,
      right: whiteHair,
    },
  },
  body: { font: font(10), alignment: { vertical: 'top', wrap: true }, border: box },
  computed: {
    font: font(10),
    fill: grey,
    alignment: { vertical: 'top', wrap: true },
    border: box,
  },
  label: { font: font(10, { bold: true }), alignment: { vertical: 'middle', wrap: true } },
  total: {
    font: font(10, { bold: true }),
    fill: mist,
    alignment: { vertical: 'middle' },
    border: { bottom: hair },
  },
  note: {
    font: font(10, { color: sea }),
    fill: mist,
    alignment: { vertical: 'top', horizontal: 'center', wrap: true },
  },
  big: {
    font: font(20, { bold: true, color: sea }),
    fill: mist,
    alignment: { vertical: 'middle', horizontal: 'center' },
  },
  coverText: { font: font(11), alignment: { vertical: 'middle', wrap: true } },
  link: {
    font: font(10, { underline: true, color: sea }),
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

/** The letters of a look, whatever the type of its value. */
export function fontOf(look: Look): Style['font'] {
  return looks[look].font
}

/** How a cell of a look shows a value of a type. */
export function styleOf(look: Look, type: ColumnType): Style {
  const base = looks[look]
  const numFmt = numberFormats[type]
  const alignment = isHeading(look)
    ? base.alignment
    : { ...base.alignment, ...alignmentOf(type, look) }
  return { ...base, alignment, ...(numFmt && { numFmt }) }
}

function isHeading(look: Look): boolean {
  return look === 'title' || look === 'coverTitle' || look === 'big' || look === 'note'
}

const indented: readonly Look[] = ['body', 'computed', 'link']

function alignmentOf(type: ColumnType, look: Look): Partial<Style['alignment']> {
  if (look === 'header' || look === 'headerComputed') return {}
  if (type === 'text') return indented.includes(look) ? { horizontal: 'left', indent: 1 } : {}
  if (type === 'date') return { horizontal: 'center', wrap: false }
  return { horizontal: 'right', indent: 1, wrap: false }
}
