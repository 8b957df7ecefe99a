import type { Tx } from '../db/schema.ts'
import { type By, insertRow, type NewRow } from '../db/write.ts'

/* Small rows of the method, for tests. */

let made = 0

export function makeOpd(trx: Tx, by: By, name = `Dinas ${++made}`): Promise<number> {
  const nameKey = `${name.toLowerCase()} ${++made}`
  const rest = { shortName: null, kind: 'dinas', parentId: null, headName: null, headTitle: null }
  return insertRow(
    trx,
    'opd',
    {
      ...rest,
      code: `T-${made}`,
      name,
      nameKey,
      contactName: null,
      contactTitle: null,
      contactPhone: null,
      validFrom: null,
      validUntil: null,
      note: null,
      source: null,
      sourceCode: null,
    },
    by,
  )
}

export function makeProposal(
  trx: Tx,
  by: By,
  opdId: number,
  values: Partial<NewRow<'proposal'>> = {},
  lists: { locations?: number[] } = {},
): Promise<number> {
  made += 1
  const title = values.title ?? `Aplikasi ${made}`
  return insertRow(
    trx,
    'proposal',
    {
      number: `U-2018-${String(made).padStart(3, '0')}`,
      opdId,
      fgdSessionId: null,
      cameBy: 'fgd',
      letterNo: null,
      letterOn: null,
      titleKey: title.toLowerCase(),
      problem: null,
      purpose: null,
      dutyId: null,
      dutyText: null,
      rpjmd: null,
      form: null,
      expectedUsers: null,
      dataReady: null,
      dataNote: null,
      integration: null,
      way: null,
      wayNationalId: null,
      wayNote: null,
      costUnknown: 0,
      costLow: null,
      costHigh: null,
      runningCost: null,
      costBasis: null,
      commitment: null,
      budgetPaper: null,
      fund: null,
      yearWanted: null,
      contactName: null,
      contactTitle: null,
      contactPhone: null,
      state: 'submitted',
      stateNote: null,
      stateAt: by.at,
      reviewResult: null,
      reviewNote: null,
      mergedIntoId: null,
      submittedAt: by.at,
      source: null,
      sourceCode: null,
      ...values,
      title,
    },
    by,
    { platforms: ['web'], ...lists },
  )
}

/** A head office; `ready` gives it an inventory that reaches level 5, else nothing is recorded. */
export async function makeOffice(trx: Tx, by: By, opdId: number, ready = false): Promise<number> {
  const locationId = await insertRow(
    trx,
    'location',
    {
      opdId,
      kind: 'main',
      name: 'Kantor induk',
      nameKey: 'kantor induk',
      address: null,
      district: null,
      isHead: 1,
      computerUsers: ready ? 10 : null,
      signal: null,
      power: null,
      powerOutHours: ready ? 0 : null,
      serverRoom: null,
      note: null,
    },
    by,
  )
  if (!ready) return locationId
  const rest = {
    provider: null,
    service: null,
    medium: null,
    intranetKbps: null,
    ownership: null,
    costMonth: null,
    fund: null,
    quality: null,
    measuredOn: null,
    measuredDownKbps: null,
    measuredUpKbps: null,
    latencyMs: null,
    note: null,
    fgdSessionId: null,
  }
  await insertRow(
    trx,
    'internetAccess',
    {
      ...rest,
      locationId,
      asOf: '2018-09-01',
      line: 1,
      available: 'yes',
      downKbps: 20_000,
      lan: 'all',
      wifi: 'all',
      outageHours: 0,
    },
    by,
  )
  const survey = { locationId, asOf: '2018-09-02', note: null, fgdSessionId: null }
  const pcs = { type: 'pc', good: 10, minor: 0, major: 0, oldestYear: null, newestYear: null }
  await insertRow(trx, 'deviceSurvey', survey, by, { counts: [pcs] })
  return locationId
}

export function makeAssessor(
  trx: Tx,
  by: By,
  name = `Penilai ${++made}`,
  opdId: number | null = null,
): Promise<number> {
  return insertRow(trx, 'assessor', { name, office: null, opdId, accountId: null }, by)
}

/** A round in which every assessor rates every criterion of the set. */
export async function makeRound(
  trx: Tx,
  by: By,
  parts: {
    setId: number
    proposals: number[]
    assessors: number[]
    minimum?: number
    state?: string
  },
): Promise<number> {
  const criteria = await trx
    .selectFrom('criterion')
    .select('id')
    .where('setId', '=', parts.setId)
    .orderBy('seq')
    .execute()
  return insertRow(
    trx,
    'round',
    {
      setId: parts.setId,
      name: 'Putaran uji',
      fgdSessionId: null,
      state: parts.state ?? 'open',
      due: null,
      minimum: parts.minimum ?? 1,
    },
    by,
    {
      proposals: parts.proposals,
      tasks: parts.assessors.flatMap((assessorId) =>
        criteria.map(({ id }) => ({ assessorId, criterionId: id })),
      ),
    },
  )
}

/** One assessor's levels for a proposal, in the order of the criteria; null = none. */
export async function rate(
  trx: Tx,
  by: By,
  at: { roundId: number; proposalId: number; assessorId: number },
  criteria: readonly number[],
  levels: readonly (number | null)[],
): Promise<void> {
  for (const [k, criterionId] of criteria.entries()) {
    const level = levels[k] ?? null
    if (level === null) continue
    await insertRow(trx, 'rating', { ...at, criterionId, level, note: null }, by)
  }
}
