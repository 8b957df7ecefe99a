import { round9 } from '../../domain/ranking.ts'
import { type Code, lists } from '../../domain/words.ts'
import type { MessageKey } from '../../i18n/translate.ts'
import type { ReportDecision, ReportStanding } from '../data.ts'
import { type Cell, type Column, tableSheet } from '../layout.ts'
import { joined, type Source, sessionColumn, withOrigin } from './context.ts'
import { standingText } from './proposal.ts'
import { ratingState, type ScoreCells } from './scores.ts'

/** The columns that whoever decides reads: they fill the first printed page. */
const read: ReadonlySet<string> = new Set([
  ...['no', 'number', 'title', 'opd', 'score', 'rank'],
  ...lists.checkName,
  ...['outcome', 'plan'],
])

/** The order of the computation beside the officials' decisions. */
export function matrixSheet(source: Source, scores: ScoreCells) {
  const { data, proposal } = source
  const rows = data.assessment.standings
  const columns = [
    ...subject(source),
    ...computed(source, scores, rows.length),
    ...checks(source),
    ...decisions(source),
    ...basis(source),
  ].toSorted((a, b) => Number(read.has(b.key)) - Number(read.has(a.key)))
  return tableSheet({
    name: 'Matriks Prioritas',
    lede: 'Peringkat hitungan di samping penetapan. Hanya usulan yang lengkap dinilai yang diperingkat; yang lain di bawahnya.',
    columns: withOrigin(columns, (row) => proposal(row.proposalId)?.example ?? null),
    rows,
    frozenColumns: 3,
  })
}

function subject({ proposal, opd }: Source): Column<ReportStanding>[] {
  return [
    {
      key: 'no',
      heading: 'No',
      width: 5,
      type: 'int',
      meaning: 'Nomor urut.',
      value: (_, { index }) => index + 1,
    },
    {
      key: 'number',
      heading: 'Nomor',
      width: 13,
      type: 'text',
      meaning: 'Nomor usulan pada lembar Usulan Aplikasi.',
      value: (row) => proposal(row.proposalId)?.number ?? null,
    },
    {
      key: 'title',
      heading: 'Usulan',
      width: 34,
      type: 'text',
      meaning: 'Nama usulan.',
      value: (row) => proposal(row.proposalId)?.title ?? null,
    },
    {
      key: 'opd',
      heading: 'OPD',
      width: 24,
      type: 'text',
      meaning: 'OPD pengusul.',
      fields: ['opdId'],
      value: (row) => opd(proposal(row.proposalId)?.opdId ?? 0).name,
    },
  ]
}

function computed(source: Source, scores: ScoreCells, count: number): Column<ReportStanding>[] {
  return [
    {
      key: 'score',
      heading: 'Skor',
      width: 9,
      type: 'score',
      meaning: 'Skor dari lembar Penilaian.',
      unit: '0–100',
      computed: true,
      value: (row) => {
        const cell = scores(row.proposalId)
        return cell ? { formula: cell, result: row.score ?? '' } : null
      },
    },
    {
      key: 'rank',
      heading: 'Peringkat Hitungan',
      width: 12,
      type: 'int',
      meaning:
        'Urutan skor di antara usulan yang diperingkat; skor sama, peringkat sama (1, 2, 2, 4).',
      computed: true,
      value: (row, { of, row: at, index }) => {
        const cell = of('basis')
        const letter = cell.replace(/\d+$/, '')
        const range = `$${letter}$${at - index}:$${letter}$${at - index + Math.max(1, count) - 1}`
        return {
          formula: `IF(ISNUMBER(${cell}),RANK(${cell},${range}),"")`,
          result: row.rank ?? '',
        }
      },
    },
    {
      key: 'state',
      heading: 'Keadaan Penilaian',
      width: 18,
      type: 'text',
      meaning: 'Lengkap, sementara, belum lengkap, atau belum dinilai, dengan jumlahnya.',
      computed: true,
      value: (row) => ratingState(source, row),
    },
  ]
}

function checks({ label, words, t, format }: Source): Column<ReportStanding>[] {
  const columns = lists.checkName.map(
    (name): Column<ReportStanding> => ({
      key: name,
      heading: label('checkName', name),
      width: 13,
      type: 'text',
      meaning: 'Pemeriksaan syarat; berdiri di samping skor dan tidak mengubahnya.',
      allowed: words('checkResult'),
      value: (row) => (row.checks ? label('checkResult', row.checks[name].result) : null),
    }),
  )
  const say = ({ checks }: ReportStanding): Cell => {
    if (!checks) return null
    const texts = lists.checkName
      .map((name) => checks[name])
      .filter((check) => check.result !== 'met')
      .map(({ key, params, note }) => {
        const { tanggal: day, dasar_hukum: basis } = params
        const told = {
          ...params,
          ...(day !== undefined && { tanggal: format.date(String(day)) }),
          ...(basis === '' && { dasar_hukum: t('ranking.dutyBasis') }),
        }
        const text = t.message({ key: key as MessageKey, params: told })
        return note ? `${text} (${note})` : text
      })
    return texts.length === 0 ? null : texts.join('\n')
  }
  return [
    ...columns,
    {
      key: 'checkNote',
      heading: 'Catatan Pemeriksaan',
      width: 74,
      type: 'text',
      meaning: 'Apa yang belum terpenuhi atau perlu diperiksa, dan cara melengkapinya.',
      value: say,
    },
    {
      key: 'checkedBy',
      heading: 'Pemeriksa',
      width: 36,
      type: 'text',
      meaning:
        'Siapa yang memeriksa syarat yang sudah diputuskan orang, kapan, dan apa yang dibandingkan.',
      value: ({ checks }) =>
        checks &&
        joined(
          lists.checkName.flatMap((name) => {
            const { settled } = checks[name]
            if (!settled) return []
            const { by, on, about } = settled
            const compared = about === null ? '' : `, dibandingkan dengan ${about}`
            return `${label('checkName', name)}: ${by}, ${format.date(on)}${compared}`
          }),
        ),
    },
  ]
}

function decisions(source: Source): Column<ReportStanding>[] {
  const { data, label, words, proposal } = source
  const decided = (
    key: string,
    heading: string,
    width: number,
    meaning: string,
    value: (decision: ReportDecision) => Cell,
    more: Partial<Column<ReportStanding>> = {},
  ): Column<ReportStanding> => ({
    key,
    heading,
    width,
    type: 'text',
    meaning,
    ...more,
    value: (row) => {
      const decision = proposal(row.proposalId)?.decision
      return decision ? value(decision) : null
    },
  })
  const phases = new Map(data.plan.phases.map((each) => [each.id, each.name]))
  return [
    decided(
      'outcome',
      'Penetapan',
      15,
      'Hasil penetapan yang berlaku; kosong berarti belum ditetapkan.',
      (decision) => label('outcome', decision.outcome),
      { allowed: words('outcome') },
    ),
    decided(
      'place',
      'Urutan Penetapan',
      11,
      'Urutan di dalam tahap, bila ditetapkan.',
      (decision) => decision.place,
      {
        type: 'int',
      },
    ),
    decided(
      'level',
      'Tingkat Penetapan',
      22,
      'Pada tingkat mana ditetapkan.',
      (decision) => label('decisionLevel', decision.level),
      { allowed: words('decisionLevel') },
    ),
    decided(
      'office',
      'Pejabat',
      30,
      'Jabatan dan nama yang menetapkan, sebagaimana tercatat.',
      (decision) =>
        joined([officeOf(source, decision), decision.decidedBy].filter((text) => text !== null)),
    ),
    decided(
      'decidedOn',
      'Tanggal Penetapan',
      13,
      'Hari penetapan.',
      (decision) => decision.decidedOn,
      {
        type: 'date',
      },
    ),
    decided('document', 'Dokumen', 22, 'Dokumen penetapan.', (decision) => decision.document),
    decided(
      'phase',
      'Tahap',
      15,
      'Tahap yang ditetapkan.',
      (decision) => phases.get(decision.phaseId ?? 0) ?? null,
    ),
    decided(
      'redirected',
      'Dialihkan ke',
      20,
      'Aplikasi yang dipakai, bila dialihkan.',
      (decision) =>
        joined([decision.national, decision.redirectTo].filter((text) => text !== null)),
    ),
    decided(
      'reason',
      'Alasan Penetapan',
      40,
      'Alasan sebagaimana tercatat.',
      (decision) => decision.reason,
    ),
    decided(
      'computedThen',
      'Peringkat Saat Ditetapkan',
      15,
      'Peringkat hitungan pada saat penetapan, atau "ditetapkan sebelum dinilai".',
      (decision) => decision.computedRank ?? 'Ditetapkan sebelum dinilai',
    ),
    decided(
      'lookAgainOn',
      'Ditinjau Lagi',
      13,
      'Hari usulan yang ditunda ditinjau lagi.',
      (decision) => decision.lookAgainOn,
      { type: 'date' },
    ),
    sessionColumn(source, (row) => proposal(row.proposalId)?.decision?.sessionId ?? null),
  ]
}

function officeOf({ label }: Source, { holdsAs, office }: ReportDecision): string {
  return holdsAs === 'definitif'
    ? office
    : `${label('holdsAs', holdsAs as Code<'holdsAs'>)} ${office}`
}

const groups = {
  ranked: 'Diperingkat',
  incomplete: 'Belum lengkap',
  aside: 'Di luar peringkat',
} as const

function basis(source: Source): Column<ReportStanding>[] {
  const { data, proposal } = source
  const phases = new Map(data.plan.phases.map((each) => [each.id, each.name]))
  const placed = new Map(data.plan.placements.map((each) => [each.proposalId, each.phaseId]))
  return [
    {
      key: 'plan',
      heading: 'Tahap pada Peta Jalan',
      width: 15,
      type: 'text',
      meaning: 'Tahap pada lembar Peta Jalan: yang ditetapkan, selain itu hasil hitungan.',
      computed: true,
      value: (row) => phases.get(placed.get(row.proposalId) ?? 0) ?? null,
    },
    {
      key: 'standing',
      heading: 'Keadaan',
      width: 18,
      type: 'text',
      meaning: 'Penetapan yang berlaku dengan tahapnya; bila belum ada, keadaan berkasnya.',
      computed: true,
      value: (row) => {
        const found = proposal(row.proposalId)
        return found ? standingText(source, found) : null
      },
    },
    {
      key: 'group',
      heading: 'Ikut Peringkat',
      width: 14,
      type: 'text',
      meaning:
        'Diperingkat bila lengkap dinilai; di luar peringkat bila digabung, ditarik, dikembalikan, dialihkan, atau tidak ditetapkan.',
      allowed: Object.values(groups),
      computed: true,
      value: (row) => groups[row.group],
    },
    {
      key: 'basis',
      heading: 'Skor yang Diperingkat',
      width: 14,
      type: 'score',
      meaning: 'Skor yang dibulatkan sampai 9 desimal, hanya bagi yang diperingkat.',
      computed: true,
      value: (row, { of }) => ({
        formula: `IF(${of('group')}="${groups.ranked}",ROUND(${of('score')},9),"")`,
        result: row.group === 'ranked' && row.score !== null ? round9(row.score) : '',
      }),
    },
  ]
}
