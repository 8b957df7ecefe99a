import { lists } from '../../domain/words.ts'
import { type DistrictFigures, districtFigures, isOpen } from '../districts.ts'
import type { Cell, ColumnType, Piece, Row, Table } from '../layout.ts'
import { type Source, unrecorded } from './context.ts'
import { paragraph } from './method.ts'
import { quoted } from './recap.ts'

export const noDistrict = 'Kecamatan belum diisi'

const head: [string, number][] = [
  ['Kecamatan', 3],
  ['Lokasi', 1],
  ['Berinternet', 1],
  ['Tanpa internet', 1],
  ['Belum didata', 1],
  ['PC dan laptop baik', 1],
  ['PC layak per pengguna', 1],
  ['Kebutuhan terbuka', 1],
  ['Biaya kebutuhan', 2],
]

/**
 * Infrastructure by district, each figure a formula on the sheets that hold the records.
 *
 * @param above how many rows stand above the headings: formulas take the name from their own row
 */
export function districtRows(
  source: Source,
  { locations, needs }: Record<'locations' | 'needs', Table>,
  above: number,
): Row[] {
  const all = districtFigures(source.data)
  const across = head.reduce((sum, [, span]) => sum + span, 0)
  if (all.length === 0) return [paragraph('Belum ada lokasi yang dicatat.', across)]
  const unknown = source.data.needs.filter((need) => isOpen(need) && need.cost === null).length
  const notes = [
    'Lokasi berinternet termasuk yang terbatas. PC layak per pengguna dihitung atas lokasi yang perangkat dan pengguna komputernya sudah didata. Kebutuhan terbuka: tercatat atau direncanakan.',
    ...(all.some((each) => each.district === null)
      ? [`"${noDistrict}" memuat pula kebutuhan yang tidak menyebut lokasi.`]
      : []),
    ...(unknown > 0
      ? [`${unknown} kebutuhan terbuka belum ada perkiraan biaya dan tidak dijumlahkan.`]
      : []),
  ]
  return [
    { pieces: head.map(([value, span]): Piece => ({ value, look: 'header', span })) },
    ...all.map((each, at) =>
      rowOf(source, each, { locations, needs, name: `$A${above + 2 + at}` }),
    ),
    paragraph(notes.join(' '), across),
  ]
}

function rowOf(
  { label }: Source,
  each: DistrictFigures,
  { locations, needs, name }: { locations: Table; needs: Table; name: string },
): Row {
  const { district } = each
  const isHere = (table: Table, first: string) => {
    const range = table.range('district')
    return district === null
      ? `--(${range}=""),--(${table.range(first)}<>"")`
      : `--EXACT(${range},${name})`
  }
  const here = isHere(locations, 'code')
  const needHere = isHere(needs, 'code')
  const internet = (texts: readonly string[]) =>
    `SUMPRODUCT(${here},--((${texts.map((text) => `${locations.range('internet')}=${quoted(text)}`).join(')+(')})>0))`
  const open = lists.needState
    .filter((state) => isOpen({ state }))
    .map((state) => label('needState', state))
  const isNeeded = `--((${open.map((text) => `${needs.range('state')}=${quoted(text)}`).join(')+(')})>0)`
  const computers = locations.range('computers')
  const users = locations.range('computerUsers')
  const usersHere = `SUMPRODUCT(${here},--ISNUMBER(${computers}),${users})`
  const cell = (
    formula: string,
    result: number | string,
    as: ColumnType = 'int',
    span = 1,
  ): Piece => ({
    value: { formula, result } satisfies Cell,
    as,
    look: 'computed',
    span,
  })
  return {
    pieces: [
      { value: district ?? noDistrict, look: 'body', span: 3 },
      cell(`SUMPRODUCT(${here},--(${locations.range('code')}<>""))`, each.locations),
      cell(internet([label('internet', 'yes'), label('internet', 'limited')]), each.connected),
      cell(internet([label('internet', 'no')]), each.unconnected),
      cell(internet([unrecorded]), each.unrecorded),
      cell(`SUMPRODUCT(${here},${computers})`, each.computers),
      cell(
        `IF(${usersHere}>0,SUMPRODUCT(${here},--ISNUMBER(${users}),${computers})/${usersHere},"")`,
        each.ratio ?? '',
        'score',
      ),
      cell(`SUMPRODUCT(${needHere},${isNeeded})`, each.openNeeds),
      cell(`SUMPRODUCT(${needHere},${isNeeded},${needs.range('cost')})`, each.needCost, 'money', 2),
    ],
  }
}
