import { insertExampleGovernment } from '../../fixtures/government.ts'
import type { Connection } from '../../src/db/connect.ts'
import type { By } from '../../src/db/write.ts'
import { fold } from '../../src/domain/text.ts'
import { lists } from '../../src/domain/words.ts'
import { loadReference } from '../../src/government/reference.ts'
import { tokenHash } from '../../src/web/token.ts'
import { type Put, putInto } from './rows.ts'

export const opds = 60
const officesPerOpd = 3
const assessors = 5
const applications = 1_500
/** Proposals in the round; a region's hall does not rate more. */
const rated = 3_000

const things = [
  'Pelayanan',
  'Perizinan',
  'Pendataan',
  'Pemantauan',
  'Pengaduan',
  'Arsip',
  'Absensi',
]
const fields = [
  'Kesehatan',
  'Sekolah',
  'Nelayan',
  'Pasar',
  'Desa',
  'Pajak Daerah',
  'Wisata',
  'Jalan',
]

type Pick = <T>(list: readonly T[]) => T

/**
 * A region of 60 OPD with offices and two days of inventory, 1,500 applications, `proposals`
 * proposals, and one open round in which five assessors rated every criterion; and an account that is signed in.
 *
 * @returns the cookie of the session
 */
export async function fill(
  connection: Connection,
  proposals: number,
  random: () => number,
): Promise<string> {
  const now = new Date()
  const at = now.toISOString()
  const by: By = { accountId: null, linkId: null, actorName: 'Pengukuran', way: 'setup', at }
  await connection.db.transaction().execute(async (trx) => {
    await insertExampleGovernment(trx, by)
    await loadReference(trx, by)
  })
  const pick: Pick = (list) => list[Math.floor(random() * list.length)] as (typeof list)[number]
  const put = putInto(connection, at)
  const { raw } = connection
  raw.exec('begin')
  const cookie = signIn(put, now)
  const offices = Array.from({ length: opds }, (_, n) => putOpd(put, n, pick, random))
  for (let n = 0; n < applications; n += 1) putApplication(put, n, offices[n % opds], pick, random)
  const ids = Array.from({ length: proposals }, (_, n) =>
    putProposal(put, n, offices[n % opds] ?? [1, []], at, pick, random),
  )
  const rateable = ids.slice(0, rated).flatMap(({ id, state }) => (state === 'draft' ? [] : [id]))
  const criteria = raw
    .prepare('select id from criterion where derived = 0')
    .pluck()
    .all() as number[]
  const derived = raw
    .prepare('select id from criterion where derived = 1')
    .pluck()
    .all() as number[]
  putRound(put, rateable, criteria, derived, random)
  raw.exec('commit')
  raw.exec('analyze')
  return cookie
}

function signIn(put: Put, now: Date): string {
  const accountId = put.kept('account', {
    username: 'pengukur',
    username_key: 'pengukur',
    name: 'Pengukur',
    password_hash: null,
    locale: 'id',
    state: 'active',
  })
  for (const role of ['staff', 'planner']) {
    put.plain('account_role', { account_id: accountId, role, opd_id: null })
  }
  const token = 'pengukuran'.padEnd(43, '0')
  put.plain('web_session', {
    token_hash: tokenHash(token),
    account_id: accountId,
    link_id: null,
    made_at: now.toISOString(),
    seen_at: now.toISOString(),
    ends_at: new Date(now.getTime() + 86_400_000).toISOString(),
    agent: null,
  })
  return `rancang_session=${token}`
}

type Opd = [id: number, locations: number[]]

function putOpd(put: Put, n: number, pick: Pick, random: () => number): Opd {
  const name = `Dinas ${pick(things)} ${pick(fields)} ${n + 1}`
  const opdId = put.kept('opd', {
    code: `OPD-${String(n + 1).padStart(2, '0')}`,
    name,
    name_key: fold(name),
    short_name: `D${n + 1}`,
    kind: 'dinas',
    head_name: 'Kepala',
    head_title: 'Kepala Dinas',
    contact_name: 'Penghubung',
  })
  put.event('opd', opdId, opdId)
  for (let seq = 1; seq <= 4; seq += 1) {
    const text = `Penyelenggaraan ${pick(things)} ${pick(fields)}`
    put.kept('opd_duty', { opd_id: opdId, seq, text, legal_basis: null, verified: 1 })
  }
  put.kept('opd_people', {
    opd_id: opdId,
    as_of: '2018-08-01',
    pns: 40,
    pppk: 5,
    other: 10,
    computer_users: 30,
  })
  const locations = Array.from({ length: officesPerOpd }, (_, at) =>
    putOffice(put, opdId, at, pick, random),
  )
  return [opdId, locations]
}

function putOffice(put: Put, opdId: number, at: number, pick: Pick, random: () => number): number {
  const name = at === 0 ? 'Kantor induk' : `Unit layanan ${at}`
  const locationId = put.kept('location', {
    opd_id: opdId,
    kind: at === 0 ? 'main' : 'unit',
    name,
    name_key: fold(name),
    district: pick(['Komodo', 'Boleng', 'Lembor', 'Kuwus']),
    is_head: at === 0 ? 1 : 0,
    computer_users: 10,
    power_out_hours: 4,
  })
  for (const day of ['2017-08-01', '2018-08-01']) {
    put.kept('internet_access', {
      location_id: locationId,
      as_of: day,
      line: 1,
      available: pick(lists.internet),
      down_kbps: Math.round(random() * 40_000),
      lan: pick(lists.lan),
      wifi: pick(lists.wifi),
    })
    const survey = put.kept('device_survey', { location_id: locationId, as_of: day })
    for (const type of lists.device.slice(0, 6)) {
      const count = () => Math.floor(random() * 12)
      put.plain('device_count', {
        survey_id: survey,
        type,
        good: count(),
        minor: count(),
        major: count(),
      })
    }
  }
  return locationId
}

function putApplication(
  put: Put,
  n: number,
  [opdId]: Opd = [1, []],
  pick: Pick,
  random: () => number,
): void {
  const name = `Aplikasi ${pick(things)} ${pick(fields)} ${n + 1}`
  const id = put.kept('application', {
    opd_id: opdId,
    name,
    name_key: fold(name),
    function: `Dipakai untuk ${pick(things)} ${pick(fields)}`,
    class: pick(lists.appClass),
    use_state: pick([...lists.appUse, null]),
    plan: pick(lists.appPlan),
    yearly_cost: random() < 0.3 ? null : Math.round(random() * 100) * 1_000_000,
  })
  put.event('application', id, opdId)
  for (const code of new Set([pick(lists.platform), pick(lists.platform)])) {
    put.plain('application_choice', { application_id: id, list: 'platforms', code })
  }
}

function putProposal(
  put: Put,
  n: number,
  [opdId, locations]: Opd,
  at: string,
  pick: Pick,
  random: () => number,
) {
  const state = pick(['submitted', 'submitted', 'under_review', 'reviewed', 'returned', 'draft'])
  const title = `Aplikasi ${pick(things)} ${pick(fields)} ${pick(things)} ${n + 1}`
  const cost = Math.round(random() * 500) * 1_000_000
  const text = 'Kegiatan masih dicatat di kertas sehingga sulit dicari dan dilaporkan. '
  const id = put.kept('proposal', {
    number: state === 'draft' ? null : `U-2018-${String(n + 1).padStart(3, '0')}`,
    opd_id: opdId,
    came_by: 'fgd',
    title,
    title_key: fold(title),
    problem: text.repeat(3),
    purpose: text.repeat(2),
    duty_text: 'Tugas dan fungsi OPD',
    expected_users: Math.floor(random() * 5000),
    way: pick(lists.way),
    cost_unknown: 0,
    cost_low: random() < 0.2 ? null : cost,
    cost_high: random() < 0.2 ? null : cost + 50_000_000,
    year_wanted: 2019 + Math.floor(random() * 5),
    contact_name: 'Penghubung',
    state,
    state_at: at,
    submitted_at: state === 'draft' ? null : at,
  })
  put.event('proposal', id, opdId)
  const chosen = { users: lists.users, platforms: lists.platform, natures: lists.nature }
  for (const [list, codes] of Object.entries(chosen)) {
    for (const code of new Set([pick(codes), pick(codes)])) {
      put.plain('proposal_choice', { proposal_id: id, list, code })
    }
  }
  put.plain('proposal_location', { proposal_id: id, location_id: pick(locations) })
  return { id, state }
}

function putRound(
  put: Put,
  proposals: readonly number[],
  criteria: readonly number[],
  derived: readonly number[],
  random: () => number,
): void {
  const roundId = put.kept('round', { set_id: 1, name: 'Putaran', state: 'open', minimum: 3 })
  for (const proposalId of proposals) {
    put.plain('round_proposal', { round_id: roundId, proposal_id: proposalId })
  }
  for (let n = 1; n <= assessors; n += 1) {
    const assessorId = put.kept('assessor', { name: `Penilai ${n}` })
    for (const criterionId of [...criteria, ...derived]) {
      put.plain('round_assessor', {
        round_id: roundId,
        assessor_id: assessorId,
        criterion_id: criterionId,
      })
    }
    for (const proposalId of proposals) {
      for (const criterionId of criteria) {
        put.kept('rating', {
          round_id: roundId,
          proposal_id: proposalId,
          criterion_id: criterionId,
          assessor_id: assessorId,
          level: 1 + Math.floor(random() * 5),
        })
      }
    }
  }
}
