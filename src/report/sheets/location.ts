import type { ReportLocation } from '../data.ts'
import { goodComputersOf, internetOf } from '../figures.ts'
import { type Column, tableSheet } from '../layout.ts'
import { type Source, unrecorded, withOrigin, yesNo } from './context.ts'
import type { ComputerCells } from './device.ts'

export function locationSheet({ data, opd, label, words }: Source, computerCells: ComputerCells) {
  const computers = goodComputersOf(data)
  const internet = internetOf(data)
  const columns: Column<ReportLocation>[] = [
    {
      key: 'code',
      heading: 'Kode OPD',
      width: 12,
      type: 'text',
      meaning: 'Kode OPD pada lembar OPD.',
      value: (row) => opd(row.opdId).code,
    },
    {
      key: 'opd',
      heading: 'OPD',
      width: 26,
      type: 'text',
      meaning: 'Nama OPD.',
      value: (row) => opd(row.opdId).name,
    },
    {
      key: 'name',
      heading: 'Lokasi',
      width: 24,
      type: 'text',
      meaning: 'Nama kantor atau tempat pelayanan.',
      value: (row) => row.name,
    },
    {
      key: 'kind',
      heading: 'Jenis',
      width: 14,
      type: 'text',
      meaning: 'Jenis lokasi.',
      allowed: words('locationKind'),
      value: (row) => label('locationKind', row.kind),
    },
    {
      key: 'district',
      heading: 'Kecamatan',
      width: 14,
      type: 'text',
      meaning: 'Kecamatan tempat lokasi berada.',
      value: (row) => row.district,
    },
    {
      key: 'address',
      heading: 'Alamat',
      width: 24,
      type: 'text',
      meaning: 'Alamat lokasi.',
      value: (row) => row.address,
    },
    {
      key: 'signal',
      heading: 'Sinyal Seluler',
      width: 10,
      type: 'text',
      meaning: 'Sinyal seluler terbaik di lokasi.',
      allowed: words('signal'),
      value: (row) => label('signal', row.signal) || null,
    },
    {
      key: 'power',
      heading: 'Listrik',
      width: 11,
      type: 'text',
      meaning: 'Ketersediaan listrik.',
      allowed: words('power'),
      value: (row) => label('power', row.power) || null,
    },
    {
      key: 'powerOutHours',
      heading: 'Padam (jam/minggu)',
      width: 11,
      type: 'decimal',
      meaning: 'Lama listrik padam rata-rata.',
      unit: 'jam per minggu',
      value: (row) => row.powerOutHours,
    },
    {
      key: 'serverRoom',
      heading: 'Ruang Server',
      width: 9,
      type: 'text',
      meaning: 'Lokasi memiliki ruang server.',
      allowed: ['Ya', 'Tidak'],
      value: (row) => yesNo(row.serverRoom),
    },
    {
      key: 'computerUsers',
      heading: 'Pengguna Komputer',
      width: 11,
      type: 'int',
      meaning: 'Pegawai di lokasi ini yang bekerja dengan komputer.',
      unit: 'orang',
      value: (row) => row.computerUsers,
    },
    {
      key: 'note',
      heading: 'Keterangan',
      width: 18,
      type: 'text',
      meaning: 'Catatan lain.',
      value: (row) => row.note,
    },
    {
      key: 'internet',
      heading: 'Akses Internet',
      width: 12,
      type: 'text',
      meaning: 'Keadaan terbaik dari semua sambungan di lokasi ini, menurut lembar Akses Internet.',
      allowed: [...words('internet'), unrecorded],
      computed: true,
      value: (row) => label('internet', internet(row.id)) || unrecorded,
    },
    {
      key: 'computers',
      heading: 'PC dan Laptop Baik',
      width: 11,
      type: 'int',
      meaning:
        'PC dan laptop baik di lokasi itu menurut lembar Perangkat; kosong bila belum didata.',
      unit: 'unit',
      computed: true,
      value: ({ id }) => {
        const cells = computerCells(id)
        if (cells === undefined) return null
        return cells.length === 0 ? 0 : { formula: cells.join('+'), result: computers(id) ?? 0 }
      },
    },
  ]
  return tableSheet({
    name: 'Lokasi',
    lede: 'Kantor dan tempat pelayanan setiap OPD.',
    columns: withOrigin(columns, (row) => row.example),
    rows: data.locations,
    frozenColumns: 3,
  })
}
