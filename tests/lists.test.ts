import { describe, expect, test } from 'vitest'
import { fundOf, rupiahOf, yearOf } from '../scripts/lists/cells.ts'
import { OpdNames } from '../scripts/lists/names.ts'
import { readList, UnusableList } from '../scripts/lists/table.ts'

describe('a CSV text', () => {
  test.each([',', ';', '\t'])(
    'is read with “%s” between its cells, with or without a BOM',
    (sign) => {
      const text = `\ufeffopd${sign}nama\n a ${sign}b\n`
      expect(readList(text)).toEqual({
        headings: ['opd', 'nama'],
        rows: [{ line: 2, cells: ['a', 'b'] }],
        refused: [],
      })
    },
  )

  test('counts lines as an editor does, whatever its line ends and inside cells too', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['a,b', '1,"x', 'y"', '', '2,z', '3', ''].join(end)
      const { rows, refused } = readList(text)
      expect(rows.map((row) => row.line)).toEqual([2, 5])
      expect(refused).toEqual([{ line: 6, why: 'berisi 1 sel, seharusnya 2' }])
    }
  })

  test('that is empty, unfinished or has a heading twice is not used', () => {
    expect(() => readList('')).toThrow(UnusableList)
    expect(() => readList('a,b\n1,"x')).toThrow(UnusableList)
    expect(() => readList('a,a\n1,2')).toThrow(UnusableList)
  })
})

describe('names of OPD', () => {
  const names = new OpdNames()
  const known = [
    'Dinas Perlindungan Anak',
    'Sekretariat DPRD',
    'Dinas PUPR',
    'UPT Pasar',
    'UPTD Pasar',
  ]
  for (const [id, name] of known.entries()) names.add({ id, name }, name)

  test.each([
    ['DINAS PERLINDUNGAN  ANAK', 0],
    ['Din. Pelindungan Anak', 0],
    ['Setwan', 1],
    ['Sekretariat DPRD Kabupaten Manggarai Barat', 1],
    ['Dinas Pekerjaan Umum & Penataan Ruang', 2],
    ['Dinas PU dan PR', 2],
    ['upt pasar', 3],
    ['UPTD Pasar', 4],
  ])('%s is number %i', (name, id) => {
    expect(names.find(name)).toMatchObject({ opd: { id } })
  })

  test('are not guessed at', () => {
    expect(names.find('Dinas Perlindungan')).toBeUndefined()
    expect(names.find('Kabupaten')).toBeUndefined()
    expect(names.find('')).toBeUndefined()
  })
})

describe('cells', () => {
  test.each([
    ['50000000', 50_000_000],
    ['Rp 50.000.000', 50_000_000],
    ['Rp50.000.000,00', 50_000_000],
    ['50,000,000.00', 50_000_000],
    ['', null],
    ['-', null],
    ['0', 0],
    ['-5', undefined],
    ['1.5', undefined],
    ['5 juta', undefined],
    ['99999999999999999', undefined],
  ])('%s is %s rupiah', (cell, amount) => {
    expect(rupiahOf(cell)).toBe(amount)
  })

  test('years from 2000 to 2100', () => {
    expect(['2018', '', '18', '1999', '2018.0'].map(yearOf)).toEqual([
      2018,
      null,
      undefined,
      undefined,
      undefined,
    ])
  })

  test('a source of funds, alone or several of one kind', () => {
    const read = (cell: string) => fundOf(cell, 'apbd_prov')
    expect(['APBD', 'APBD|APBDP', 'BLUD', '', 'AP|APBD', 'APBN, DAK'].map(read)).toEqual([
      'apbd_prov',
      'apbd_prov',
      'blud',
      null,
      'lainnya',
      'lainnya',
    ])
  })
})
