import { createHash } from 'node:crypto'

/** The stored form of a secret token: its SHA-256, so that the database never holds the token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
