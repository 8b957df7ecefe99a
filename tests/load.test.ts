import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadApplications } from '../scripts/lists/applications.ts'
import { textOf } from '../scripts/lists/file.ts'
import { loadOpds } from '../scripts/lists/opd.ts'
import { loadProposals, type ProposalOptions } from '../scripts/lists/proposals.ts'
import { addRatings } from '../scripts/lists/ratings.ts'
import { readList, UnusableList } from '../scripts/lists/table.ts'
import { connect } from '../src/db/connect.ts'
import { inProject } from '../src/root.ts'
import { type TestApp, testApp } from '../src/testing/app.ts'

let it: TestApp

beforeEach(async () => {
  it = await testApp()
})
afterEach(() => it.close())

const options: ProposalOptions = { source: 'daftar-uji', year: 2018, ownBudget: 'apbd' }

function opdList(text: string, columns = {}) {
  return it.write((trx) => loadOpds(trx, it.by, readList(text), { source: 'daftar-uji', columns }))
}

function proposalList(text: string, changes: Partial<ProposalOptions> = {}) {
  const wanted = { ...options, ...changes }
  return it.write((trx) => loadProposals(trx, it.by, readList(text), wanted))
}

const csv = (...lines: string[]) => `${lines.join('\r\n')}\r\n`
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const stored = () => it.connection.db.selectFrom('proposal').selectAll().orderBy('id').execute()
const opds = () => it.connection.db.selectFrom('opd').selectAll().orderBy('id').execute()

const heading = 'kode_paket,tahun,satuan_kerja,nama_paket,pagu_rp,sumber_dana'
const told = { columns: { code: 'kode_paket' } }

/** Work units and packages of a made-up province, as many as a real list has. */
function manyUnits(n: number): string[] {
  const fields = ['PERTANAHAN', 'KEHUTANAN', 'PERUMAHAN, PERMUKIMAN', 'PANGAN', 'TRANSMIGRASI']
  const forms = ['DINAS', 'BADAN', 'BALAI', 'UPTD', 'BIRO']
  return Array.from({ length: n }, (_, i) => {
    return `${forms[i % 5]} ${fields[Math.floor(i / 5) % 5]} ${Math.floor(i / 25) + 1}`
  })
}

function manyPackages(units: readonly string[], n: number): string[] {
  return Array.from({ length: n }, (_, i) => {
    const unit = quoted(units[(i * 7) % units.length] ?? '')
    const title = i % 3 === 0 ? 'Belanja Jasa Konversi Aplikasi' : `Aplikasi "Layanan", bagian ${i}`
    return `${50_000 + i},2025,${unit},${quoted(title)},${i === 4 ? 0 : 1_000_000 * i},APBD`
  })
}

describe('a list of OPD', () => {
  test('of 122 units is loaded whole, and a second time adds nothing', async () => {
    const list = csv('satuan_kerja,jumlah', ...manyUnits(122).map((name) => `${quoted(name)},3`))
    expect(await opdList(list)).toMatchObject({ added: 122, unchanged: 0, refused: [] })
    expect(await opdList(list)).toMatchObject({ added: 0, unchanged: 122, refused: [] })
    expect(await opds()).toHaveLength(122)
  })

  test('tells the kind by the beginning of the name, and leaves the name as it is written', async () => {
    await opdList(
      csv('nama_opd', 'DINAS SOSIAL', 'Inspektorat Daerah', 'KECAMATAN NDOSO', 'UPPD II'),
    )
    expect((await opds()).map(({ name, kind, code }) => [name, kind, code])).toEqual([
      ['DINAS SOSIAL', 'dinas', 'OPD-01'],
      ['Inspektorat Daerah', 'inspektorat', 'OPD-02'],
      ['KECAMATAN NDOSO', 'kecamatan', 'OPD-03'],
      ['UPPD II', 'lainnya', 'OPD-04'],
    ])
  })

  test('refuses, with its line, what is no readable text', async () => {
    const list = csv('nama', 'x'.repeat(1_000_000), 'Dinas\u0001 Pangan', 'Dinas Pangan')
    expect(await opdList(list)).toMatchObject({
      added: 1,
      refused: [
        { line: 2, why: 'berisi sel yang lebih dari 4000 tanda' },
        { line: 3, why: 'berisi tanda kendali' },
      ],
    })
  })

  test('refuses, with its line, an empty name, a repeated one and another spelling of one', async () => {
    const outcome = await opdList(
      csv('no;nama opd', '1;Dinas Kesehatan', '2;', '3;DINAS  KESEHATAN', '4;Dinkes', '5;a;b'),
    )
    expect(outcome.added).toBe(1)
    expect(outcome.refused.map(({ line }) => line).sort()).toEqual([3, 4, 5, 6])
    expect(outcome.refused.map(({ why }) => why).join('; ')).toMatch(
      /sel.*kosong.*baris 2.*ejaan lain/,
    )
  })
})

describe('a file that is no list', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rancang-list-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('a device, a pipe, a folder, one too large or not there is refused before it is read', () => {
    const pipe = join(folder, 'pipa')
    execFileSync('mkfifo', [pipe])
    const large = join(folder, 'besar.csv')
    writeFileSync(large, 'nama')
    truncateSync(large, 21_000_000)
    for (const file of ['/dev/zero', pipe, folder]) {
      expect(() => textOf(file)).toThrow(`${file} bukan berkas biasa.`)
    }
    expect(() => textOf(large)).toThrow('lebih dari 20 MB')
    expect(() => textOf(join(folder, 'tidak-ada'))).toThrow('tidak dapat dibaca')
    writeFileSync(large, Buffer.from([0x6e, 0xff, 0xfe]))
    expect(() => textOf(large)).toThrow('bukan UTF-8')
  })

  test.each([
    ['nama,b\n"x"y,1\n', 'Baris 2: ada tulisan sesudah tanda kutip penutup.'],
    ['nama,b\nx"y,1\n', 'Baris 2: tanda kutip di tengah sel'],
    ['nama,b\n"a\nb",1\nx,"y\nz\n', 'Baris 4: tanda kutip dibuka tetapi tidak ditutup.'],
  ])('%j is told in words, with the line', (text, why) => {
    expect(() => readList(text)).toThrow(`Berkas tidak terbaca sebagai CSV. ${why}`)
  })
})

describe('the script', () => {
  test('loads the file, notes it in the access log, and ends with 2 where there is no list', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rancang-load-'))
    const database = join(folder, 'rancang.sqlite')
    const file = join(folder, 'daftar.csv')
    writeFileSync(file, csv('nama', 'Dinas Pangan', 'Dinas Sosial'))
    const run = (list: string) =>
      spawnSync(process.execPath, [inProject('dist', 'scripts', 'load.js'), list, '--as', 'opd'], {
        env: { ...process.env, BASE_URL: '', DATABASE_URL: database },
        encoding: 'utf8',
        timeout: 15_000,
      })
    expect(run(file)).toMatchObject({ status: 0, stderr: '' })
    expect(run('/dev/zero')).toMatchObject({
      status: 2,
      stderr: '/dev/zero bukan berkas biasa.\n',
    })
    const { raw, close } = connect(database, { readonly: true })
    expect(raw.prepare('select count(*) from opd').pluck().get()).toBe(2)
    const noted = raw.prepare("select about from access_log where kind = 'import'").pluck().all()
    expect(noted).toEqual([JSON.stringify({ file: 'daftar', added: 2, refused: 0 })])
    await close()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)
})

describe('a list of proposals', () => {
  test('of 135 packages is loaded whole with its numbers, and a second time adds nothing', async () => {
    const units = manyUnits(40)
    await opdList(csv('satuan_kerja', ...units.map(quoted)))
    const list = csv(heading, ...manyPackages(units, 135))

    const first = await proposalList(list, told)
    expect(first).toMatchObject({ added: 135, unchanged: 0, refused: [] })
    const second = await proposalList(list, told)
    expect(second).toMatchObject({ added: 0, unchanged: 135, refused: [], notes: [] })

    const rows = await stored()
    expect(rows).toHaveLength(135)
    expect(rows[0]?.number).toBe('U-2018-001')
    expect(rows[134]?.number).toBe('U-2018-135')
    expect(rows.every((row) => row.state === 'submitted' && row.cameBy === 'import')).toBe(true)
    expect(rows.reduce((sum, row) => sum + (row.costHigh ?? 0), 0)).toBe(
      1_000_000 * ((134 * 135) / 2 - 4),
    )
  })

  test('keeps several of one name in one office apart, with a code and without', async () => {
    await opdList(csv('nama', 'Dinas Perhubungan'))
    const rows = [
      '7,2025,Dinas Perhubungan,Aplikasi,5,APBD',
      '8,2025,Dinas Perhubungan,Aplikasi,5,APBD',
    ]
    expect(await proposalList(csv(heading, ...rows), told)).toMatchObject({ added: 2 })

    const plain = csv('opd,usulan', ...Array(3).fill('Dinas Perhubungan,Aplikasi'))
    expect(await proposalList(plain, { source: 'lain' })).toMatchObject({ added: 3, unchanged: 0 })
    expect(await proposalList(plain, { source: 'lain' })).toMatchObject({ added: 0, unchanged: 3 })
  })

  test('keeps commas and quotation marks, and makes one line of a name that runs over several', async () => {
    await opdList(csv('nama', 'Dinas Perhubungan'))
    const title = 'Aplikasi "Cepat",\r\n  bagian\tdua'
    const outcome = await proposalList(
      csv(heading, `1,2025,Dinas Perhubungan,${quoted(title)},5,APBD`, '2,2025,X,Y,5,APBD'),
      told,
    )
    expect((await stored())[0]?.title).toBe('Aplikasi "Cepat", bagian dua')
    expect(outcome.refused).toEqual([{ line: 4, why: 'OPD “X” belum terdaftar' }])
  })

  test('a ceiling of 0 or none is a cost that is not known, and the zeros are told', async () => {
    await opdList(csv('nama', 'Dinas Perhubungan'))
    const row = (code: number, amount: string) =>
      `${code},2025,Dinas Perhubungan,Aplikasi ${code},${amount},APBD`
    const outcome = await proposalList(
      csv(heading, row(1, '0'), row(2, ''), row(3, '"1.500"')),
      told,
    )
    expect((await stored()).map(({ costUnknown, costHigh }) => [costUnknown, costHigh])).toEqual([
      [1, null],
      [1, null],
      [0, 1500],
    ])
    expect(outcome.notes).toEqual([
      '1 usulan berbiaya 0 di sumbernya dicatat sebagai biaya belum diketahui.',
    ])
  })

  test('knows one office by five spellings, and tells how it read them', async () => {
    await opdList(csv('nama', 'Dinas Komunikasi dan Informatika', 'Dinas Sosial'))
    const spellings = [
      'DINAS KOMUNIKASI DAN INFORMATIKA',
      'Dinas Komunikasi & Informatika',
      'Dinas Kominfo',
      'Diskominfo Kab. Contoh',
      'Din. Komunikasi, Informatika',
    ]
    const rows = spellings.map((name, n) => `${n},2025,${quoted(name)},Aplikasi,5,APBD`)
    const outcome = await proposalList(csv(heading, ...rows), told)
    expect(outcome).toMatchObject({ added: 5, refused: [] })
    expect(new Set((await stored()).map((row) => row.opdId)).size).toBe(1)
    expect(outcome.notes).toHaveLength(3)
  })

  test('makes no office in silence: unknown ones are refused by line, or made when asked to', async () => {
    const list = csv(
      heading,
      '1,2025,Dinas Baru,Aplikasi,5,APBD',
      '2,2025,DINAS BARU,Aplikasi,5,APBD',
      '3,2025,Dinas Lain,Aplikasi,5,APBD',
    )
    const refused = await proposalList(list, told)
    expect(refused.added).toBe(0)
    expect(refused.refused.map(({ line }) => line)).toEqual([2, 3, 4])
    expect(await opds()).toEqual([])

    const made = await proposalList(list, { ...told, createOpd: true })
    expect(made).toMatchObject({ added: 3, refused: [] })
    expect(made.notes).toEqual(['OPD baru: Dinas Baru; Dinas Lain.'])
    expect((await opds()).map((opd) => opd.name)).toEqual(['Dinas Baru', 'Dinas Lain'])
  })

  test('an office that fits two is refused with both names', async () => {
    await opdList(csv('nama', 'Dinas PU & PR Barat', 'Dinas Sosial'))
    await it.connection.db.updateTable('opd').set({ shortName: 'Dinas X' }).execute()
    const outcome = await proposalList(csv(heading, '1,2025,Dinas X,Aplikasi,5,APBD'), told)
    expect(outcome.refused[0]?.why).toContain('cocok dengan')
  })

  test('refuses by line what it cannot read, and takes the rest', async () => {
    await opdList(csv('nama', 'Dinas Perhubungan'))
    const outcome = await proposalList(
      csv(
        heading,
        '1,2025,Dinas Perhubungan,Aplikasi,lima juta,APBD',
        '2,tahun ini,Dinas Perhubungan,Aplikasi,5,APBD',
        '3,2025,Dinas Perhubungan,,5,APBD',
        '4,2025,,Aplikasi,5,APBD',
        ',2025,Dinas Perhubungan,Aplikasi,5,APBD',
        '6,2025,Dinas Perhubungan,Aplikasi,5,APBD',
        '6,2025,Dinas Perhubungan,Aplikasi,5,APBD',
        '8,2025,Dinas Perhubungan',
      ),
      told,
    )
    expect(outcome.added).toBe(1)
    expect(outcome.refused).toEqual([
      { line: 2, why: 'biaya “lima juta” bukan jumlah rupiah' },
      { line: 3, why: 'tahun “tahun ini” bukan tahun' },
      { line: 4, why: 'nama usulan kosong' },
      { line: 5, why: 'OPD pengusul kosong' },
      { line: 6, why: 'kode kosong' },
      { line: 8, why: 'kode 6 sudah dipakai baris 7' },
      { line: 9, why: 'berisi 3 sel, seharusnya 6' },
    ])
  })

  test('never changes what is stored; a row that differs is named', async () => {
    await opdList(csv('nama', 'Dinas Perhubungan'))
    await proposalList(csv(heading, '1,2025,Dinas Perhubungan,Aplikasi,5,APBD'), told)
    const outcome = await proposalList(
      csv(heading, '1,2025,Dinas Perhubungan,Aplikasi Lain,9,APBD'),
      told,
    )
    expect(outcome.notes).toEqual(['Berbeda dari yang tersimpan, dan tidak diubah: baris 2.'])
    expect((await stored()).map((row) => row.title)).toEqual(['Aplikasi'])
  })

  test('of 3,000 rows takes less than half a minute', async () => {
    const units = manyUnits(100)
    await opdList(csv('satuan_kerja', ...units.map(quoted)))
    const started = performance.now()
    const outcome = await proposalList(csv(heading, ...manyPackages(units, 3000)), told)
    expect(outcome.added).toBe(3000)
    expect(performance.now() - started).toBeLessThan(30_000)
  }, 60_000)

  test('asks for the option of a column that it does not know', async () => {
    await expect(proposalList(csv('a,b', '1,2'))).rejects.toThrow(/--opd-column.*a, b/)
    await expect(
      proposalList(csv('opd,usulan', '1,2'), { columns: { cost: 'harga' } }),
    ).rejects.toThrow(UnusableList)
  })
})

describe('a list of applications that exist', () => {
  const heading = 'id,nama_aplikasi,tautan,fungsi_ringkas,opd_pengelola_bila_disebut'
  const load = (text: string, more = {}) =>
    it.write((trx) =>
      loadApplications(trx, it.by, readList(text), {
        source: 'daftar-uji',
        columns: { opd: 'opd_pengelola_bila_disebut' },
        ...more,
      }),
    )
  const apps = () => it.connection.db.selectFrom('application').selectAll().orderBy('id').execute()

  test('is loaded with its addresses and functions, and a second time adds nothing', async () => {
    await opdList(csv('nama', 'Dinas Sosial', 'Dinas Kominfo'))
    const list = csv(
      heading,
      '18,Statistik Sosial,https://statistik.contoh.example,"Data, statistik",DINAS SOSIAL',
      '19,Tanpa Pengelola,http://lain.contoh.example,Berita,',
      '20,Alamat Salah,lain.contoh.example,Berita,Dinas Sosial',
      '21,OPD Asing,,Berita,Dinas Antah',
    )
    const first = await load(list)
    expect(first).toMatchObject({ added: 1, unchanged: 0 })
    expect(first.refused).toEqual([
      { line: 3, why: 'OPD pemilik kosong' },
      { line: 4, why: 'alamat “lain.contoh.example” tidak diawali http:// atau https://' },
      { line: 5, why: 'OPD “Dinas Antah” belum terdaftar' },
    ])
    const second = await load(list, { opd: 'Dinas Kominfo', createOpd: true })
    expect(second).toMatchObject({ added: 2, unchanged: 1, notes: ['OPD baru: Dinas Antah.'] })
    expect((await apps()).map(({ name, url, sourceCode }) => [name, url, sourceCode])).toEqual([
      ['Statistik Sosial', 'https://statistik.contoh.example', '18'],
      ['Tanpa Pengelola', 'http://lain.contoh.example', '19'],
      ['OPD Asing', null, '21'],
    ])
    expect((await apps())[0]?.function).toBe('Data, statistik')
  })
})

describe('example ratings', () => {
  test('are of three example assessors over every criterion, marked, and added once', async () => {
    await opdList(csv('nama', 'Dinas Perhubungan'))
    await proposalList(csv('opd,usulan', 'Dinas Perhubungan,A', 'Dinas Perhubungan,B'))
    const add = () => it.write((trx) => addRatings(trx, it.by, options.source))
    expect(await add()).toBe(2 * 3 * 7)
    expect(await add()).toBe(0)
    const rows = await it.connection.db.selectFrom('rating').selectAll().execute()
    expect(rows).toHaveLength(42)
    expect(rows.every((row) => row.example === '*' && row.note === 'contoh')).toBe(true)
    expect(rows.every((row) => row.level >= 1 && row.level <= 5)).toBe(true)
  })
})
