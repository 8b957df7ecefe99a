import type { Tx } from '../db/schema.ts'
import type { Code } from '../domain/words.ts'
import { orNotFound, Refusal } from '../errors.ts'
import { wholeForm } from '../web/form.ts'
import * as scoring from './queries.ts'

export type RoundState = Code<'roundState'>

/** A round that is still in one of these states, read in the transaction that changes it. */
export async function requireState(
  trx: Tx,
  roundId: number,
  states: readonly RoundState[],
): Promise<scoring.Round> {
  const round = orNotFound(await scoring.findRound(trx, roundId))
  if (!states.includes(round.state as RoundState)) {
    const key = round.state === 'closed' ? 'scoring.error.closed' : 'scoring.error.begun'
    throw new Refusal({ [wholeForm]: { key } }, 409)
  }
  return round
}
