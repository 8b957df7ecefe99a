/** What a proposal's number is made of: year, place in that year, letter of the installation. */
export type NumberParts = { year: number; seq: number; letter?: string }

/**
 * The number a proposal is given once and keeps: `U-2018-014`, from a laptop in the hall
 * `U-2018-A003`. From the thousandth on it widens: `U-2018-1000`.
 *
 * @param year four digits
 * @param seq from 1, counted per year and installation
 * @param letter the installation's letter, A to Z; none for the office
 * @throws RangeError for a part that gives no number
 */
export function proposalNumber(year: number, seq: number, letter = ''): string {
  if (!Number.isInteger(year) || year < 1000 || year > 9999) throw new RangeError(`year: ${year}`)
  if (!Number.isSafeInteger(seq) || seq < 1) throw new RangeError(`sequence: ${seq}`)
  if (!/^[A-Z]?$/.test(letter)) throw new RangeError(`letter: ${letter}`)

  return `U-${year}-${letter}${String(seq).padStart(3, '0')}`
}

/**
 * Reads a number as people type it: small letters, spaces around it and missing zeros are
 * accepted. Undefined when it is none.
 */
export function parseProposalNumber(text: string): NumberParts | undefined {
  const match = /^u-([1-9]\d{3})-([a-z]?)(\d{1,9})$/i.exec(text.trim())
  if (!match) return undefined

  const [, year = '', letter = '', digits = ''] = match
  const seq = Number(digits)
  if (seq === 0) return undefined
  return { year: Number(year), seq, ...(letter && { letter: letter.toUpperCase() }) }
}
