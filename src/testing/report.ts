import { setTimeout as sleep } from 'node:timers/promises'
import type { LightMyRequestResponse } from 'fastify'
import type { Tx } from '../db/schema.ts'
import { appendRow, type By, insertRow } from '../db/write.ts'
import { fold } from '../domain/text.ts'
import { paths } from '../web/paths.ts'
import type { TestApp } from './app.ts'
import { make } from './make.ts'

/** What must never reach the workbook. */
export const secrets = { nip: '198501012010011001', phone: '081234567890' }

/** The published sample of weighted scoring: weights in per cent, marks out of 100, scores. */
export const publishedWeights = [10, 25, 25, 15, 10, 15]
export const publishedSample = [
  { title: 'Proyek P1', marks: [90, 70, 90, 90, 90, 50], score: 79 },
  { title: 'Proyek P2', marks: [90, 80, 70, 70, 80, 90], score: 78.5 },
  { title: 'Proyek P3', marks: [90, 20, 50, 60, 60, 90], score: 55 },
  { title: 'Proyek P4', marks: [90, 10, 20, 50, 50, 50], score: 36.5 },
]

/**
 * A small government with one of everything the workbook shows; `say` may change every text that a
 * person could have typed.
 */
export async function seedReport(trx: Tx, by: By, say = (text: string) => text): Promise<void> {
  const tourism = await makeAgency(trx, by, say, 'Dinas Pariwisata dan Kebudayaan', 'DISPAR')
  const trade = await makeAgency(trx, by, say, 'Dinas Perindagkop UKM', 'DISPERINDAGKOP')
  const komodo = await make.opd(trx, by, say('Kecamatan Komodo'), { code: say('KEC-01') })
  const head = await makeOffice(trx, by, say, tourism, 'Kantor Dinas Pariwisata', true)
  await makeOffice(trx, by, say, tourism, 'Pos Loh Liang', false)
  await makeOffice(trx, by, say, trade, 'Kantor Dinas Perindagkop', true)
  await makeInternet(trx, by, say, head, 'yes', '2018-09-10')
  await makeDevices(trx, by, say, head)
  await insertRow(trx, 'deviceSurvey', { ...survey(head + 1), note: say('Kosong') }, by, {
    counts: [],
  })
  const session = await makeSession(trx, by, say, [tourism, trade, komodo])
  const national = await insertRow(
    trx,
    'nationalApplication',
    {
      name: say('SP4N-LAPOR!'),
      nameKey: 'sp4n lapor',
      function: say('Pengaduan masyarakat'),
      owner: say('KemenPANRB'),
      class: 'A',
      source: say('Peraturan Presiden'),
      verifiedOn: '2018-09-01',
    },
    by,
  )
  await makeAssets(trx, by, say, { owner: tourism, user: trade, head, national, session })
  const ids: number[] = []
  for (const [index, { title }] of publishedSample.entries()) {
    const opdId = index % 2 === 0 ? tourism : trade
    const text = say(title)
    const id = await make.proposal(trx, by, opdId, text, {
      fgdSessionId: session,
      problem: say('Wisatawan sulit menemukan keterangan'),
      purpose: say('Satu tempat bertanya'),
      dutyText: say('Pelayanan informasi'),
      rpjmd: say('Kunjungan naik'),
      integration: say('Situs kabupaten'),
      dataReady: 'partly',
      dataNote: say('Ada di lembar kerja'),
      expectedUsers: 1500,
      form: 'app',
      way: index === 3 ? 'national' : 'build',
      wayNationalId: index === 3 ? national : null,
      wayNote: index === 3 ? say('Kanal pengaduan') : null,
      costUnknown: index === 1 ? 1 : 0,
      costLow: index === 1 ? null : 100_000_000 * (index + 1),
      costHigh: index === 1 ? null : 150_000_000 * (index + 1) + 1,
      runningCost: index === 1 ? null : 12_345_678,
      costBasis: 'opd',
      commitment: 'yes',
      budgetPaper: 'renja',
      fund: 'apbd',
      yearWanted: 2019,
      contactName: say('Maria Goreti'),
      contactTitle: say('Kepala Bidang'),
      contactPhone: secrets.phone,
      letterNo: say('045/12/2018'),
      letterOn: '2018-09-12',
      example: index === 2 ? '*' : index === 0 ? 'costHigh, problem' : null,
    })
    await fillLists(trx, id, [head], komodo)
    ids.push(id)
  }
  await make.proposal(trx, by, trade, say('Masih draf'), { state: 'draft', number: null })
  await make.proposal(trx, by, trade, say('Ditarik kembali'), { state: 'withdrawn' })
  await make.proposal(trx, by, komodo, say('Belum dinilai siapa pun'))
  await makeRound(trx, by, say, ids, tourism)
  const first = await make.phase(trx, by, 1, [2019, 2020], {
    name: say('Tahap 1'),
    ceiling: 1_000_000_000,
    capacity: 2,
  })
  await make.phase(trx, by, 2, [2021, 2023], { name: say('Tahap 2'), ceiling: 2_000_000_000 })
  await decide(trx, by, say, ids[3] ?? 0, first)
  for (const [seq, name] of ['Mengetahui', 'Menyetujui'].entries()) {
    await insertRow(
      trx,
      'signatory',
      {
        seq: seq + 1,
        role: say(name),
        name: say('Yohanes Contoh'),
        office: say('Kepala Dinas Komunikasi dan Informatika'),
        holdsAs: 'plt',
        rank: say('Pembina Tk. I'),
        nip: secrets.nip,
      },
      by,
    )
  }
}

type Say = (text: string) => string

async function makeAgency(trx: Tx, by: By, say: Say, name: string, code: string) {
  const id = await make.opd(trx, by, say(name), {
    code: say(code),
    shortName: say(code),
    headTitle: say('Kepala Dinas'),
    headName: say('Yohanes'),
    contactName: say('Maria'),
    contactTitle: say('Sekretaris'),
    contactPhone: secrets.phone,
    validFrom: '2017-01-02',
    note: say('Dibentuk 2017'),
  })
  await insertRow(
    trx,
    'opdDuty',
    {
      opdId: id,
      seq: 1,
      text: say('Merumuskan kebijakan teknis'),
      legalBasis: say('Perbup 30/2016'),
      verified: 1,
    },
    by,
  )
  await insertRow(
    trx,
    'opdPeople',
    {
      opdId: id,
      asOf: '2018-09-01',
      pns: 41,
      pppk: 0,
      other: 12,
      computerUsers: 20,
      ictStaff: 2,
      ictTrained: null,
      fgdSessionId: null,
    },
    by,
  )
  return id
}

async function makeOffice(trx: Tx, by: By, say: Say, opdId: number, name: string, isHead: boolean) {
  return insertRow(
    trx,
    'location',
    {
      opdId,
      kind: isHead ? 'main' : 'service',
      name: say(name),
      nameKey: fold(name),
      address: say('Jalan Soekarno Hatta, Labuan Bajo'),
      district: say('Komodo'),
      isHead: isHead ? 1 : 0,
      computerUsers: 20,
      signal: '4g',
      power: 'full',
      powerOutHours: 1.5,
      serverRoom: 0,
      note: say('Dekat pelabuhan'),
    },
    by,
  )
}

async function makeInternet(
  trx: Tx,
  by: By,
  say: Say,
  locationId: number,
  available: string,
  asOf: string,
) {
  await insertRow(
    trx,
    'internetAccess',
    {
      locationId,
      asOf,
      line: 1,
      available,
      provider: say('Telkom'),
      service: 'broadband',
      medium: 'fibre',
      downKbps: 20_500,
      intranetKbps: null,
      ownership: 'rent',
      costMonth: 1_250_000,
      fund: 'apbd',
      lan: 'part',
      wifi: 'all',
      quality: '3',
      outageHours: 6.5,
      measuredOn: '2018-09-13',
      measuredDownKbps: 18_250,
      measuredUpKbps: 4_000,
      latencyMs: 42,
      note: say('Sering lambat siang hari'),
      fgdSessionId: null,
    },
    by,
  )
}

/** One application, one need and one budget with everything filled in. */
async function makeAssets(
  trx: Tx,
  by: By,
  say: Say,
  at: { owner: number; user: number; head: number; national: number; session: number },
) {
  const application = {
    opdId: at.owner,
    fgdSessionId: at.session,
    name: say('SIMWIS'),
    nameKey: 'simwis',
    description: say('Sistem informasi wisata'),
    function: say('Mendata objek wisata'),
    output: say('Daftar objek wisata'),
    url: 'https://wisata.contoh.example',
    licence: 'owned',
    sourceHeld: 'partly',
    language: say('PHP'),
    framework: say('Laravel'),
    database: say('MySQL'),
    developer: 'vendor',
    builtYear: 2014,
    hosting: 'region',
    useState: 'unused',
    plan: 'replace',
    class: 'C',
    yearlyCost: 7_654_321,
    nationalApplicationId: at.national,
    contactName: say('Rofina Contoh'),
    contactTitle: say('Kepala Seksi Data'),
    contactPhone: secrets.phone,
    note: say('Belum dipindahkan'),
    source: null,
    sourceCode: null,
  }
  await insertRow(trx, 'application', application, by, {
    platforms: ['web', 'desktop'],
    users: ['g2c'],
    userOpds: [at.user],
    integrations: [{ withApplicationId: null, withNationalId: null, withName: say('SIKD') }],
  })
  const need = {
    opdId: at.owner,
    locationId: at.head,
    fgdSessionId: at.session,
    kind: 'internet',
    text: say('Serat optik 50 Mbps'),
    quantity: 2,
    reason: say('Sering terputus'),
    costUnknown: 0 as const,
    cost: 33_333_333,
    fund: 'dak',
    year: 2019,
    state: 'planned',
    note: say('Menunggu pusat'),
  }
  await insertRow(trx, 'infrastructureNeed', need, by, { proposals: [] })
  const budget = { opdId: at.owner, year: 2018, amount: 98_765_432, document: 'dpa' }
  await insertRow(trx, 'opdBudget', budget, by)
}

const survey = (locationId: number) => ({ locationId, asOf: '2018-09-10', fgdSessionId: null })

async function makeDevices(trx: Tx, by: By, say: Say, locationId: number) {
  const count = (type: string, good: number, minor: number, major: number) => ({
    type,
    good,
    minor,
    major,
    oldestYear: 2012,
    newestYear: 2017,
  })
  await insertRow(trx, 'deviceSurvey', { ...survey(locationId), note: say('Dihitung') }, by, {
    counts: [count('pc', 12, 3, 2), count('laptop', 7, 0, 1), count('printer', 4, 1, 0)],
  })
}

async function makeSession(trx: Tx, by: By, say: Say, opdIds: number[]): Promise<number> {
  const id = await insertRow(
    trx,
    'fgdSession',
    {
      title: say('FGD Identifikasi Infrastruktur dan Aplikasi'),
      stage: say('Laporan Antara'),
      heldOn: '2018-09-14',
      endsOn: null,
      starts: '09:30',
      ends: '12:15',
      venue: say('Aula Dinas Kesehatan'),
      organiser: say('Dinas Kominfo'),
      chair: say('Sekretaris Daerah'),
      moderator: say('Kepala Bidang'),
      noteTaker: say('Staf'),
      invitationNo: say('005/123/IX/2018'),
      invitationOn: '2018-09-10',
      state: 'closed',
      openedAt: null,
      closedAt: null,
      reopenedReason: null,
      note: null,
    },
    by,
    { invited: opdIds },
  )
  await insertRow(
    trx,
    'sessionItem',
    {
      fgdSessionId: id,
      kind: 'agreement',
      seq: 1,
      name: say('Paulus'),
      office: say('Kepala Bidang'),
      text: say('Dua aplikasi didahulukan'),
    },
    by,
  )
  await insertRow(
    trx,
    'attendance',
    {
      fgdSessionId: id,
      opdId: opdIds[0] ?? null,
      institution: null,
      name: say('Maria Goreti'),
      position: say('Kepala Bidang'),
      employment: 'pns',
      nip: secrets.nip,
      presentAs: 'mewakili',
      spokesman: 1,
      arrivedAt: '09:20',
    },
    by,
  )
  await insertRow(
    trx,
    'minute',
    {
      fgdSessionId: id,
      seq: 1,
      at: '10:05',
      opdId: opdIds[1] ?? null,
      speaker: say('Kepala Dinas'),
      kind: 'input',
      text: say('Perlu aplikasi cendera mata'),
      answer: say('Akan dicatat'),
    },
    by,
  )
  await insertRow(
    trx,
    'followUp',
    {
      fgdSessionId: id,
      opdId: opdIds[0] ?? null,
      text: say('Melengkapi data lokasi'),
      who: say('Operator'),
      due: '2018-09-30',
      state: 'open',
      doneOn: null,
    },
    by,
  )
  return id
}

async function fillLists(trx: Tx, proposalId: number, locations: number[], user: number) {
  const choices = [
    ['users', 'g2c'],
    ['users', 'g2b'],
    ['platforms', 'android'],
    ['platforms', 'web'],
    ['natures', 'informative'],
    ['natures', 'communicative'],
  ] as const
  await trx
    .insertInto('proposalChoice')
    .values(choices.map(([list, code]) => ({ proposalId, list, code })))
    .execute()
  await trx
    .insertInto('proposalLocation')
    .values(locations.map((locationId) => ({ proposalId, locationId })))
    .execute()
  await trx.insertInto('proposalOpd').values({ proposalId, opdId: user, part: 'user' }).execute()
}

/** The published marks as levels with those values, given by one and the same by two assessors. */
async function makeRound(trx: Tx, by: By, say: Say, proposalIds: number[], ownOpd: number) {
  const setId = await insertRow(
    trx,
    'criterionSet',
    {
      name: say('Contoh terbitan'),
      origin: say('primeessays.com'),
      basedOnId: null,
      state: 'frozen',
      frozenAt: by.at,
    },
    by,
  )
  const marks = [...new Set(publishedSample.flatMap((each) => each.marks))].toSorted(
    (a, b) => a - b,
  )
  const criterionIds: number[] = []
  for (const index of publishedWeights.keys()) {
    const levels = marks.map((mark, at) => ({
      level: at + 1,
      value: mark / 100,
      anchor: say(`Nilai ${mark}`),
    }))
    const row = {
      setId,
      seq: index + 1,
      code: `K${index + 1}`,
      name: say(`Kriteria ${index + 1}`),
      shortName: say(`Kriteria ${index + 1}`),
      question: say('Seberapa baik?'),
      derived: 0 as const,
    }
    criterionIds.push(await insertRow(trx, 'criterion', row, by, { levels }))
  }
  await insertRow(
    trx,
    'weighting',
    {
      setId,
      name: say('Bobot terbitan'),
      method: 'direct',
      state: 'adopted',
      adoptedOn: '2018-09-14',
      adoptedBy: say('Paulus'),
      office: say('Kepala Dinas'),
      document: say('SK 1/2018'),
    },
    by,
    {
      weights: publishedWeights.map((value, index) => ({
        criterionId: criterionIds[index] ?? 0,
        value,
      })),
    },
  )
  const assessors: number[] = []
  for (const [name, opdId] of [
    ['Anselmus Rahasia', null],
    ['Bernadeta Rahasia', null],
    ['Cornelia Rahasia', ownOpd],
  ] as const) {
    const row = { name: say(name), office: say('Penilai'), opdId, accountId: null }
    assessors.push(await insertRow(trx, 'assessor', row, by))
  }
  const roundId = await insertRow(
    trx,
    'round',
    {
      setId,
      name: say('Putaran 1'),
      fgdSessionId: null,
      state: 'open',
      due: null,
      minimum: 2,
    },
    by,
    {
      proposals: proposalIds,
      tasks: assessors.flatMap((assessorId) =>
        criterionIds.map((criterionId) => ({ assessorId, criterionId })),
      ),
    },
  )
  for (const [at, proposalId] of proposalIds.entries()) {
    for (const assessorId of assessors) {
      for (const [index, criterionId] of criterionIds.entries()) {
        const mark = publishedSample[at]?.marks[index] ?? 0
        const level = marks.indexOf(mark) + 1
        const note = say('Catatan penilai')
        await insertRow(
          trx,
          'rating',
          { roundId, proposalId, criterionId, assessorId, level, note },
          by,
        )
      }
    }
  }
}

async function decide(trx: Tx, by: By, say: Say, proposalId: number, phaseId: number) {
  await appendRow(
    trx,
    'decision',
    {
      proposalId,
      outcome: 'accepted',
      phaseId,
      place: 1,
      nationalId: null,
      redirectTo: null,
      level: 'fgd',
      fgdSessionId: null,
      decidedBy: say('Paulus'),
      office: say('Kepala Bidang E-Government'),
      holdsAs: 'definitif',
      decidedOn: '2018-09-14',
      document: say('Notulen'),
      reason: say('Ditindaklanjuti sekarang'),
      lookAgainOn: null,
      computedRank: null,
      computedScore: null,
      correctsId: null,
      example: null,
    },
    by,
  )
}

/** Asks for the workbook as the page does, and waits for it where it is not there at once. */
export async function downloadWorkbook(
  it: TestApp,
  cookie: string,
  fields: Record<string, string> = {},
): Promise<LightMyRequestResponse> {
  const answer = await it.post(paths.reportFile(), fields, cookie)
  if (answer.statusCode !== 303 || !answer.headers.location?.includes('/exports/')) return answer
  const page = answer.headers.location
  for (let turn = 0; turn < 300; turn += 1) {
    if (!(await it.get(page, cookie)).body.includes('data-renew')) break
    await sleep(100)
  }
  return it.get(`${page}/file`, cookie)
}
