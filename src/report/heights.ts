import type { Look, Piece, Row } from './layout.ts'

/** Characters that one unit of column width holds, in the type size of each look. */
const characters: Partial<Record<Look, number>> = {
  coverText: 1.05,
  header: 1.05,
  headerComputed: 1.05,
}
const usualCharacters = 1.18
/** What indent and borders take of a column, and the button of the filter of a heading. */
const edges = 2
const button = 3
/** How much wider a capital is than the letters on average. */
const wider = 0.35
const lineHeight = 13.5
const tallest = 409

/** Looks that stand on one line whatever their length. */
const oneLine: readonly Look[] = ['title', 'lede', 'section', 'coverTitle', 'total', 'signature']

/**
 * The height of a row in points, undefined where one line will do. Told because spreadsheets do not
 * grow the rows of merged cells, and not all of them grow others on opening; rather a little too
 * tall than cut.
 */
export function heightOf(row: Row, widths: readonly number[]): number | undefined {
  if (row.height !== undefined) return row.height
  let column = 0
  let lines = 1
  for (const piece of row.pieces) {
    const span = piece?.span ?? 1
    if (piece && typeof piece.value === 'string') {
      const width = widths.slice(column, column + span).reduce((sum, each) => sum + each, 0)
      lines = Math.max(lines, linesOf(piece, piece.value, width))
    }
    column += span
  }
  return lines === 1 ? undefined : Math.min(tallest, lines * lineHeight + 4)
}

function linesOf({ look, as }: Piece, text: string, width: number): number {
  if (oneLine.includes(look) || as === 'date') return 1
  const taken = look === 'header' || look === 'headerComputed' ? edges + button : edges
  const capacity = Math.max(4, Math.floor((width - taken) * (characters[look] ?? usualCharacters)))
  const capitals = text.length > capacity / 2 ? (text.match(/[A-Z]/g)?.length ?? 0) : 0
  if (text.length + capitals * wider <= capacity && !text.includes('\n')) return 1
  return text.split('\n').reduce((sum, line) => sum + wrapped(line, capacity), 0)
}

/** Lines that a text takes when it is wrapped between words; longer words are broken. */
function wrapped(text: string, capacity: number): number {
  let lines = 1
  let used = 0
  for (const word of text.split(' ')) {
    const length = word.length + (word.match(/[A-Z]/g)?.length ?? 0) * wider
    const needed = used === 0 ? length : used + 1 + length
    if (needed <= capacity) {
      used = needed
      continue
    }
    if (used > 0) lines += 1
    lines += Math.floor(Math.max(0, length - 1) / capacity)
    used = length % capacity || Math.min(length, capacity)
  }
  return lines
}
