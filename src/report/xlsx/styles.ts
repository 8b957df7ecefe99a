import type { ColumnType, Look } from '../layout.ts'
import { type Border, type Font, type Style, styleOf } from '../style.ts'
import { declaration, escaped, main } from './xml.ts'

/** Numbers the styles of cells as they are first used; number 0 is the plain one. */
export type Styles = {
  numberOf: (look: Look, type: ColumnType) => number
  /** The part of the package that describes them, complete once every sheet is written. */
  xml: () => string
}

/** The first of the numbers that a workbook may give its own formats. */
const firstFormat = 164
/** Formats that every program knows by number. */
const knownFormats: Record<string, number> = { '0': 1, '0.00': 2, '#,##0': 3 }

export function stylesheet(): Styles {
  const numbers = new Map<string, number>()
  const fonts = numbered(['<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'])
  const fills = numbered([
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
  ])
  const borders = numbered(['<border><left/><right/><top/><bottom/><diagonal/></border>'])
  const formats = numbered([])
  const cells = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']

  const formatOf = (format: string | undefined) =>
    format === undefined ? 0 : (knownFormats[format] ?? firstFormat + formats.numberOf(format))
  const added = (style: Style) => {
    const format = formatOf(style.numFmt)
    const font = fonts.numberOf(fontXml(style.font))
    const fill = style.fill === undefined ? 0 : fills.numberOf(fillXml(style.fill))
    const border = style.border === undefined ? 0 : borders.numberOf(borderXml(style.border))
    cells.push(
      `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"` +
        `${format > 0 ? ' applyNumberFormat="1"' : ''} applyFont="1"` +
        `${fill > 0 ? ' applyFill="1"' : ''}${border > 0 ? ' applyBorder="1"' : ''}` +
        ` applyAlignment="1"><alignment${alignmentXml(style.alignment)}/></xf>`,
    )
    return cells.length - 1
  }
  return {
    numberOf: (look, type) => {
      const key = `${look} ${type}`
      const known = numbers.get(key)
      if (known !== undefined) return known
      const number = added(styleOf(look, type))
      numbers.set(key, number)
      return number
    },
    xml: () =>
      `${declaration}<styleSheet xmlns="${main}">` +
      list(
        'numFmts',
        formats.all.map(
          (format, at) =>
            `<numFmt numFmtId="${firstFormat + at}" formatCode="${escaped(format)}"/>`,
        ),
      ) +
      list('fonts', fonts.all) +
      list('fills', fills.all) +
      list('borders', borders.all) +
      list('cellStyleXfs', ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']) +
      list('cellXfs', cells) +
      list('cellStyles', ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']) +
      '</styleSheet>',
  }
}

/** Equal ones share a number. */
function numbered(first: readonly string[]) {
  const all = [...first]
  const numbers = new Map(all.map((xml, at) => [xml, at]))
  const numberOf = (xml: string) => {
    const known = numbers.get(xml)
    if (known !== undefined) return known
    numbers.set(xml, all.length)
    return all.push(xml) - 1
  }
  return { all, numberOf }
}

function list(name: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `<${name} count="${items.length}">${items.join('')}</${name}>`
}

function fontXml({ size, bold, italic, underline, color }: Font): string {
  return (
    `<font>${bold ? '<b/>' : ''}${italic ? '<i/>' : ''}${underline ? '<u/>' : ''}` +
    `<sz val="${size}"/><color rgb="${color}"/><name val="Calibri"/><family val="2"/></font>`
  )
}

function fillXml(color: string): string {
  return (
    `<fill><patternFill patternType="solid"><fgColor rgb="${color}"/><bgColor indexed="64"/>` +
    '</patternFill></fill>'
  )
}

function borderXml(border: Border): string {
  const sides = (['left', 'right', 'top', 'bottom'] as const).map((side) => {
    const line = border[side]
    return line
      ? `<${side} style="${line.style}"><color rgb="${line.color}"/></${side}>`
      : `<${side}/>`
  })
  return `<border>${sides.join('')}<diagonal/></border>`
}

function alignmentXml({ horizontal, vertical, wrap, indent }: Style['alignment']): string {
  return [
    horizontal ? ` horizontal="${horizontal}"` : '',
    vertical === 'middle' ? ' vertical="center"' : ' vertical="top"',
    wrap ? ' wrapText="1"' : '',
    indent ? ` indent="${indent}"` : '',
  ].join('')
}
