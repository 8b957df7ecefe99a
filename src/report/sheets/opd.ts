import type { ReportDuty, ReportOpd } from '../data.ts'
import { type Column, tableSheet } from '../layout.ts'
import { joined, type Source, withOrigin, yesNo } from './context.ts'

export function opdSheet({ data, label, words, format }: Source) {
  const columns: Column<ReportOpd>[] = [
    {
      key: 'no',
      heading: 'No',
      width: 7,
      type: 'int',
      meaning: 'Nomor urut.',
      value: (_, { index }) => index + 1,
    },
    {
      key: 'code',
      heading: 'Kode',
      width: 12,
      type: 'text',
      meaning: 'Kode OPD, tidak berulang; lembar lain merujuk kode ini.',
      value: (opd) => opd.code,
    },
    {
      key: 'name',
      heading: 'OPD',
      width: 44,
      type: 'text',
      meaning: 'Nama lengkap OPD.',
      value: (opd) => opd.name,
    },
    {
      key: 'parent',
      heading: 'Induk',
      width: 24,
      type: 'text',
      meaning: 'OPD yang membawahi, bila baris ini sebuah unit.',
      fields: ['parentId'],
      value: (opd) => opd.parent,
    },
    {
      key: 'shortName',
      heading: 'Nama Singkat',
      width: 20,
      type: 'text',
      meaning: 'Nama yang dipakai sehari-hari.',
      value: (opd) => opd.shortName,
    },
    {
      key: 'kind',
      heading: 'Jenis',
      width: 20,
      type: 'text',
      meaning: 'Jenis OPD, atau jenis unit bila baris ini sebuah unit.',
      allowed: [...new Set([...words('opdKind'), ...words('unitKind')])],
      value: (opd) => label(opd.parentId === null ? 'opdKind' : 'unitKind', opd.kind as never),
    },
    {
      key: 'affairs',
      heading: 'Urusan',
      width: 34,
      type: 'text',
      meaning: 'Urusan pemerintahan yang ditangani, menurut UU 23/2014; beberapa dipisah koma.',
      value: (opd) => joined(opd.affairs),
    },
    {
      key: 'headTitle',
      heading: 'Kepala (Jabatan)',
      width: 30,
      type: 'text',
      meaning: 'Jabatan kepala OPD.',
      value: (opd) => opd.headTitle,
    },
    {
      key: 'contactName',
      heading: 'PIC',
      width: 26,
      type: 'text',
      meaning:
        'Penanggung jawab pendataan di OPD; nomor telepon tidak dimuat dalam buku kerja ini.',
      value: (opd) => opd.contactName,
    },
    {
      key: 'contactTitle',
      heading: 'Jabatan PIC',
      width: 26,
      type: 'text',
      meaning: 'Jabatan penanggung jawab.',
      value: (opd) => opd.contactTitle,
    },
    {
      key: 'validFrom',
      heading: 'Berlaku Mulai',
      width: 15,
      type: 'date',
      meaning: 'Hari OPD mulai berlaku; kosong bila tidak dicatat.',
      value: (opd) => opd.validFrom,
    },
    {
      key: 'validUntil',
      heading: 'Berlaku Sampai',
      width: 15,
      type: 'date',
      meaning: 'Hari OPD berakhir karena digabung, dipecah, atau dihapus.',
      value: (opd) => opd.validUntil,
    },
    {
      key: 'endedBy',
      heading: 'Dasar Hukum Berakhirnya',
      width: 30,
      type: 'text',
      meaning: 'Peraturan yang mengakhiri OPD.',
      value: (opd) => opd.endedBy,
    },
    {
      key: 'successors',
      heading: 'Penerus',
      width: 34,
      type: 'text',
      meaning: 'OPD yang meneruskan tugas, kantor, aplikasi, dan usulannya; beberapa dipisah koma.',
      value: (opd) => joined(opd.successors),
    },
    {
      key: 'note',
      heading: 'Keterangan',
      width: 30,
      type: 'text',
      meaning: 'Catatan lain.',
      value: (opd) => opd.note,
    },
    {
      key: 'headName',
      heading: 'Nama Kepala',
      width: 26,
      type: 'text',
      meaning: 'Nama kepala OPD.',
      value: (opd) => opd.headName,
    },
    {
      key: 'saysNone',
      heading: 'Dinyatakan Tidak Ada',
      width: 34,
      type: 'text',
      meaning:
        'Bagian data yang dinyatakan tidak dimiliki OPD, dengan hari pernyataannya; itu sudah merupakan jawaban.',
      value: (opd) =>
        joined(
          opd.saysNone.map((each) => `${label('opdPart', each.part)} (${format.date(each.asOf)})`),
        ),
    },
  ]
  return tableSheet({
    name: 'OPD',
    lede: 'Perangkat daerah yang didata.',
    columns: withOrigin(columns, (opd) => opd.example),
    rows: data.opds,
    frozenColumns: 3,
  })
}

export function dutySheet({ data, opd }: Source) {
  const columns: Column<ReportDuty>[] = [
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 15,
      type: 'text',
      meaning: 'Kode OPD pada lembar OPD.',
      value: (duty) => opd(duty.opdId).code,
    },
    {
      key: 'opd',
      heading: 'OPD',
      width: 40,
      type: 'text',
      meaning: 'Nama OPD.',
      value: (duty) => opd(duty.opdId).name,
    },
    {
      key: 'seq',
      heading: 'Urutan',
      width: 13,
      type: 'int',
      meaning: 'Urutan butir dalam tupoksi OPD.',
      value: (duty) => duty.seq,
    },
    {
      key: 'text',
      heading: 'Butir',
      width: 80,
      type: 'text',
      meaning: 'Satu butir tugas pokok dan fungsi.',
      value: (duty) => duty.text,
    },
    {
      key: 'legalBasis',
      heading: 'Dasar Hukum',
      width: 36,
      type: 'text',
      meaning: 'Peraturan yang memuat butir itu.',
      value: (duty) => duty.legalBasis,
    },
    {
      key: 'verified',
      heading: 'Terverifikasi',
      width: 13,
      type: 'text',
      meaning: 'Sudah dicocokkan dengan peraturannya atau belum.',
      allowed: ['Ya', 'Tidak'],
      value: (duty) => yesNo(duty.verified),
    },
  ]
  return tableSheet({
    name: 'Tupoksi',
    lede: 'Satu baris untuk satu butir tugas pokok dan fungsi.',
    columns: withOrigin(columns, (duty) => duty.example),
    rows: data.duties,
    frozenColumns: 2,
  })
}
