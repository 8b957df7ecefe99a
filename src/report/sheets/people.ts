import type { ReportPeople } from '../data.ts'
import { type Column, tableSheet } from '../layout.ts'
import { type Source, sessionColumn, withOrigin } from './context.ts'

export function peopleSheet(source: Source) {
  const { data, opd } = source
  const count = (
    key: 'pns' | 'pppk' | 'other' | 'computerUsers' | 'ictStaff' | 'ictTrained',
    heading: string,
    width: number,
    meaning: string,
  ): Column<ReportPeople> => ({
    key,
    heading,
    width,
    type: 'int',
    meaning: `${meaning} Kosong berarti belum didata, 0 berarti tidak ada.`,
    unit: 'orang',
    value: (row) => row[key],
  })
  const columns: Column<ReportPeople>[] = [
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
      width: 44,
      type: 'text',
      meaning: 'Nama OPD.',
      value: (row) => opd(row.opdId).name,
    },
    {
      key: 'asOf',
      heading: 'Tanggal Data',
      width: 15,
      type: 'date',
      meaning: 'Hari keadaan yang dicatat; yang dimuat adalah data terbaru.',
      value: (row) => row.asOf,
    },
    count('pns', 'PNS', 14, 'Pegawai negeri sipil.'),
    count('pppk', 'PPPK', 14, 'Pegawai pemerintah dengan perjanjian kerja.'),
    count('other', 'Non-ASN', 14, 'Pegawai selain ASN (honorer, kontrak).'),
    count('computerUsers', 'Pengguna Komputer', 14, 'Pegawai yang bekerja dengan komputer.'),
    count('ictStaff', 'SDM TIK', 14, 'Pegawai yang bertugas di bidang TIK.'),
    count('ictTrained', 'Terlatih', 14, 'SDM TIK yang pernah mengikuti pelatihan.'),
    sessionColumn(source, (row) => row.sessionId),
  ]
  return tableSheet({
    name: 'SDM TIK',
    lede: 'Pegawai dan tenaga TIK per OPD, data terbaru.',
    columns: withOrigin(columns, (row) => row.example),
    rows: data.people,
    frozenColumns: 2,
  })
}
