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
