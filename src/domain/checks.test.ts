import { expect, test } from 'vitest'
import { dutyCheck, internetCheck, nationalCheck, type Settled, similarCheck } from './checks.ts'

const met: Settled = {
  result: 'met',
  note: 'Sudah dibandingkan.',
  name: 'Maria',
  day: '1 Okt 2018',
}
const not: Settled = { ...met, result: 'not' }
const duties = {
  duty: 'Pemasaran pariwisata',
  listed: true,
  verified: true,
  legalBasis: 'Perbup 41/2016',
}

test('duty: a verified item is met, one typed in is to be checked, none has no data', () => {
  expect(dutyCheck(duties)).toMatchObject({
    result: 'met',
    key: 'check.duty.met',
    params: { butir: 'Pemasaran pariwisata' },
  })
  expect(dutyCheck({ ...duties, listed: false, verified: false })).toMatchObject({
    result: 'check',
    key: 'check.duty.check',
    params: { dasar_hukum: 'Perbup 41/2016' },
  })
  expect(dutyCheck({ ...duties, verified: false })).toMatchObject({
    result: 'check',
    key: 'check.duty.checkListed',
  })
  expect(dutyCheck({ ...duties, duty: ' ' })).toMatchObject({ result: 'none' })
})

test('duty: what a person settled goes before what is computed, with their reason', () => {
  const unverified = { ...duties, verified: false }
  expect(dutyCheck({ ...unverified, settled: met })).toMatchObject({
    result: 'met',
    key: 'check.duty.met',
    note: 'Sudah dibandingkan.',
  })
  expect(dutyCheck({ ...duties, settled: { ...not, about: 'Dinas Perdagangan' } })).toMatchObject({
    result: 'not',
    key: 'check.duty.not',
    params: { opd_lain: 'Dinas Perdagangan' },
  })
  expect(dutyCheck({ ...duties, settled: not }).key).toBe('check.duty.notUnnamed')
})

const office = (name: string, internet?: 'yes' | 'limited' | 'no', year?: number) => ({
  name,
  internet,
  planned: year === undefined ? null : { year, need: 'Serat optik' },
})
const phase = { name: 'Tahap 2', yearFrom: 2020 }

test.each([
  ['every location has it', [office('A', 'yes'), office('B', 'limited')], 'met', 'met'],
  ['one has none', [office('A', 'yes'), office('B', 'no')], 'not', 'not'],
  ['none there outweighs not recorded', [office('A'), office('B', 'no')], 'not', 'not'],
  ['one is not recorded', [office('A', 'yes'), office('B')], 'none', 'none'],
  ['planned before the phase', [office('A', 'yes'), office('B', 'no', 2019)], 'met', 'planned'],
  ['planned in its first year', [office('B', 'no', 2020)], 'not', 'not'],
  ['no location named', [], 'none', 'noLocation'],
] as const)('internet: %s', (_, locations, result, text) => {
  expect(internetCheck({ locations, phase })).toMatchObject({
    result,
    key: `check.internet.${text}`,
  })
})

test('internet: names the locations, the counts and the latest plan', () => {
  const two = [office('Kantor induk', 'no'), office('Labuan Bajo', 'no'), office('C', 'yes')]
  expect(internetCheck({ locations: two, phase }).params).toEqual({
    lokasi: 'Kantor induk, Labuan Bajo',
    tahap: 'Tahap 2',
  })
  expect(internetCheck({ locations: [office('C', 'yes')] }).params).toEqual({ n: 1, m: 1 })
  const planned = [office('A', 'no', 2018), office('B', 'no', 2019)]
  expect(internetCheck({ locations: planned, phase }).params).toEqual({
    tahun: 2019,
    kebutuhan: 'Serat optik',
    tahap: 'Tahap 2',
  })
})

test('internet: without a phase any plan counts, and no phase is spoken of', () => {
  expect(internetCheck({ locations: [office('A', 'no', 2030)] })).toMatchObject({
    result: 'met',
    key: 'check.internet.plannedOpen',
  })
  expect(internetCheck({ locations: [office('A', 'no')] })).toMatchObject({
    result: 'not',
    key: 'check.internet.notOpen',
  })
})

test('internet: what a person settled goes first', () => {
  expect(internetCheck({ locations: [office('A', 'no')], settled: met })).toMatchObject({
    result: 'met',
    key: 'check.settled.met',
    params: { nama: 'Maria', tanggal: '1 Okt 2018' },
  })
})

const simbg = { name: 'SIMBG', owner: 'Kementerian PU' }

test('national: only a person makes it met or not; a candidate asks for it', () => {
  expect(nationalCheck({})).toMatchObject({ result: 'none', key: 'check.national.none' })
  expect(nationalCheck({ candidate: simbg })).toMatchObject({
    result: 'check',
    params: { aplikasi: 'SIMBG', pemilik: 'Kementerian PU' },
  })
  expect(nationalCheck({ candidate: simbg, settled: met })).toMatchObject({
    result: 'met',
    params: { nama: 'Maria', tanggal: '1 Okt 2018' },
  })
  expect(nationalCheck({ candidate: simbg, settled: not })).toMatchObject({
    result: 'not',
    params: { aplikasi: 'SIMBG' },
  })
  expect(nationalCheck({ settled: not }).key).toBe('check.national.notUnnamed')
})

const other = { title: 'Pasar Daring', opd: 'Dinas Perdagangan' }

test('similar: only a person makes it met or not; a candidate asks for it', () => {
  expect(similarCheck({ visible: true })).toMatchObject({ result: 'none' })
  expect(similarCheck({ visible: true, candidate: other })).toMatchObject({
    result: 'check',
    params: { judul: 'Pasar Daring', opd: 'Dinas Perdagangan' },
  })
  expect(similarCheck({ visible: true, settled: met })).toMatchObject({ result: 'met' })
  expect(similarCheck({ visible: true, candidate: other, settled: not })).toMatchObject({
    result: 'not',
    params: { judul: 'Pasar Daring' },
    note: 'Sudah dibandingkan.',
  })
})

test('similar: an OPD without access reads neither title, owner nor note', () => {
  const telling = { ...not, note: 'Sama dengan Pasar Daring', about: 'Pasar Daring' }
  const hidden = [
    similarCheck({ visible: false, candidate: other }),
    similarCheck({ visible: false, candidate: other, settled: telling }),
  ]
  expect(hidden.map((each) => each.result)).toEqual(['check', 'not'])
  expect(JSON.stringify(hidden)).not.toMatch(/Pasar|Perdagangan/)
})
