import { heightOf } from './heights.ts'
import type { Row } from './layout.ts'

/** Room left white around a printed page, in millimetres; what is printed at its foot stands in it. */
export const margins = { left: 12, right: 12, top: 14, bottom: 18, header: 6, footer: 8 } as const

/** Both in millimetres, lying; the number is Excel's own. */
const papers = {
  A4: { width: 297, height: 210, size: 9 },
  F4: { width: 330.2, height: 215.9, size: 14 },
} as const

const paperOf = (name: string) => (name === 'F4' ? papers.F4 : papers.A4)

/** How Excel calls a paper, `A4` or `F4`. */
export function paperSize(name: string): number {
  return paperOf(name).size
}

const pointsPerMm = 72 / 25.4
const pixelsPerMm = 96 / 25.4
const plainRow = 15
/** Spreadsheets round the heights of rows, each in its own way. */
const safety = 0.985

/** Points of rows that fit on a page of a sheet that is printed one page wide. */
export function pageHeight(paper: string, widths: readonly number[]): number {
  const { width, height } = paperOf(paper)
  const drawn = widths.reduce((sum, each) => sum + each * 7 + 5, 0)
  const scale = Math.min(1, ((width - margins.left - margins.right) * pixelsPerMm) / drawn)
  return (((height - margins.top - margins.bottom) * pointsPerMm) / scale) * safety
}

/** Rows one after the other; those of a block stay together on a page, unless it is taller than one. */
export function onPages(
  blocks: readonly (readonly Row[])[],
  widths: readonly number[],
  height: number,
): Row[] {
  const rows: Row[] = []
  let used = 0
  for (const block of blocks) {
    const tall = block.reduce((sum, row) => sum + (heightOf(row, widths) ?? plainRow), 0)
    const last = rows.at(-1)
    if (last && used + tall > height) {
      rows[rows.length - 1] = { ...last, lastOnPage: true }
      used = 0
    }
    rows.push(...block)
    used += tall
    while (used > height) used -= height
  }
  return rows
}
