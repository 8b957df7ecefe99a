import { insertLink } from '../portal/queries.ts'
import type { TestApp } from './app.ts'

export const person = { name: 'Maria Goreti', position: 'Kasubbag Perencanaan' }

/** Makes a link of an OPD and opens it on a phone, as that person; answers the phone's cookie. */
export async function openLink(it: TestApp, opdId: number, who = person): Promise<string> {
  const until = new Date(it.clock.now.getTime() + 30 * 86_400_000).toISOString()
  const token = await it.write((trx) => insertLink(trx, opdId, until, it.by))
  const answer = await it.post(`/o/${token}`, who)
  return String(answer.headers['set-cookie']).split(';')[0] ?? ''
}
