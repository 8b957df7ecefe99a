import { hash, verify } from '@node-rs/argon2'
import type { Message } from '../errors.ts'
import type { Site } from '../web/site.ts'
import { commonWords } from './common-passwords.ts'

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const shortest = 12
const longest = 128

/** A hash of nothing anybody knows, so that an unknown name costs the same work as a known one. */
export const nobody =
  '$argon2id$v=19$m=19456,t=2,p=1$2Mek1GgXrT9WI3nXgRA20g$4rLxDYC/b0kLr6+nEeZFEGYFfSf40Lw74IE19y41tns'

/** The stored form of a password: argon2id with 19 MiB, two passes, one lane. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/** Whether the password fits the hash; without a hash the same work is done, and the answer is no. */
export async function fits(password: string, stored: string | null): Promise<boolean> {
  const right = await verify(stored ?? nobody, password)
  return right && stored !== null
}

/** What keeps a password from being taken, if anything. `own` are words of the person and the place. */
export function passwordTrouble(password: string, own: readonly string[]): Message | undefined {
  const length = [...password].length
  if (length < shortest)
    return { key: 'accounts.error.short', params: { min: shortest, n: length } }
  if (length > longest) return { key: 'accounts.error.long', params: { max: longest, n: length } }
  if (isCommon(password)) return { key: 'accounts.error.common' }
  if (names(own).some((name) => squeeze(password).includes(name))) {
    return { key: 'accounts.error.ownWords' }
  }
  return undefined
}

/** The names that everybody in the place would try first. */
export function placeNames({ name, officeShort, officeName, capital }: Site): string[] {
  return [name, officeShort, officeName, capital]
}

/** Nothing is left of it but digits, signs, doubled letters and words that everybody tries. */
function isCommon(password: string): boolean {
  const small = password.toLowerCase()
  return [small, plainSpelling(small)].some((text) => {
    let rest = text.replace(/[^a-z]+/g, ' ')
    for (const word of commonWords) rest = rest.replaceAll(word, ' ')
    rest = rest.replace(/(.)\1+/g, ' ').replaceAll(' ', '')
    return rest.length < 3 && /^[\x20-\x7e]*$/.test(text)
  })
}

const disguises: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

function plainSpelling(text: string): string {
  return text.replace(/[@4310$57]/g, (sign) => disguises[sign] ?? sign)
}

/** The words that must not be in it: whole names, and every longer word of them. */
function names(own: readonly string[]): string[] {
  const generic = ['kabupaten', 'provinsi', 'pemerintah']
  const single = own.flatMap((name) => name.split(/\s+/)).filter((word) => word.length >= 6)
  return [...own, ...single]
    .map(squeeze)
    .filter((name) => name.length >= 3 && !generic.includes(name))
}

function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
