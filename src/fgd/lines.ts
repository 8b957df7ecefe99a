import type { Db } from '../db/schema.ts'
import { owned } from '../db/scope.ts'
import { everything } from '../domain/access.ts'
import { ownersThen } from './owners.ts'
import { toldProposals } from './queries.ts'

/** The proposals handed in in a session as its record lists them, by OPD; never what they cost. */
export async function recordedLines(db: Db, sessionId: number) {
  const rows = await toldProposals(db, everything)
    .innerJoin('opd', 'opd.id', 'proposal.opdId')
    .where('proposal.fgdSessionId', '=', sessionId)
    .where('proposal.state', 'not in', ['draft', 'withdrawn'])
    .select(['proposal.id', 'proposal.title', 'proposal.createdAt', 'proposal.example'])
    .select('opd.name as opd')
    .orderBy('opd.nameKey')
    .orderBy('proposal.id')
    .execute()
  const choices = await owned(db, everything, 'proposalChoice')
    .select(['proposalChoice.proposalId', 'proposalChoice.list', 'proposalChoice.code'])
    .where('proposalChoice.list', 'in', ['platforms', 'natures'])
    .orderBy('proposalChoice.code')
    .execute()
  const then = await ownersThen(db, sessionId, 'proposal')
  const chosen = (list: string, id: number) =>
    choices.filter((row) => row.list === list && row.proposalId === id).map((row) => row.code)
  const platforms = new Map<number, string[]>()
  for (const { proposalId } of choices) {
    if (!platforms.has(proposalId)) platforms.set(proposalId, chosen('platforms', proposalId))
  }
  return {
    platforms,
    proposals: rows.map(({ id, ...row }) => ({
      ...row,
      opd: then.get(id)?.name ?? row.opd,
      platforms: chosen('platforms', id),
      natures: chosen('natures', id),
    })),
  }
}
