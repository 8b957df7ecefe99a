export type Cell = string | number | null | undefined

/**
 * Rows as a file that a spreadsheet in Indonesian opens: semicolons, decimal commas, CRLF, a byte
 * order mark. A text that a spreadsheet would calculate begins with an apostrophe instead; one
 * with a comma is quoted, so that a reader that splits there finds no formula behind it.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${rows.map((row) => row.map(written).join(';')).join('\r\n')}\r\n`
}

function written(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return String(cell).replace('.', ',')
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
