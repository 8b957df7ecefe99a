import { localDay, type Zone } from '../../domain/calendar.ts'
import type { ReportProposal } from '../data.ts'
import { standingOf } from '../figures.ts'
import { type Column, tableSheet } from '../layout.ts'
import { bySession, joined, type Source, withOrigin } from './context.ts'

export function proposalSheet(source: Source) {
  const columns = [
    ...identity(source),
    ...contents(source),
    ...manner(source),
    ...money(source),
    ...papers(source),
  ]
  return tableSheet({
    name: 'Usulan Aplikasi',
    lede: 'Semua usulan yang sudah diajukan. Draf tidak dimuat; jumlahnya tertulis di Sampul.',
    columns: withOrigin(columns, (row) => row.example),
    rows: source.data.proposals,
    frozenColumns: 4,
    repeatedColumns: 1,
  })
}

/** Where it stands, in words: the decision in force with its phase, else the state. */
export function standingText(source: Source, proposal: ReportProposal): string {
  const { data, label } = source
  const { decision, mergedIntoId } = proposal
  if (!decision) {
    const target = mergedIntoId === null ? undefined : source.proposal(mergedIntoId)
    return target ? `Digabung ke ${target.number}` : stateText(label, proposal)
  }
  const phase = data.plan.phases.find((each) => each.id === decision.phaseId)
  return phase ? `Ditetapkan: ${phase.name}` : label('outcome', decision.outcome)
}

function stateText(label: Source['label'], proposal: ReportProposal): string {
  return label('proposalState', proposal.state)
}

function identity({ opd }: Source): Column<ReportProposal>[] {
  return [
    {
      key: 'number',
      heading: 'Nomor',
      width: 15,
      type: 'text',
      meaning: 'Nomor usulan; diberikan sekali dan tidak pernah berubah.',
      value: (row) => row.number,
    },
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 15,
      type: 'text',
      meaning: 'Kode OPD pengusul pada lembar OPD.',
      value: (row) => opd(row.opdId).code,
    },
    {
      key: 'opd',
      heading: 'OPD Pengusul',
      width: 32,
      type: 'text',
      meaning: 'OPD pengusul utama.',
      fields: ['opdId'],
      value: (row) => opd(row.opdId).name,
    },
    {
      key: 'title',
      heading: 'Nama Usulan',
      width: 38,
      type: 'text',
      meaning: 'Nama aplikasi yang diusulkan.',
      value: (row) => row.title,
    },
  ]
}

function contents({ label, words, opd, location, proposal }: Source): Column<ReportProposal>[] {
  return [
    {
      key: 'joint',
      heading: 'Pengusul Bersama',
      width: 30,
      type: 'text',
      meaning: 'OPD lain yang terlibat, dengan perannya dalam kurung.',
      allowed: words('part').slice(1),
      fields: ['further'],
      value: (row) =>
        joined(
          row.further.map(
            (each) => `${opd(each.opdId).name} (${label('part', each.part as never)})`,
          ),
        ),
    },
    {
      key: 'requires',
      heading: 'Prasyarat',
      width: 20,
      type: 'text',
      meaning: 'Nomor usulan yang harus ada lebih dahulu.',
      value: (row) => joined(row.requiredIds.map((id) => proposal(id)?.number ?? '?')),
    },
    {
      key: 'problem',
      heading: 'Masalah Saat Ini',
      width: 46,
      type: 'text',
      meaning: 'Apa yang sekarang lambat, keliru, atau tidak dapat dilayani.',
      value: (row) => row.problem,
    },
    {
      key: 'duty',
      heading: 'Dasar Tupoksi',
      width: 42,
      type: 'text',
      meaning:
        'Butir tupoksi yang dijalankan; bertanda "(belum diverifikasi)" bila belum dicocokkan dengan peraturannya.',
      fields: ['dutyId', 'dutyText'],
      value: ({ duty }) =>
        duty ? `${duty.text}${duty.verified ? '' : ' (belum diverifikasi)'}` : null,
    },
    {
      key: 'rpjmd',
      heading: 'Sasaran RPJMD',
      width: 30,
      type: 'text',
      meaning: 'Sasaran RPJMD atau Renstra yang didukung.',
      value: (row) => row.rpjmd,
    },
    {
      key: 'purpose',
      heading: 'Tujuan & Manfaat',
      width: 46,
      type: 'text',
      meaning: 'Siapa terbantu, dan apa yang berubah baginya.',
      value: (row) => row.purpose,
    },
    {
      key: 'users',
      heading: 'Pengguna',
      width: 22,
      type: 'text',
      meaning: 'Kelompok yang dilayani; beberapa dipisah koma.',
      allowed: words('users'),
      value: (row) => joined(row.users.map((code) => label('users', code as never))),
    },
    {
      key: 'platforms',
      heading: 'Platform',
      width: 14,
      type: 'text',
      meaning: 'Platform yang diminta; beberapa dipisah koma.',
      allowed: words('platform'),
      value: (row) => joined(row.platforms.map((code) => label('platform', code as never))),
    },
    {
      key: 'form',
      heading: 'Bentuk',
      width: 10,
      type: 'text',
      meaning: 'Bentuk yang diminta.',
      allowed: words('form'),
      value: (row) => label('form', row.form as never) || null,
    },
    {
      key: 'natures',
      heading: 'Sifat',
      width: 18,
      type: 'text',
      meaning: 'Sifat layanannya; beberapa dipisah koma.',
      allowed: words('natureShort'),
      value: (row) => joined(row.natures.map((code) => label('natureShort', code as never))),
    },
    {
      key: 'locations',
      heading: 'Lokasi Pemakaian',
      width: 30,
      type: 'text',
      meaning: 'Lokasi yang akan memakainya; kosong berarti kantor induk OPD pengusul.',
      value: (row) => joined(row.locationIds.map((id) => location(id)?.name ?? '')),
    },
    {
      key: 'expectedUsers',
      heading: 'Perkiraan Pengguna',
      width: 13,
      type: 'int',
      meaning: 'Perkiraan jumlah pengguna.',
      unit: 'orang',
      value: (row) => row.expectedUsers,
    },
    {
      key: 'integration',
      heading: 'Integrasi',
      width: 26,
      type: 'text',
      meaning: 'Sistem lain yang perlu terhubung.',
      value: (row) => row.integration,
    },
    {
      key: 'dataReady',
      heading: 'Kesiapan Data',
      width: 12,
      type: 'text',
      meaning: 'Apakah datanya sudah siap.',
      allowed: words('dataReady'),
      value: (row) => label('dataReady', row.dataReady as never) || null,
    },
    {
      key: 'dataNote',
      heading: 'Keterangan Data',
      width: 26,
      type: 'text',
      meaning: 'Data apa yang ada, dan di mana.',
      value: (row) => row.dataNote,
    },
  ]
}

function manner({ data, label, words }: Source): Column<ReportProposal>[] {
  const applications = new Map(data.applications.map((each) => [each.id, each.name]))
  return [
    {
      key: 'way',
      heading: 'Cara Pemenuhan',
      width: 22,
      type: 'text',
      meaning: 'Bagaimana kebutuhan ini dipenuhi.',
      allowed: words('way'),
      value: (row) => label('way', row.way) || null,
    },
    {
      key: 'wayAbout',
      heading: 'Aplikasi yang Dimaksud',
      width: 26,
      type: 'text',
      meaning: 'Aplikasi nasional, aplikasi yang ada, atau keterangan lain tentang cara pemenuhan.',
      fields: ['wayNationalId', 'wayApplicationId', 'wayNote'],
      value: (row) => {
        const extended = applications.get(row.wayApplicationId ?? 0) ?? null
        return joined([row.wayNational, extended, row.wayNote].filter((text) => text !== null))
      },
    },
  ]
}

function money({ label, words, format }: Source): Column<ReportProposal>[] {
  return [
    {
      key: 'costLow',
      heading: 'Biaya Terendah',
      width: 22,
      type: 'money',
      meaning: 'Perkiraan biaya terendah; kosong berarti belum ada perkiraan.',
      unit: 'rupiah',
      value: (row) => (row.costUnknown === 1 ? null : row.costLow),
    },
    {
      key: 'costHigh',
      heading: 'Biaya Tertinggi',
      width: 22,
      type: 'money',
      meaning:
        'Perkiraan biaya tertinggi; inilah yang dijumlahkan. Kosong berarti belum ada perkiraan dan tidak ikut dijumlahkan.',
      unit: 'rupiah',
      value: (row) => (row.costUnknown === 1 ? null : row.costHigh),
    },
    {
      key: 'costs',
      heading: 'Biaya per Tahun',
      width: 34,
      type: 'text',
      meaning: 'Biaya menurut tahun, bila diisi demikian; jumlahnya sama dengan biaya tertinggi.',
      unit: 'rupiah',
      value: (row) =>
        joined(row.costs.map((each) => `${each.year}: ${format.rupiah(each.amount)}`)),
    },
    {
      key: 'runningCost',
      heading: 'Biaya Operasional/Tahun',
      width: 22,
      type: 'money',
      meaning: 'Perkiraan biaya operasional setiap tahun sesudah dibangun.',
      unit: 'rupiah per tahun',
      value: (row) => row.runningCost,
    },
    {
      key: 'costBasis',
      heading: 'Dasar Perkiraan',
      width: 18,
      type: 'text',
      meaning: 'Asal perkiraan biaya.',
      allowed: words('costBasis'),
      value: (row) => label('costBasis', row.costBasis as never) || null,
    },
    {
      key: 'commitment',
      heading: 'Komitmen Anggaran',
      width: 20,
      type: 'text',
      meaning: 'Kesediaan OPD menganggarkan.',
      allowed: words('commitment'),
      value: (row) => label('commitment', row.commitment as never) || null,
    },
    {
      key: 'budgetPaper',
      heading: 'Dokumen Anggaran',
      width: 17,
      type: 'text',
      meaning: 'Di mana sudah tercantum.',
      allowed: words('budgetPaper'),
      value: (row) => label('budgetPaper', row.budgetPaper as never) || null,
    },
    {
      key: 'fund',
      heading: 'Sumber Dana',
      width: 18,
      type: 'text',
      meaning: 'Sumber dana yang direncanakan.',
      allowed: words('fund'),
      value: (row) => label('fund', row.fund as never) || null,
    },
    {
      key: 'yearWanted',
      heading: 'Tahun',
      width: 13,
      type: 'year',
      meaning: 'Tahun yang diinginkan OPD.',
      value: (row) => row.yearWanted,
    },
  ]
}

function papers(source: Source): Column<ReportProposal>[] {
  const { data, session, label, words } = source
  const zone = data.government.timeZone as Zone
  return [
    {
      key: 'contactName',
      heading: 'PIC',
      width: 24,
      type: 'text',
      meaning: 'Penanggung jawab usulan; nomor telepon tidak dimuat.',
      value: (row) => row.contactName,
    },
    {
      key: 'contactTitle',
      heading: 'Jabatan PIC',
      width: 24,
      type: 'text',
      meaning: 'Jabatan penanggung jawab usulan.',
      value: (row) => row.contactTitle,
    },
    {
      key: 'session',
      heading: 'Sesi FGD',
      width: 30,
      type: 'text',
      meaning: bySession,
      fields: ['fgdSessionId'],
      value: (row) => session(row.sessionId),
    },
    {
      key: 'cameBy',
      heading: 'Cara Masuk',
      width: 16,
      type: 'text',
      meaning: 'Bagaimana usulan diterima.',
      allowed: words('cameBy'),
      value: (row) => label('cameBy', row.cameBy as never),
    },
    {
      key: 'letterNo',
      heading: 'Nomor Surat',
      width: 18,
      type: 'text',
      meaning: 'Nomor surat OPD, bila diajukan dengan surat.',
      value: (row) => row.letterNo,
    },
    {
      key: 'letterOn',
      heading: 'Tanggal Surat',
      width: 15,
      type: 'date',
      meaning: 'Tanggal surat OPD.',
      value: (row) => row.letterOn,
    },
    {
      key: 'review',
      heading: 'Hasil Telaah',
      width: 24,
      type: 'text',
      meaning: 'Hasil telaah dengan catatannya.',
      fields: ['reviewResult', 'reviewNote'],
      value: (row) =>
        joined(
          [label('reviewResult', row.reviewResult as never) || null, row.reviewNote].filter(
            (text) => text !== null,
          ),
        ),
    },
    {
      key: 'reviewWay',
      heading: 'Cara yang Disarankan',
      width: 24,
      type: 'text',
      meaning: 'Cara pemenuhan yang disarankan hasil telaah.',
      allowed: words('way'),
      value: (row) => label('way', row.reviewWay as never) || null,
    },
    {
      key: 'costUnknown',
      heading: 'Biaya Belum Diketahui',
      width: 13,
      type: 'text',
      meaning: 'Ya bila OPD menyatakan biayanya belum diketahui; kosong bila tidak.',
      allowed: ['Ya'],
      value: (row) => (row.costUnknown === 1 ? 'Ya' : null),
    },
    {
      key: 'submittedAt',
      heading: 'Tanggal Diajukan',
      width: 15,
      type: 'date',
      meaning: 'Hari usulan pertama kali diajukan.',
      value: (row) => (row.submittedAt === null ? null : localDay(new Date(row.submittedAt), zone)),
    },
    {
      key: 'stateNote',
      heading: 'Catatan Keadaan',
      width: 30,
      type: 'text',
      meaning: 'Apa yang perlu dilengkapi, atau sebab usulan ditarik atau digabung.',
      value: (row) => row.stateNote,
    },
    {
      key: 'state',
      heading: 'Keadaan Berkas',
      width: 20,
      type: 'text',
      meaning: 'Di mana berkas usulan berada, terlepas dari penetapan.',
      allowed: words('proposalState').slice(1),
      fields: ['state'],
      value: (row) => stateText(label, row),
    },
    {
      key: 'outcome',
      heading: 'Kedudukan',
      width: 18,
      type: 'text',
      meaning: 'Hasil penetapan yang berlaku; bila belum ada penetapan, keadaan berkasnya.',
      allowed: [...words('outcome'), ...words('proposalState').slice(1)],
      computed: true,
      value: (row) => standingWord(source, row),
    },
    {
      key: 'standing',
      heading: 'Keadaan',
      width: 24,
      type: 'text',
      meaning:
        'Kedudukan selengkapnya: penetapan dengan tahapnya, tujuan gabungan, atau keadaan berkas.',
      computed: true,
      value: (row) => standingText(source, row),
    },
  ]
}

/** The word by which the summary counts. */
function standingWord({ label }: Source, proposal: ReportProposal): string {
  const code = standingOf(proposal)
  return proposal.decision ? label('outcome', code as never) : label('proposalState', code as never)
}
