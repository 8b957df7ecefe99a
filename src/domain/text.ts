/**
 * The folded form of a text: what the `*_key` columns hold, for sorting, searching, doubles and
 * aliases. NFKC, small letters, `&` read as "dan", everything that is no letter, mark or digit a
 * single space, no space at the ends. Folding a folded text changes nothing.
 */
export function fold(text: string): string {
  return text
    .replace(invisible, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll('&', ' dan ')
    .replace(separators, ' ')
    .trim()
}

const invisible = /\p{Cf}/gu
const separators = /[^\p{L}\p{M}\p{N}]+/gu

/** Whether a text has control characters other than tab and line break: no answer has any. */
export function hasControls(text: string): boolean {
  return controls.test(text)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/

/**
 * A label as it is written inside a sentence: its first letter small, unless its first word is a
 * name or an abbreviation ("Nama OPD" → "nama OPD"; "OPD", "NIP" and "Wi-Fi" stay).
 */
export function midSentence(label: string): string {
  const [first = ''] = label.split(/\s/)
  return /\p{Lu}/u.test(first.slice(1)) ? label : first.toLowerCase() + label.slice(first.length)
}
