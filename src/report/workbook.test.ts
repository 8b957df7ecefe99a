import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../db/schema.ts'
import { type TestApp, testApp } from '../testing/app.ts'
import { emblemPng } from '../testing/emblem.ts'
import { recalculated, withoutOffice } from '../testing/office.ts'
import { publishedSample, secrets, seedReport } from '../testing/report.ts'
import { svgOf } from './charts.ts'
import type { ReportData } from './data.ts'
import { figures, recapLines } from './figures.ts'
import { gather } from './gather.ts'
import { type SheetName, sheetNames } from './layout.ts'
import { pngOf } from './pictures.ts'
import { planWorkbook } from './workbook.ts'
import { writeWorkbook } from './write.ts'

const folder = mkdtempSync(join(tmpdir(), 'rancang-workbook-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let it: TestApp
let data: ReportData
let file: string
let book: ExcelJS.Workbook

beforeAll(async () => {
  it = await testApp()
  await it.write((trx) => seedReport(trx, it.by))
  data = await gather(it.context.db, it.clock.now)
  file = await written(data)
  book = await read(file)
})
afterAll(() => it.close())

let files = 0

async function written(data: ReportData, internal = false): Promise<string> {
  files += 1
  const out = join(folder, `${files}.xlsx`)
  await writeWorkbook(data, out, { internal, madeBy: 'Penguji' })
  return out
}

async function read(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  return workbook
}

function sheet(name: SheetName, from = book): ExcelJS.Worksheet {
  const found = from.getWorksheet(name)
  if (!found) throw new Error(`no sheet ${name}`)
  return found
}

/** What a cell shows: the result of a formula, else its value. */
function shown(cell: ExcelJS.Cell): unknown {
  return cell.formula === undefined ? cell.value : cell.result
}

/** The rows under the heading `first`, as objects by heading. */
function table(name: SheetName, from = book): Record<string, unknown>[] {
  const at = sheet(name, from)
  const headerRow = Number(/\d+/.exec(String(at.autoFilter))?.[0])
  const header = at.getRow(headerRow)
  const rows: Record<string, unknown>[] = []
  for (let number = headerRow + 1; number <= at.rowCount; number++) {
    const row: Record<string, unknown> = {}
    header.eachCell((cell, column) => {
      row[String(cell.value)] = shown(at.getRow(number).getCell(column)) ?? null
    })
    if (Object.values(row).some((value) => value !== null)) rows.push(row)
  }
  return rows
}

function everyCell(workbook: ExcelJS.Workbook, see: (cell: ExcelJS.Cell, name: string) => void) {
  for (const each of workbook.worksheets) {
    each.eachRow((row) => row.eachCell((cell) => see(cell, each.name)))
  }
}

describe('the workbook', () => {
  test('has its sheets in their order', () => {
    expect(book.worksheets.map((each) => each.name)).toEqual([...sheetNames])
  })

  test('the published sample has its printed scores and ranks, as formulas with their results', () => {
    const scores = table('Penilaian')
    const ranks = table('Matriks Prioritas')
    for (const [index, { title, score }] of publishedSample.entries()) {
      const row = scores.find((each) => each.Usulan === title)
      expect(row?.Skor).toBeCloseTo(score, 9)
      const ranked = ranks.find((each) => each.Usulan === title)
      expect(ranked?.Skor).toBeCloseTo(score, 9)
      expect(ranked?.['Peringkat Hitungan']).toBe(index + 1)
    }
    const cells: unknown[] = []
    sheet('Penilaian').eachRow((row) => row.eachCell((cell) => cells.push(cell.value)))
    const formulas = cells.filter(
      (value): value is ExcelJS.CellFormulaValue =>
        typeof value === 'object' && value !== null && 'formula' in value,
    )
    expect(formulas.some((each) => each.formula.includes('SUMPRODUCT'))).toBe(true)
    expect(formulas.some((each) => each.formula.startsWith("AVERAGE('Nilai Tunggal'"))).toBe(true)
  })

  test('a rating of the proposing OPD is told and does not count', () => {
    const rows = table('Nilai Tunggal').filter((row) => row.Usulan === 'Proyek P1')
    expect(rows).toHaveLength(18)
    const own = rows.filter((row) => row.Dihitung === 'Tidak: berasal dari OPD pengusul')
    expect(own).toHaveLength(6)
    expect(own.every((row) => row.Penilai === 'Penilai 3')).toBe(true)
  })

  test('every field of an application, a need and a budget is found again', () => {
    expect(table('Aplikasi Eksisting')[0]).toMatchObject({
      OPD: 'Dinas Pariwisata dan Kebudayaan',
      'Nama Aplikasi': 'SIMWIS',
      Uraian: 'Sistem informasi wisata',
      'Fungsi Aplikasi': 'Mendata objek wisata',
      Luaran: 'Daftar objek wisata',
      'Basis Aplikasi': expect.stringMatching(/Web, Desktop|Desktop, Web/),
      'Alamat (URL)': 'https://wisata.contoh.example',
      'Tipe Lisensi': 'Milik pemerintah daerah',
      'Bahasa Pemrograman': 'PHP',
      'Kerangka Pengembangan': 'Laravel',
      'Basis Data': 'MySQL',
      Pengembang: 'Pihak ketiga',
      'Tahun Pembuatan': 2014,
      'Lokasi Server': 'Pusat data daerah',
      'Status Pemakaian': 'Aktif, tidak digunakan',
      Kelas: 'Aplikasi khusus pemerintah daerah',
      Pengguna: 'Masyarakat (G2C)',
      'OPD Pemakai Lain': 'Dinas Perindagkop UKM',
      Integrasi: 'SIKD',
      'Bagian dari Aplikasi Nasional': 'SP4N-LAPOR!',
      Rencana: 'Diganti',
      'Biaya per Tahun (Rp)': 7_654_321,
      'Kode Sumber Dikuasai': 'Sebagian',
      PIC: 'Rofina Contoh, Kepala Seksi Data',
      Keterangan: 'Belum dipindahkan',
      'Sesi FGD': expect.any(String),
    })
    expect(table('Kebutuhan Infrastruktur')[0]).toMatchObject({
      OPD: 'Dinas Pariwisata dan Kebudayaan',
      Lokasi: 'Kantor Dinas Pariwisata',
      Jenis: 'Sambungan atau peningkatan internet',
      Uraian: 'Serat optik 50 Mbps',
      Jumlah: 2,
      Alasan: 'Sering terputus',
      Biaya: 33_333_333,
      'Sumber Dana': 'DAK',
      Tahun: 2019,
      Keadaan: 'Direncanakan',
      Keterangan: 'Menunggu pusat',
      'Sesi FGD': expect.any(String),
    })
    const budget = table('Anggaran per OPD').find((row) => row['Anggaran TIK 2018'])
    expect(budget).toMatchObject({
      OPD: 'Dinas Pariwisata dan Kebudayaan',
      'Anggaran TIK 2018': 98_765_432,
      'Dokumen 2018': 'DPA',
      'Kebutuhan 2019': 33_333_333,
    })
    const need = table('Peta Jalan').find((row) => row.Jenis === 'Kebutuhan')
    expect(need).toMatchObject({
      '2019': 33_333_333,
      Tahap: 'Tahap 1',
      'Indikasi Biaya (Rp)': 33_333_333,
    })
  })

  test('gaps are computed, each with what closes it or that nothing does', () => {
    const rows = table('Analisis Kesenjangan')
    const app = rows.find((row) => row['Objek To-be'] === 'SIMWIS')
    expect(app).toMatchObject({
      'Kegiatan Penutup': 'Belum ada',
      Target: 'Diganti',
      Status: 'Baru',
    })
    const service = rows.find((row) => String(row.Gap).startsWith('Belum ada aplikasi untuk:'))
    expect(service).toMatchObject({ 'Selaras RPJMD?': 'Ya: Kunjungan naik' })
    expect(String(service?.['Kegiatan Penutup'])).toContain('Proyek P')
  })

  test('numbers, money and days come back as they are stored', () => {
    const [row] = table('Akses Internet')
    expect(row).toMatchObject({
      'Bandwidth Internet (Mbps)': 20.5,
      'Bandwidth Intranet (Mbps)': null,
      'Unduh Terukur (Mbps)': 18.25,
      'Latensi (ms)': 42,
      'Biaya/Bulan (Rp)': 1_250_000,
      'Gangguan (jam/bulan)': 6.5,
      'Tanggal Data': new Date('2018-09-10T00:00:00Z'),
    })
    const proposal = table('Usulan Aplikasi').find((each) => each['Nama Usulan'] === 'Proyek P1')
    expect(proposal).toMatchObject({
      'Biaya Terendah': 100_000_000,
      'Biaya Tertinggi': 150_000_001,
      Platform: 'Android, Web',
      'Tanggal Surat': new Date('2018-09-12T00:00:00Z'),
      Tahun: 2019,
    })
    const money = sheet('Usulan Aplikasi').getRow(4)
    const formats = new Set<string>()
    money.eachCell((cell) => formats.add(cell.numFmt))
    expect([...formats]).toContain('"Rp" #,##0')
  })

  test('example data say so, and which fields', () => {
    const rows = table('Usulan Aplikasi')
    const origin = (title: string) =>
      rows.find((row) => row['Nama Usulan'] === title)?.['Sumber Data']
    expect(origin('Proyek P3')).toBe('contoh')
    expect(origin('Proyek P1')).toBe('contoh: Biaya Tertinggi, Masalah Saat Ini')
    expect(origin('Proyek P2')).toBeNull()
  })

  test('drafts are left out and counted on the cover', () => {
    expect(table('Usulan Aplikasi').map((row) => row['Nama Usulan'])).not.toContain('Masih draf')
    const texts: unknown[] = []
    sheet('Sampul').eachRow((row) => row.eachCell((cell) => texts.push(cell.value)))
    expect(texts.join('\n')).toContain('1 draf belum diajukan')
    expect(texts.join('\n')).toContain('14 September 2018 10.00 WITA')
  })

  test('the roadmap adds up by year, beside the ceilings, as the plan does', () => {
    const at = sheet('Peta Jalan')
    const years = figures(data).phases
    const used = [at.getCell('F6'), at.getCell('H6')].map(shown)
    expect(used).toEqual(years.map((each) => each.used))
    expect([at.getCell('F5'), at.getCell('H5')].map(shown)).toEqual([1_000_000_000, 2_000_000_000])
    const budget = table('Anggaran per OPD')
    const total = budget.reduce((sum, row) => sum + Number(row.Jumlah), 0)
    expect(total).toBe(years.reduce((sum, each) => sum + each.used, 0))
  })

  test('every figure of the summary is the computed one', () => {
    const found = figures(data)
    const at = sheet('Ringkasan')
    const numbers = new Map<string, unknown>()
    at.eachRow((row) => {
      numbers.set(String(row.getCell(1).value), shown(row.getCell(5)))
      numbers.set(`right ${row.getCell(7).value}`, shown(row.getCell(11)))
    })
    expect(numbers.get('Seluruh lokasi')).toBe(found.opdsByInternet.all)
    expect(numbers.get('Sebagian lokasi')).toBe(1)
    expect(numbers.get('Baik')).toBe(23)
    expect(numbers.get('Diajukan')).toBe(found.byStanding.submitted)
    expect(numbers.get('Ditetapkan')).toBe(1)
    expect(numbers.get('right Membangun baru')).toBe(3)
    expect(numbers.get('right Android')).toBe(4)
    expect(shown(at.getCell('J4'))).toBe(found.costHigh)
  })

  test('the charts are pictures with a sentence each, drawn without any type face of the system', () => {
    const at = sheet('Ringkasan')
    const pictures = at.getImages()
    expect(pictures).toHaveLength(8)
    const corners = pictures.map(({ range }) => `${range.tl.nativeCol} ${range.tl.nativeRow}`)
    expect(new Set(corners).size).toBe(8)
    for (const { range } of pictures) {
      const sentence = at.getCell(range.tl.nativeRow + 2, range.tl.nativeCol + 1).value
      expect(String(sentence)).toMatch(/^[A-Z].+\.$/)
    }
    const chart = { title: 'Judul', note: '', legend: [], bars: [] }
    const size = { width: 200, height: 60 }
    const drawn = (title: string) => pngOf(svgOf({ ...chart, title }, size)).toString()
    expect(drawn('Judul')).not.toBe(drawn('Lain'))
  })

  test('a unit counts with its OPD, and one that ended is told only while records hang on it', () => {
    const lineOf = (from: ReportData, id: number) =>
      recapLines(from).find(({ opd }) => opd.id === id)?.figures
    const [above, below, ...rest] = data.opds
    if (!above || !below) throw new Error('two OPD are needed')
    const joined = { ...data, opds: [above, { ...below, parentId: above.id }, ...rest] }
    for (const key of ['locations', 'computers', 'proposals', 'costHigh'] as const) {
      const apart = [above.id, below.id].map((id) => lineOf(data, id)?.[key] ?? 0)
      expect(lineOf(joined, above.id)?.[key]).toBe((apart[0] ?? 0) + (apart[1] ?? 0))
    }
    expect(figures(joined).opds).toBe(data.opds.length - 1)
    const gone = { ...above, id: 999, parentId: null, ended: true }
    expect(lineOf({ ...data, opds: [...data.opds, gone] }, 999)).toBeUndefined()
    const need = { ...data.needs[0], opdId: 999 } as ReportData['needs'][number]
    const held = { ...data, opds: [...data.opds, gone], needs: [need] }
    expect(lineOf(held, 999)).toBeDefined()
    expect(figures(held).opds).toBe(data.opds.length)
  })

  test('an OPD that ended stands in the budget only while money hangs on it, with its successor', async () => {
    const [above, below] = data.opds
    if (!above || !below) throw new Error('two OPD are needed')
    const last = { ended: true, validUntil: '2018-01-31', successors: [above.name] }
    const gone = { ...below, ...last, id: 999, code: 'LAMA', name: 'Dinas Lama' }
    const opds = [...data.opds, gone]
    const budgetIn = async (from: ReportData) =>
      table('Anggaran per OPD', await read(await written(from)))
    expect((await budgetIn({ ...data, opds })).map((row) => row.OPD)).not.toContain('Dinas Lama')
    const need = {
      ...data.needs[0],
      opdId: 999,
      year: 2019,
      cost: 7,
    } as (typeof data.needs)[number]
    const rows = await budgetIn({ ...data, opds, needs: [need] })
    expect(rows.find((row) => row.OPD === 'Dinas Lama')).toMatchObject({
      Berakhir: `31 Januari 2018; diteruskan oleh ${above.name}`,
      'Kebutuhan 2019': 7,
    })
  })

  test('the cover is signed by those who take note, not by those of another paper', async () => {
    const [first] = data.government.signatories
    if (!first) throw new Error('a signatory is needed')
    const signedBy = async (...roles: string[]) => {
      const signatories = roles.map((role) => ({ ...first, role }))
      const government = { ...data.government, signatories }
      const from = await read(await written({ ...data, government }))
      const texts: unknown[] = []
      from.getWorksheet('Sampul')?.eachRow((row) => row.eachCell((cell) => texts.push(cell.value)))
      return texts
    }
    const several = await signedBy('Berita acara', 'Mengesahkan')
    expect(several).toContain('Mengesahkan')
    expect(several).not.toContain('Berita acara')
    expect(await signedBy('Berita acara')).toContain('Mengetahui')
  })

  test('a unit is told by its own kind; every code has its word', async () => {
    const [above, ...units] = data.opds
    if (!above) throw new Error('an OPD is needed')
    const kind = 'puskesmas'
    const under = units.map((each) => ({ ...each, parentId: above.id, parent: above.name, kind }))
    const from = await read(await written({ ...data, opds: [above, ...under] }))
    const kinds = table('OPD', from).map((row) => row.Jenis)
    expect(kinds).toEqual(['Dinas', ...under.map(() => 'Puskesmas')])
    everyCell(from, (cell, name) => {
      expect(String(shown(cell) ?? ''), `${name}!${cell.address}`).not.toMatch(/\bword\.\w/)
    })
  })

  test('the emblem stands on the cover in a row of its own, in its proportions', async () => {
    expect(sheet('Sampul').getImages()).toHaveLength(0)
    const emblem = { type: 'png' as const, width: 300, height: 400, bytes: emblemPng(300, 400) }
    const government = { ...data.government, emblem }
    const from = await read(await written({ ...data, government }))
    const at = sheet('Sampul', from)
    const [picture, ...others] = at.getImages()
    expect(others).toEqual([])
    if (!picture) throw new Error('there is no picture')
    expect(from.model.media[Number(picture.imageId)]?.buffer).toEqual(emblemPng(300, 400))
    const { tl, ext } = picture.range as unknown as Record<'tl' | 'ext', object>
    expect(tl).toMatchObject({ nativeCol: 0, nativeRow: 0 })
    expect(ext).toEqual({ width: 75, height: 100 })
    expect(at.getCell('A1').value ?? '').toBe('')
    expect(at.getRow(1).height * (96 / 72)).toBeGreaterThan(100)
    expect(at.getCell('A2').value).toBe(data.government.planTitle)
  })

  test('a session is told in lines of its own, none of them tall', () => {
    const lines = table('FGD').filter((row) => row.Bagian === 'Sesi')
    const about = lines.map((row) => row['Jabatan atau Peran'])
    expect(about.slice(0, 3)).toEqual(['Judul', 'Tahap pekerjaan', 'Tempat'])
    expect(lines.find((row) => row['Jabatan atau Peran'] === 'Moderator')?.Nama).toBeTruthy()
    const at = sheet('FGD')
    for (let row = 4; row < 4 + lines.length; row++) {
      expect(at.getRow(row).height ?? 15).toBeLessThan(50)
    }
  })

  test('where the affairs come from stands with the method', async () => {
    const affair = { code: '2.16', name: 'Komunikasi dan Informatika', grouping: 'obligatory' }
    const affairs = [{ ...affair, source: 'UU 23/2014', verifiedOn: '2018-09-01' }] as const
    const from = await read(await written({ ...data, affairs: [...affairs] }))
    const cells: unknown[] = []
    sheet('Metode', from).eachRow((row) =>
      cells.push([1, 2, 3, 4, 6].map((n) => row.getCell(n).value)),
    )
    const group = 'Urusan wajib, bukan pelayanan dasar'
    expect(cells).toContainEqual([
      affair.code,
      affair.name,
      'UU 23/2014',
      group,
      '1 September 2018',
    ])
  })

  test('no NIP and no telephone number is anywhere', () => {
    expect(JSON.stringify(data)).not.toContain(secrets.nip)
    everyCell(book, (cell) => {
      const text = JSON.stringify(cell.value ?? '')
      expect(text).not.toContain(secrets.nip)
      expect(text).not.toContain(secrets.phone)
    })
  })

  test('assessors are named in the internal copy alone', async () => {
    const names = (from: ExcelJS.Workbook) => {
      let found = 0
      everyCell(from, (cell) => {
        if (String(cell.value).includes('Rahasia')) found += 1
      })
      return found
    }
    expect(names(book)).toBe(0)
    // Each of three in 24 ratings, and once on Metode, over the two columns of its name.
    expect(names(await read(await written(data, true)))).toBe(72 + 6)
  })

  test('every column is explained, and what is not built yet is named', () => {
    const rows = table('Kamus Data')
    for (const each of book.worksheets.filter((one) => one.autoFilter)) {
      const header = each.getRow(Number(/\d+/.exec(String(each.autoFilter))?.[0]))
      header.eachCell((cell) => {
        expect(
          rows.some((row) => row.Lembar === each.name && row.Kolom === cell.value),
          `${each.name}: ${cell.value}`,
        ).toBe(true)
      })
    }
    expect(rows.filter((row) => row.Kolom === 'Belum dimuat').length).toBeGreaterThan(0)
  })

  test('links lead to sheets of this workbook only', () => {
    const links: string[] = []
    everyCell(book, (cell) => {
      expect(cell.hyperlink).toBeUndefined()
      if (cell.formula?.includes('HYPERLINK')) links.push(cell.formula)
    })
    expect(links).toHaveLength(sheetNames.length - 1)
    for (const link of links) expect(link).toMatch(/^HYPERLINK\("#'[A-Za-z ]+'!A1","[A-Za-z ]+"\)$/)
  })

  test('prints landscape with its heading on every page and page numbers in the footer', () => {
    for (const each of book.worksheets) {
      expect(each.pageSetup.orientation).toBe('landscape')
      expect(each.pageSetup.paperSize).toBe(9)
      expect(each.headerFooter.oddFooter).toContain('Halaman &P dari &N')
      expect(each.headerFooter.oddFooter).toContain(each.name)
    }
    expect(sheet('Usulan Aplikasi').pageSetup.printTitlesRow).toBe('3:3')
    const wide = planWorkbook(data, { internal: false, madeBy: null }).map(
      ({ name, pagesWide }) => [name, pagesWide],
    )
    expect(Object.fromEntries(wide.filter(([, pages]) => pages !== 1))).toEqual({
      'Rekap per OPD': 3,
      OPD: 3,
      'Akses Internet': 3,
      'Kebutuhan Infrastruktur': 2,
      'Aplikasi Eksisting': 6,
      'Usulan Aplikasi': 6,
      'Matriks Prioritas': 4,
      'Peta Jalan': 2,
      'Anggaran per OPD': 2,
      FGD: 2,
    })
  })

  test.skipIf(withoutOffice)('recalculating it changes nothing', { timeout: 180_000 }, async () => {
    const again = await read(await recalculated(file, folder))
    let compared = 0
    everyCell(book, (cell, name) => {
      const other = again.getWorksheet(name)?.getCell(cell.address)
      const [before, after] = [shown(cell), other ? shown(other) : undefined]
      const where = `${name}!${cell.address} ${cell.formula ?? ''}`
      if (typeof before === 'number') {
        compared += 1
        expect(after, where).toBeTypeOf('number')
        expect(Math.abs(Number(after) - before), where).toBeLessThan(
          1e-9 * Math.max(1, Math.abs(before)),
        )
      } else if (cell.formula) {
        compared += 1
        expect(after ?? '', where).toBe(before ?? '')
      }
    })
    expect(compared).toBeGreaterThan(300)
  })
})

test('no text that somebody typed becomes a formula or a link', { timeout: 120_000 }, async () => {
  const danger = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '=HYPERLINK("http://x","',
    'http://',
  )
  const tail = fc.string({ unit: 'grapheme', maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(danger, tail, async (start, end) => {
      const own = await testApp()
      try {
        let n = 0
        const mark = (text: string) => {
          n += 1
          return `${start}${end}~${n}~${text}`
        }
        await own.write((trx) => seedReport(trx, own.by, mark))
        const hostile = await gather(own.context.db as Db, own.clock.now)
        const workbook = await read(await written(hostile, true))
        let seen = 0
        everyCell(workbook, (cell) => {
          expect(cell.hyperlink).toBeUndefined()
          if (cell.formula !== undefined) expect(cell.formula).not.toContain('~')
          else if (typeof cell.value === 'string' && cell.value.includes('~')) seen += 1
          else expect(JSON.stringify(cell.value)).not.toContain('~')
        })
        expect(seen).toBeGreaterThan(100)
      } finally {
        await own.close()
      }
    }),
    { numRuns: 5 },
  )
})

test('an empty government exports too, and invents nothing', async () => {
  const empty = await testApp()
  const nothing = await gather(empty.context.db, empty.clock.now)
  const workbook = await read(await written(nothing))
  expect(workbook.worksheets).toHaveLength(sheetNames.length)
  expect(table('Usulan Aplikasi', workbook)).toEqual([])
  await empty.close()
})
