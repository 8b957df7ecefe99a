import { escaped } from './xlsx/xml.ts'

/** Tells the parts of a bar apart, also where the print has no colours: dark to white. */
export type Tone = 'strong' | 'middle' | 'light' | 'open'

export type Bar = {
  label: string
  /** Beside each other from the left; none is negative. */
  parts: { tone: Tone; value: number }[]
  /** The value in words, behind the bar. */
  text: string
}

/** Horizontal bars on one scale. */
export type Chart = {
  title: string
  /** What the bars do not say; '' = nothing. */
  note: string
  legend: { tone: Tone; text: string }[]
  bars: Bar[]
  /** The value that fills the whole width; the longest bar where it is not told. */
  full?: number
}

export type Size = { width: number; height: number }

export const typeFace = 'Plus Jakarta Sans'

const fills: Record<Tone, string> = {
  strong: '#0a5668',
  middle: '#6fa3af',
  light: '#cfe0e4',
  open: '#ffffff',
}
const ink = '#16262b'
const faint = '#4a5a5f'
const line = '#0a5668'

const labelWidth = 232
const textWidth = 118
const edge = 4
const titleHeight = 22
const lineHeight = 15
const pitch = 18

/** How tall the drawing has to be, in pixels. */
export function heightOfChart(chart: Chart): number {
  return headHeight(chart) + Math.max(1, chart.bars.length) * pitch + edge
}

function headHeight({ note, legend }: Chart): number {
  const lines = (note === '' ? 0 : 1) + (legend.length > 0 ? 1 : 0)
  return titleHeight + lines * lineHeight + edge
}

/** The chart as an SVG of its own: white behind it, no style sheet, every number also in words. */
export function svgOf(chart: Chart, { width, height }: Size): string {
  const head = headHeight(chart)
  const longest = Math.max(0, ...chart.bars.map(lengthOf))
  const scale = (width - labelWidth - textWidth - 2 * edge) / (chart.full ?? (longest || 1))
  const noteAt = titleHeight + 11
  const legendAt = noteAt + (chart.note === '' ? 0 : lineHeight)
  const rows = chart.bars.map((bar, at) => barSvg(bar, head + at * pitch, scale))
  const none = text(edge, head + 13, 'Belum ada data.', { size: 10.5, color: faint })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${typeFace}">` +
    `<rect width="${width}" height="${height}" fill="#ffffff"/>` +
    text(edge, 16, fitted(chart.title, width - 2 * edge, 13), { size: 13, bold: true }) +
    text(edge, noteAt, fitted(chart.note, width - 2 * edge, 10), { size: 10, color: faint }) +
    legendSvg(chart.legend, legendAt) +
    (rows.length > 0 ? rows.join('') : none) +
    '</svg>'
  )
}

function barSvg({ label, parts, text: said }: Bar, top: number, scale: number): string {
  const from = edge + labelWidth
  let at = from
  const rects = parts.map(({ tone, value }) => {
    const rect = value > 0 ? rectSvg(at, top + 2, value * scale, pitch - 5, tone) : ''
    at += value * scale
    return rect
  })
  const axis = `<path d="M${from} ${top}v${pitch}" stroke="${faint}" stroke-width="1"/>`
  return (
    text(edge, top + 13, fitted(label, labelWidth - 10, 10.5), { size: 10.5 }) +
    rects.join('') +
    axis +
    text(at + 6, top + 13, said, { size: 10.5, bold: true })
  )
}

function legendSvg(legend: Chart['legend'], baseline: number): string {
  let at = edge
  return legend
    .map(({ tone, text: said }) => {
      const sign = rectSvg(at + 0.5, baseline - 8, 10, 8, tone) + text(at + 15, baseline, said, {})
      at += 15 + widthOf(said, 10) + 18
      return sign
    })
    .join('')
}

function rectSvg(x: number, y: number, width: number, height: number, tone: Tone): string {
  const place = `x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${height}"`
  return `<rect ${place} fill="${fills[tone]}" stroke="${line}" stroke-width="0.75"/>`
}

type Type = { size?: number; bold?: boolean; color?: string }

function text(
  x: number,
  y: number,
  said: string,
  { size = 10, bold = false, color = ink }: Type,
): string {
  if (said === '') return ''
  const weight = bold ? ' font-weight="600"' : ''
  return `<text x="${rounded(x)}" y="${y}" font-size="${size}"${weight} fill="${color}">${escaped(said)}</text>`
}

/** Cut at the end where it is too long; the tables beside the chart have it whole. */
function fitted(said: string, width: number, size: number): string {
  if (widthOf(said, size) <= width) return said
  const fitting = Math.floor(width / (size * averageLetter))
  return `${said.slice(0, fitting - 1).trimEnd()}…`
}

/** Of a letter of the type face, in parts of its size; rather too much. */
const averageLetter = 0.53

function widthOf(said: string, size: number): number {
  return said.length * size * averageLetter
}

function lengthOf({ parts }: Bar): number {
  return parts.reduce((sum, each) => sum + each.value, 0)
}

function rounded(value: number): string {
  return value.toFixed(1)
}
