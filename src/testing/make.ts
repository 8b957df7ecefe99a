import type { Tx } from '../db/schema.ts'
import { type By, insertRow, type NewRow } from '../db/write.ts'
import { fold } from '../domain/text.ts'

/** Small rows for tests: what matters is given, the rest is empty. */
type Some<T extends 'opd' | 'proposal' | 'phase'> = Partial<NewRow<T>>

const emptyOpd = {
  kind: 'dinas',
  shortName: null,
  parentId: null,
  headName: null,
  headTitle: null,
  contactName: null,
  contactTitle: null,
  contactPhone: null,
  validFrom: null,
  validUntil: null,
  endedBy: null,
  note: null,
  source: null,
  sourceCode: null,
}

const emptyProposal = {
  fgdSessionId: null,
  cameBy: 'fgd',
  letterNo: null,
  letterOn: null,
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
  costUnknown: 0 as const,
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
  reviewResult: null,
  reviewNote: null,
  mergedIntoId: null,
  source: null,
  sourceCode: null,
}

let made = 0

export const make = {
  opd: (trx: Tx, by: By, name: string, more: Some<'opd'> = {}): Promise<number> => {
    made += 1
    const row = { ...emptyOpd, code: `UJI-${made}`, name, nameKey: fold(name), ...more }
    return insertRow(trx, 'opd', row, by)
  },
  /** A submitted proposal with the next number, unless told otherwise. */
  proposal: (
    trx: Tx,
    by: By,
    opdId: number,
    title: string,
    more: Some<'proposal'> = {},
  ): Promise<number> => {
    made += 1
    const row = {
      ...emptyProposal,
      opdId,
      title,
      titleKey: fold(title),
      number: `U-2018-${String(made).padStart(3, '0')}`,
      stateAt: by.at,
      submittedAt: by.at,
      ...more,
    }
    return insertRow(trx, 'proposal', row, by)
  },
  phase: (trx: Tx, by: By, seq: number, years: [number, number], more: Some<'phase'> = {}) => {
    const [yearFrom, yearTo] = years
    const row = { seq, name: `Tahap ${seq}`, yearFrom, yearTo, ceiling: null, capacity: null }
    return insertRow(trx, 'phase', { ...row, ...more }, by)
  },
}
