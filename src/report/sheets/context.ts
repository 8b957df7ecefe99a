import { grouped } from '../../domain/grouping.ts'
import { type ListName, lists } from '../../domain/words.ts'
import { type Format, formatFor } from '../../i18n/format.ts'
import { type Translate, translator } from '../../i18n/translate.ts'
import type { ReportData, ReportLocation, ReportOpd, ReportProposal } from '../data.ts'
import type { Column } from '../layout.ts'

/** What every sheet is handed: the value, and the words to show it in. */
export type Source = {
  data: ReportData
  t: Translate
  format: Format
  /** The words of a list, for Kamus Data. */
  words: (list: ListName) => string[]
  label: Translate['label']
  opd: (id: number) => Pick<ReportOpd, 'code' | 'name'>
  location: (id: number) => ReportLocation | undefined
  proposal: (id: number) => ReportProposal | undefined
  /** A session by its day, and by its title too where another one was held that day; null = none. */
  session: (id: number | null) => string | null
  /** Assessors by name, or only by number. */
  internal: boolean
}

export function sourceOf(data: ReportData, internal: boolean): Source {
  const { government } = data
  const t = translator('id', {
    dinas: government.officeShort,
    kepala_daerah: government.headTitle,
  })
  const opds = new Map(data.opds.map((each) => [each.id, each]))
  const locations = new Map(data.locations.map((each) => [each.id, each]))
  const proposals = new Map(data.proposals.map((each) => [each.id, each]))
  const format = formatFor('id', government.timeZone)
  const onDay = grouped(data.sessions, (each) => each.heldOn)
  const sessions = new Map(
    data.sessions.map(({ id, title, heldOn }) => {
      const day = format.date(heldOn)
      return [id, onDay.get(heldOn)?.length === 1 ? day : `${day}, ${title}`]
    }),
  )
  return {
    data,
    t,
    format,
    words: (list) => lists[list].map((code) => t.label(list, code)),
    label: t.label,
    opd: (id) => opds.get(id) ?? { code: '', name: '' },
    location: (id) => locations.get(id),
    proposal: (id) => proposals.get(id),
    session: (id) => sessions.get(id ?? 0) ?? null,
    internal,
  }
}

/** Several answers in one cell; empty = nothing recorded. */
export function joined(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : texts.join(', ')
}

export function mbps(kbps: number | null): number | null {
  return kbps === null ? null : kbps / 1000
}

export function yesNo(flag: number | null): string | null {
  return flag === null ? null : flag === 1 ? 'Ya' : 'Tidak'
}

/** How sessions are told in a column. */
export const bySession =
  'Tanggal sesi tempat data dicatat, dengan judulnya bila pada hari itu ada beberapa sesi; rinciannya pada lembar FGD.'

/** The session in which a record was written down. */
export function sessionColumn<T>(
  { session }: Source,
  sessionIdOf: (row: T) => number | null,
): Column<T> {
  return {
    key: 'session',
    heading: 'Sesi FGD',
    width: 20,
    type: 'text',
    meaning: `${bySession} Kosong bila tidak dicatat dalam sesi.`,
    fields: ['fgdSessionId'],
    value: (row) => session(sessionIdOf(row)),
  }
}

/** How much of a record is an example, in a word; null = none of it. */
export function exampleWord(example: string | null | undefined): string | null {
  if (!example) return null
  return example === '*' ? 'contoh' : 'sebagian data contoh'
}

/** The column that tells example data from real data; stands last, so it knows the others. */
export function withOrigin<T>(
  columns: readonly Column<T>[],
  exampleOf: (row: T) => string | null,
): Column<T>[] {
  return [
    ...columns,
    {
      key: 'origin',
      heading: 'Sumber Data',
      width: 18,
      type: 'text',
      meaning:
        'Kosong bila data nyata; "contoh" bila seluruh baris adalah contoh; bila hanya sebagian, kolomnya disebut.',
      value: (row) => originOf(exampleOf(row), columns),
    },
  ]
}

function originOf<T>(example: string | null, columns: readonly Column<T>[]): string | null {
  if (!example) return null
  if (example === '*') return 'contoh'
  const fields = example.split(/[\s,]+/).filter((field) => field !== '')
  const headings = fields.map(
    (field) =>
      columns.find((column) => column.key === field || column.fields?.includes(field))?.heading,
  )
  const known = [...new Set(headings.filter((heading) => heading !== undefined))]
  return known.length === 0 ? null : `contoh: ${known.join(', ')}`
}

/** The last day of an OPD that has ended, and who goes on; null for one that stands. */
export function endedText(opd: ReportOpd, format: Format): string | null {
  if (!opd.ended) return null
  const { validUntil, successors } = opd
  return [
    format.date(validUntil),
    successors.length > 0 && `diteruskan oleh ${successors.join(', ')}`,
  ]
    .filter((text) => text)
    .join('; ')
}

/** What a cell says of what nobody asked about. */
export const unrecorded = 'Belum didata'

/** Good computers by the people who work with one; empty without people. */
export function ratioOf(computers: string, users: string): string {
  return `IF(N(${users})>0,${computers}/${users},"")`
}

export function ratio(computers: number, users: number): number | string {
  return users > 0 ? computers / users : ''
}
