import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { yogyakarta, yogyakartaCriteria } from '../domain/yogyakarta.ts'
import { insertSet } from '../scoring/insert-set.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { makeAssessor, makeOpd, makeProposal, makeRound, rate } from '../testing/scoring.ts'
import { gather } from './gather.ts'
import { writeWorkbook } from './write.ts'

const folder = mkdtempSync(join(tmpdir(), 'rancang-pattern-'))
let it: TestApp
let book: ExcelJS.Workbook

beforeAll(async () => {
  it = await testApp()
  await it.write(async (trx) => {
    const { code: pattern, name, origin } = yogyakarta
    const set = { name, origin, basedOnId: null, state: 'frozen', pattern } as const
    const weighting = { name: 'Bobot pola', state: 'adopted' } as const
    const { setId } = await insertSet(trx, set, yogyakartaCriteria, weighting, it.by)
    const opdId = await makeOpd(trx, it.by)
    const proposals = [await makeProposal(trx, it.by, opdId), await makeProposal(trx, it.by, opdId)]
    const assessors = [await makeAssessor(trx, it.by)]
    const roundId = await makeRound(trx, it.by, { setId, proposals, assessors })
    const rows = await trx.selectFrom('criterion').select('id').orderBy('seq').execute()
    for (const [at, proposalId] of proposals.entries()) {
      const levels = rows.map(() => (at === 0 ? 1 : 3))
      const ids = rows.map((row) => row.id)
      await rate(trx, it.by, { roundId, proposalId, assessorId: assessors[0] ?? 0 }, ids, levels)
    }
  })
  const out = join(folder, 'pattern.xlsx')
  const data = await gather(it.context.db, it.clock.now)
  await writeWorkbook(data, out, { internal: false, madeBy: 'Penguji' })
  book = new ExcelJS.Workbook()
  await book.xlsx.readFile(out)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await it.close()
})

const rowsOf = (name: string) =>
  (book.getWorksheet(name)?.getSheetValues() ?? []).flatMap((row) =>
    Array.isArray(row) ? [row as unknown[]] : [],
  )

test('the method sheet tells eight criteria of four levels, their origin and their weights', () => {
  const rows = rowsOf('Metode')
  const values = rows.filter((row) => /^Y\d$/.test(String(row[1])) && typeof row[5] === 'number')
  expect(values.map((row) => row.slice(4, 9))).toEqual(
    yogyakartaCriteria.map(({ weight, levels }) => [weight, ...levels.map((each) => each.value)]),
  )
  const text = JSON.stringify(rows)
  for (const told of [yogyakarta.name, yogyakarta.origin, 'Bobot pola'])
    expect(text).toContain(told)
})

test('scores come from live formulas over the eight; the lowest is 25', () => {
  const cells = rowsOf('Penilaian').flatMap((row) =>
    row.flatMap((cell) => {
      const { formula, result } = (cell ?? {}) as { formula?: string; result?: number }
      return formula?.includes('SUMPRODUCT') ? [result ?? -1] : []
    }),
  )
  const third = yogyakartaCriteria.reduce(
    (total, { weight, levels }) => total + weight * (levels[2]?.value ?? 0),
    0,
  )
  expect(cells).toHaveLength(2)
  expect(cells.toSorted((a, b) => a - b)[0]).toBeCloseTo(25, 9)
  expect(cells.toSorted((a, b) => a - b)[1]).toBeCloseTo(third, 9)
})
