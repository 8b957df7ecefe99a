import { sql } from 'kysely'
import type { Db, Row, Tx, WholeDb } from '../../db/schema.ts'
import { owned } from '../../db/scope.ts'
import { everything } from '../../domain/access.ts'
import type { HandedKind } from '../../domain/succession.ts'

/** An OPD before or after a change of offices. */
export type Related = Pick<
  Row<'opd'>,
  'id' | 'name' | 'shortName' | 'validFrom' | 'validUntil' | 'endedBy'
>

/** Those that go on with what an OPD did, and those that it goes on for; by name. */
export async function relatives(db: Db | Tx, opdId: number) {
  const related = () =>
    owned(db, everything, 'opd')
      .select(['opd.id', 'opd.name', 'opd.shortName', 'opd.validFrom', 'opd.validUntil'])
      .select('opd.endedBy')
      .orderBy('opd.nameKey')
  const successors: Related[] = await related()
    .innerJoin('opdSuccessor', 'opdSuccessor.successorId', 'opd.id')
    .where('opdSuccessor.opdId', '=', opdId)
    .execute()
  const predecessors: Related[] = await related()
    .innerJoin('opdSuccessor', 'opdSuccessor.opdId', 'opd.id')
    .where('opdSuccessor.successorId', '=', opdId)
    .execute()
  return { successors, predecessors }
}

/** The names of the successors of each of these OPD. */
export async function successorNames(
  db: Db | Tx,
  ids: readonly number[],
): Promise<Map<number, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await owned(db, everything, 'opd')
    .innerJoin('opdSuccessor', 'opdSuccessor.successorId', 'opd.id')
    .select(['opdSuccessor.opdId', 'opd.name', 'opd.shortName'])
    .where('opdSuccessor.opdId', 'in', [...ids])
    .orderBy('opd.nameKey')
    .execute()
  const names = new Map<number, string[]>()
  for (const row of rows) {
    names.set(row.opdId, [...(names.get(row.opdId) ?? []), row.shortName ?? row.name])
  }
  return names
}

/** A record that a change hands on; `id` is the row's, or a pair where one row does for several. */
export type HandedRow = {
  key: string
  kind: HandedKind
  /** The row that changes; 0 for an affair, which is part of the OPD's own. */
  id: number
  /** The OPD that ends. */
  from: number
  label: string
  /** A code that tells it from others: a kind, a state, a day. */
  note: string | null
}

/** Everything that these OPD hand on, by kind and name. */
export async function handedRows(db: Db | Tx, ids: readonly number[]): Promise<HandedRow[]> {
  const asked = [...ids]
  const whole = db as unknown as WholeDb
  const found: [HandedKind, Found[]][] = [
    [
      'unit',
      await owned(db, everything, 'opd')
        .select(['opd.id', 'opd.parentId as from', 'opd.name as label', 'opd.kind as note'])
        .where('opd.parentId', 'in', asked)
        .where('opd.validUntil', 'is', null)
        .orderBy('opd.nameKey')
        .execute(),
    ],
    [
      'duty',
      await owned(db, everything, 'opdDuty')
        .select(['opdDuty.id', 'opdDuty.opdId as from', 'opdDuty.text as label'])
        .select('opdDuty.legalBasis as note')
        .where('opdDuty.opdId', 'in', asked)
        .orderBy('opdDuty.seq')
        .execute(),
    ],
    [
      'location',
      await owned(db, everything, 'location')
        .select(['location.id', 'location.opdId as from', 'location.name as label'])
        .select('location.kind as note')
        .where('location.opdId', 'in', asked)
        .orderBy('location.isHead', 'desc')
        .orderBy('location.nameKey')
        .execute(),
    ],
    [
      'application',
      await owned(db, everything, 'application')
        .select(['application.id', 'application.opdId as from', 'application.name as label'])
        .select('application.useState as note')
        .where('application.opdId', 'in', asked)
        .orderBy('application.nameKey')
        .execute(),
    ],
    [
      'need',
      await owned(db, everything, 'infrastructureNeed')
        .select(['infrastructureNeed.id', 'infrastructureNeed.opdId as from'])
        .select(['infrastructureNeed.text as label', 'infrastructureNeed.kind as note'])
        .where('infrastructureNeed.opdId', 'in', asked)
        .where('infrastructureNeed.locationId', 'is', null)
        .orderBy('infrastructureNeed.id')
        .execute(),
    ],
    [
      'proposal',
      await owned(db, everything, 'proposal')
        .select(['proposal.id', 'proposal.opdId as from', 'proposal.title as label'])
        .select(sql<string>`coalesce(proposal.number, proposal.state)`.as('note'))
        .where('proposal.opdId', 'in', asked)
        .orderBy('proposal.titleKey')
        .orderBy('proposal.id')
        .execute(),
    ],
    [
      'followUp',
      await whole
        .selectFrom('followUp')
        .select(['followUp.id', 'followUp.opdId as from', 'followUp.text as label'])
        .select('followUp.due as note')
        .where('followUp.opdId', 'in', asked)
        .where('followUp.state', '<>', 'done')
        .orderBy('followUp.id')
        .execute(),
    ],
    [
      'assessor',
      await whole
        .selectFrom('assessor')
        .select(['assessor.id', 'assessor.opdId as from', 'assessor.name as label'])
        .select('assessor.office as note')
        .where('assessor.opdId', 'in', asked)
        .orderBy('assessor.name')
        .execute(),
    ],
    [
      'people',
      await owned(db, everything, 'opdPeople')
        .select(['opdPeople.id', 'opdPeople.opdId as from', 'opdPeople.asOf as label'])
        .select(sql<null>`null`.as('note'))
        .where('opdPeople.opdId', 'in', asked)
        .orderBy('opdPeople.asOf', 'desc')
        .execute(),
    ],
    [
      'budget',
      await owned(db, everything, 'opdBudget')
        .select(['opdBudget.id', 'opdBudget.opdId as from', 'opdBudget.document as note'])
        .select(sql<string>`cast(opd_budget.year as text)`.as('label'))
        .where('opdBudget.opdId', 'in', asked)
        .orderBy('opdBudget.year', 'desc')
        .execute(),
    ],
  ]
  const own = found.flatMap(([kind, rows]) =>
    rows.map(({ id, from, label, note }) => ({
      ...{ kind, id, from: from ?? 0, label, note },
      key: `${kind}.${id}`,
    })),
  )
  return [
    ...own,
    ...(await affairRows(whole, asked)),
    ...(await usedRows(db, asked)),
    ...(await furtherRows(db, asked)),
    ...(await accountRows(whole, asked)),
  ]
}

type Found = { id: number; from: number | null; label: string; note: string | null }

async function affairRows(db: WholeDb, ids: number[]): Promise<HandedRow[]> {
  const rows = await db
    .selectFrom('opdAffair')
    .innerJoin('affair', 'affair.code', 'opdAffair.affairCode')
    .select(['opdAffair.opdId as from', 'affair.code', 'affair.name as label'])
    .where('opdAffair.opdId', 'in', ids)
    .orderBy('affair.code')
    .execute()
  return rows.map(({ from, code, label }) => ({
    ...{ kind: 'affair', id: 0, from, label, note: code },
    key: `affair.${from}-${code}`,
  }))
}

/** Applications of others that the OPD use. */
async function usedRows(db: Db | Tx, ids: number[]): Promise<HandedRow[]> {
  const rows = await owned(db, everything, 'application')
    .innerJoin('applicationOpd', 'applicationOpd.applicationId', 'application.id')
    .innerJoin('opd as owner', 'owner.id', 'application.opdId')
    .select(['application.id', 'applicationOpd.opdId as from', 'application.name as label'])
    .select('owner.name as note')
    .where('applicationOpd.opdId', 'in', ids)
    .orderBy('application.nameKey')
    .execute()
  return rows.map((row) => ({ ...row, kind: 'used', key: `used.${row.id}-${row.from}` }))
}

/** Proposals of others in which the OPD take part. */
async function furtherRows(db: Db | Tx, ids: number[]): Promise<HandedRow[]> {
  const rows = await owned(db, everything, 'proposal')
    .innerJoin('proposalOpd', 'proposalOpd.proposalId', 'proposal.id')
    .select(['proposal.id', 'proposalOpd.opdId as from', 'proposal.title as label'])
    .select('proposalOpd.part as note')
    .where('proposalOpd.opdId', 'in', ids)
    .orderBy('proposal.titleKey')
    .execute()
  return rows.map((row) => ({ ...row, kind: 'further', key: `further.${row.id}-${row.from}` }))
}

/** Accounts that speak for the OPD. */
async function accountRows(db: WholeDb, ids: number[]): Promise<HandedRow[]> {
  const rows = await db
    .selectFrom('accountRole')
    .innerJoin('account', 'account.id', 'accountRole.accountId')
    .select(['account.id', 'accountRole.opdId as from', 'account.name as label'])
    .select('account.username as note')
    .where('accountRole.opdId', 'in', ids)
    .orderBy('account.name')
    .execute()
  return rows.map(({ from, ...row }) => ({
    ...{ ...row, from: from ?? 0, kind: 'account' },
    key: `account.${row.id}-${from}`,
  }))
}

/** What goes along without a word, or ends: how much of each. */
export async function alongWith(db: Db | Tx, ids: readonly number[], now: string) {
  const asked = [...ids]
  const whole = db as unknown as WholeDb
  const needs = await owned(db, everything, 'infrastructureNeed')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('infrastructureNeed.opdId', 'in', asked)
    .where('infrastructureNeed.locationId', 'is not', null)
    .executeTakeFirstOrThrow()
  const links = await whole
    .selectFrom('accessLink')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('opdId', 'in', asked)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirstOrThrow()
  const sessions = await whole
    .selectFrom('sessionOpd')
    .innerJoin('fgdSession', 'fgdSession.id', 'sessionOpd.fgdSessionId')
    .select((eb) => eb.fn.count<number>('fgdSession.id').distinct().as('n'))
    .where('sessionOpd.opdId', 'in', asked)
    .where('fgdSession.state', 'in', ['planned', 'postponed'])
    .executeTakeFirstOrThrow()
  return { needs: needs.n, links: links.n, sessions: sessions.n }
}

/** The proposals that an assessor rated, each with its lead. */
export function ratedBy(trx: Tx, assessorId: number) {
  return trx
    .selectFrom('rating')
    .innerJoin('proposal', 'proposal.id', 'rating.proposalId')
    .select(['proposal.id', 'proposal.opdId'])
    .where('rating.assessorId', '=', assessorId)
    .distinct()
    .execute()
}
