export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
export const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Text as it may stand in an element or between the quotes of an attribute. */
export function escaped(text: string): string {
  return withEntities(clean(text))
}

function withEntities(text: string): string {
  return special.test(text)
    ? text.replace(specials, (character) => entities[character] ?? '')
    : text
}

const special = /[<>&"']/
const specials = /[<>&"']/g
const entities: Record<string, string> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Excel's own limit for one cell. */
const longestText = 32_767
const cut = ' … (dipotong)'

/**
 * What a cell can hold, escaped; never a formula, because it is written as a string whatever it
 * begins with. `_x0041_` is how Excel writes a character by its number: typed, it stays as typed.
 */
export function cellText(text: string): string {
  const all = clean(text)
  const short = all.length <= longestText ? all : all.slice(0, longestText - cut.length) + cut
  return withEntities(
    short.includes('_x') ? short.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_') : short,
  )
}

function clean(text: string): string {
  return unusual.test(text) ? [...text].filter(isAllowed).join('') : text
}

/** Control characters, half characters and what XML forbids: rare, so looked for first. */
const unusual = /\p{Cc}|\p{Cs}|\uFFFE|\uFFFF/u

/** Of the unusual ones a tab and the ends of lines may stay. */
function isAllowed(character: string): boolean {
  return /[\t\n\r]/.test(character) || !unusual.test(character)
}
