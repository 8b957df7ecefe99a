import type { Look, Piece, Row } from './layout.ts'
import { fontOf } from './style.ts'

/**
 * Widths of characters in Calibri, in digits: a column's width is told in digits of 11 points. What
 * is not here is as wide as a digit or a little wider.
 */
const narrower = [
  [0.47, " ijlI',.:;|"],
  [0.65, 'ftrJ()[]{}-!/`"'],
  [0.92, 'acegksvxyzLFS?'],
  [1.25, 'ACDGHNOQUVX'],
  [1.45, 'w%&@'],
  [1.65, 'mMW'],
] as const
const widest = 1.65
const usual = 1.04
/** By the number of the character, of those that are told above. */
const digits: (number | undefined)[] = []
for (const [width, all] of narrower) for (const each of all) digits[each.charCodeAt(0)] = width

const space = ' '.charCodeAt(0)

const widthOf = (text: string, at: number): number => digits[text.charCodeAt(at)] ?? usual

/** What the indent takes of a column, and the button of the filter of a heading. */
const edges = 1.4
const button = 3
/** Another type face may be put in Calibri's place. */
const safety = 0.97
const boldFace = 0.95
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
      lines = Math.max(lines, linesOf(piece, piece.value, widthAcross(widths, column, span)))
    }
    column += span
  }
  return lines === 1 ? undefined : Math.min(tallest, lines * lineHeight + 4)
}

function widthAcross(widths: readonly number[], column: number, span: number): number {
  let width = 0
  for (let at = column; at < column + span; at += 1) width += widths[at] ?? 0
  return width
}

function linesOf({ look, as }: Piece, text: string, width: number): number {
  if (oneLine.includes(look) || as === 'date') return 1
  const { size, bold } = fontOf(look)
  const taken = look === 'header' || look === 'headerComputed' ? edges + button : edges
  const capacity = Math.max(4, (width - taken) * (11 / size) * safety * (bold ? boldFace : 1))
  if (!text.includes('\n')) return wrapped(text, capacity)
  return text.split('\n').reduce((sum, line) => sum + wrapped(line, capacity), 0)
}

/** Lines that a text takes when it is wrapped between words; longer words are broken. */
function wrapped(text: string, capacity: number): number {
  if (text.length * widest <= capacity) return 1
  let lines = 1
  let used = 0
  let word = 0
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && text.charCodeAt(at) !== space) {
      word += widthOf(text, at)
      continue
    }
    const needed = used === 0 ? word : used + widthOf(' ', 0) + word
    if (needed <= capacity) used = needed
    else {
      if (used > 0) lines += 1
      lines += Math.max(0, Math.ceil(word / capacity) - 1)
      used = word % capacity || Math.min(word, capacity)
    }
    word = 0
  }
  return lines
}
