import { randomBytes } from 'node:crypto'

/** A link just made: its token is known here and nowhere else. */
export type FreshLink = { opdId: number; token: string | undefined }

/** What was made at once, for the sheet of cards. */
export type FreshLinks = {
  links: readonly FreshLink[]
  /** Instant at which they end. */
  expiresAt: string
  /** The day by which the data are asked for. */
  due: string
}

type Waiting = FreshLinks & { accountId: number | null; until: number }

const minutes = 15
const most = 50

/**
 * Keeps the tokens of links just made in memory for 15 minutes, so that their cards can be looked
 * at, printed and reloaded by the account that made them; afterwards nobody can read them again.
 */
export function handOver() {
  const waiting = new Map<string, Waiting>()
  const sweep = (now: Date) => {
    for (const [ticket, { until }] of waiting) {
      if (until <= now.getTime()) waiting.delete(ticket)
    }
    for (const ticket of [...waiting.keys()].slice(0, Math.max(0, waiting.size - most))) {
      waiting.delete(ticket)
    }
  }
  return {
    /** Takes them in; answers the ticket under which they are found. */
    give(fresh: FreshLinks, accountId: number | null, now: Date): string {
      const ticket = randomBytes(18).toString('base64url')
      waiting.set(ticket, { ...fresh, accountId, until: now.getTime() + minutes * 60_000 })
      sweep(now)
      return ticket
    },
    take(ticket: string, accountId: number | null, now: Date): FreshLinks | undefined {
      sweep(now)
      const found = waiting.get(ticket)
      return found?.accountId === accountId ? found : undefined
    },
  }
}
