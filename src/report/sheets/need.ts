import type { ReportNeed } from '../data.ts'
import { type Column, tableSheet } from '../layout.ts'
import { bySession, joined, type Source, withOrigin } from './context.ts'

/** A row an infrastructure need, dropped ones too. */
export function needSheet({ data, opd, location, proposal, session, label, words }: Source) {
  const columns: Column<ReportNeed>[] = [
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 15,
      type: 'text',
      meaning: 'Kode OPD pada lembar OPD.',
      value: (row) => opd(row.opdId).code,
    },
    {
      key: 'opd',
      heading: 'OPD',
      width: 30,
      type: 'text',
      meaning: 'OPD yang membutuhkan.',
      fields: ['opdId'],
      value: (row) => opd(row.opdId).name,
    },
    {
      key: 'location',
      heading: 'Lokasi',
      width: 24,
      type: 'text',
      meaning: 'Nama lokasi pada lembar Lokasi; kosong berarti untuk seluruh OPD.',
      fields: ['locationId'],
      value: (row) => location(row.locationId ?? 0)?.name ?? null,
    },
    {
      key: 'kind',
      heading: 'Jenis',
      width: 22,
      type: 'text',
      meaning: 'Jenis kebutuhan.',
      allowed: words('needKind'),
      value: (row) => label('needKind', row.kind),
    },
    {
      key: 'text',
      heading: 'Uraian',
      width: 40,
      type: 'text',
      meaning: 'Apa yang dibutuhkan.',
      value: (row) => row.text,
    },
    {
      key: 'quantity',
      heading: 'Jumlah',
      width: 9,
      type: 'int',
      meaning: 'Berapa unit, sambungan, atau orang.',
      value: (row) => row.quantity,
    },
    {
      key: 'reason',
      heading: 'Alasan',
      width: 34,
      type: 'text',
      meaning: 'Mengapa dibutuhkan.',
      value: (row) => row.reason,
    },
    {
      key: 'cost',
      heading: 'Biaya',
      width: 18,
      type: 'money',
      meaning: 'Perkiraan biaya; kosong berarti belum diketahui dan tidak ikut dijumlahkan.',
      unit: 'rupiah',
      value: (row) => row.cost,
    },
    {
      key: 'fund',
      heading: 'Sumber Dana',
      width: 16,
      type: 'text',
      meaning: 'Sumber dana yang direncanakan.',
      allowed: words('fund'),
      value: (row) => label('fund', row.fund) || null,
    },
    {
      key: 'year',
      heading: 'Tahun',
      width: 8,
      type: 'year',
      meaning: 'Tahun kebutuhan dipenuhi.',
      value: (row) => row.year,
    },
    {
      key: 'state',
      heading: 'Keadaan',
      width: 14,
      type: 'text',
      meaning: 'Sampai di mana kebutuhan ini.',
      allowed: words('needState'),
      value: (row) => label('needState', row.state),
    },
    {
      key: 'proposals',
      heading: 'Usulan yang Menunggu',
      width: 30,
      type: 'text',
      meaning: 'Usulan yang baru dapat berjalan sesudah kebutuhan ini dipenuhi.',
      value: (row) =>
        joined(
          row.proposalIds.flatMap((id) => {
            const found = proposal(id)
            return found ? `${found.number} ${found.title}` : []
          }),
        ),
    },
    {
      key: 'note',
      heading: 'Keterangan',
      width: 28,
      type: 'text',
      meaning: 'Catatan lain.',
      value: (row) => row.note,
    },
    {
      key: 'session',
      heading: 'Sesi FGD',
      width: 26,
      type: 'text',
      meaning: bySession,
      value: (row) => session(row.sessionId),
    },
    {
      key: 'costUnknown',
      heading: 'Biaya Belum Diketahui',
      width: 11,
      type: 'text',
      meaning: 'Ya bila OPD menyatakan biayanya belum diketahui; kosong bila tidak.',
      allowed: ['Ya'],
      value: (row) => (row.costUnknown === 1 ? 'Ya' : null),
    },
    {
      key: 'district',
      heading: 'Kecamatan',
      width: 16,
      type: 'text',
      meaning: 'Kecamatan lokasinya menurut lembar Lokasi; kosong bila untuk seluruh OPD.',
      computed: true,
      value: (row) => location(row.locationId ?? 0)?.district ?? null,
    },
  ]
  return tableSheet({
    name: 'Kebutuhan Infrastruktur',
    lede: 'Yang dibutuhkan OPD selain aplikasi; tidak dinilai, disusun menurut tahun berdampingan dengan aplikasi.',
    columns: withOrigin(columns, (row) => row.example),
    rows: data.needs,
    frozenColumns: 2,
  })
}
