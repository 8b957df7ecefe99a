import { randomInt } from 'node:crypto'

/** Letters and digits that nobody mistakes for one another when read from a screen. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A random password to be typed from the terminal: four groups of four, about 79 bits. */
export function randomPassword(): string {
  const group = () => Array.from({ length: 4 }, () => signs[randomInt(signs.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}
