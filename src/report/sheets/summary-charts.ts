import { lists } from '../../domain/words.ts'
import { type Bar, type Chart, heightOfChart, svgOf, type Tone } from '../charts.ts'
import { districtFigures } from '../districts.ts'
import { type Figures, type OpdInternet, type StandingCode, standings } from '../figures.ts'
import type { Picture, Row } from '../layout.ts'
import type { Source } from './context.ts'
import { noDistrict } from './districts.ts'
import { opdInternetWords } from './recap.ts'

/** A drawing, and the sentence that may be pasted under it. */
export type Told = { chart: Chart; sentence: string }

const width = 604
const columnsEach = 6
const pointsPerPixel = 0.75
/** Drawings, sentences, room. */
const rowsOfPair = 3

/**
 * The charts two beside each other, each above its sentence; a block of rows for each pair.
 *
 * @param above how many rows stand above them on the sheet
 */
export function chartRows(
  charts: readonly Told[],
  above: number,
): { blocks: Row[][]; pictures: Picture[] } {
  const blocks: Row[][] = []
  const pictures: Picture[] = []
  for (let at = 0; at < charts.length; at += 2) {
    const pair = charts.slice(at, at + 2)
    const height = Math.max(...pair.map(({ chart }) => heightOfChart(chart)))
    for (const [side, { chart, sentence }] of pair.entries()) {
      pictures.push({
        name: chart.title,
        about: `Grafik. ${sentence}`,
        column: side * columnsEach,
        row: above + blocks.length * rowsOfPair,
        width,
        height,
        image: { type: 'svg', source: svgOf(chart, { width, height }) },
      })
    }
    blocks.push([
      { pieces: [], height: (height + 8) * pointsPerPixel },
      {
        pieces: pair.map(({ sentence }) => ({
          value: sentence,
          look: 'coverText',
          span: columnsEach,
        })),
      },
      { pieces: [], height: 6 },
    ])
  }
  return { blocks, pictures }
}

/** Every chart of the summary, from the figures that its tables show. */
export function summaryCharts(source: Source, found: Figures): Told[] {
  return [
    internet(found),
    devices(source, found),
    applications(source, found),
    ways(source, found),
    outcomes(source, found),
    firstTen(source, found),
    districts(source),
    costs(source, found),
  ]
}

const tones: Record<OpdInternet, Tone> = {
  all: 'strong',
  some: 'middle',
  none: 'light',
  unrecorded: 'open',
}

function internet({ opds, opdsByInternet: by }: Figures): Told {
  const names = Object.keys(opdInternetWords) as OpdInternet[]
  return {
    chart: chartOf(
      'Internet per OPD',
      names.map((code) => ({
        label: code === 'none' ? 'Tidak satu pun lokasi' : opdInternetWords[code],
        parts: [{ tone: tones[code], value: by[code] }],
        text: `${by[code]} dari ${opds} OPD`,
      })),
      { full: Math.max(1, opds), note: 'Internet terbatas ikut dihitung sebagai berinternet.' },
    ),
    sentence:
      opds === 0
        ? 'Belum ada OPD yang dicatat.'
        : `Dari ${opds} OPD, ${by.all} berinternet di seluruh lokasinya, ${by.some} di sebagian lokasi, ${by.none} tidak di satu lokasi pun, dan ${by.unrecorded} belum didata.`,
  }
}

function devices({ format, label }: Source, { devices: by }: Figures): Told {
  const all = by.good + by.minor + by.major
  const share = (n: number) => (all === 0 ? '' : ` (${format.percent(n / all)})`)
  const tone = { good: 'strong', minor: 'middle', major: 'light' } as const
  return {
    chart: chartOf(
      'Perangkat menurut kondisi',
      lists.deviceCondition.map((code) => ({
        label: label('deviceCondition', code),
        parts: [{ tone: tone[code], value: by[code] }],
        text: `${format.number(by[code])} unit${share(by[code])}`,
      })),
    ),
    sentence:
      all === 0
        ? 'Belum ada perangkat yang didata.'
        : `Dari ${format.number(all)} perangkat yang didata, ${format.number(by.good)} baik${share(by.good)}, ${format.number(by.minor)} rusak ringan${share(by.minor)}, dan ${format.number(by.major)} rusak berat${share(by.major)}.`,
  }
}

function applications({ label, format }: Source, { applicationsByUse: by }: Figures): Told {
  const codes = [...lists.appUse, 'unrecorded'] as const
  const shown = codes.filter((code) => code !== 'unrecorded' || by.unrecorded > 0)
  const nameOf = (code: (typeof codes)[number]) =>
    code === 'unrecorded' ? 'Belum diisi' : label('appUse', code)
  const all = codes.reduce((sum, code) => sum + by[code], 0)
  return {
    chart: chartOf(
      'Aplikasi yang ada menurut pemakaian',
      shown.map((code) =>
        single(nameOf(code), by[code], `${by[code]} aplikasi`, code === 'unrecorded'),
      ),
    ),
    sentence:
      all === 0
        ? 'Belum ada aplikasi yang dicatat.'
        : `Dari ${format.number(all)} aplikasi yang ada, ${listed(shown.map((code) => [nameOf(code), by[code]]))}.`,
  }
}

function outcomes(source: Source, found: Figures): Told {
  const by = found.byStanding
  const shown = standings.filter((code) => by[code] > 0)
  const name = (code: StandingCode) => standingWord(source, code)
  return {
    chart: chartOf(
      'Usulan menurut kedudukan',
      shown.map((code) => single(name(code), by[code], `${by[code]} usulan`, !isOutcome(code))),
      shown.length === 0 ? {} : { note: 'Batang putih: belum ada penetapan.' },
    ),
    sentence:
      found.proposals === 0
        ? 'Belum ada usulan yang diajukan.'
        : `Dari ${found.proposals} usulan yang diajukan, ${listed(shown.map((code) => [name(code), by[code]]))}.`,
  }
}

/** How a standing is called: the outcome of the decision, else the state of the proposal. */
export function standingWord({ label }: Source, code: StandingCode): string {
  return isOutcome(code) ? label('outcome', code) : label('proposalState', code)
}

function isOutcome(code: string): boolean {
  return (lists.outcome as readonly string[]).includes(code)
}

function ways({ label }: Source, { byWay: by, proposals }: Figures): Told {
  const codes = [...lists.way, 'unrecorded'] as const
  const shown = codes.filter((code) => code !== 'unrecorded' || by.unrecorded > 0)
  const nameOf = (code: (typeof codes)[number]) =>
    code === 'unrecorded' ? 'Belum diisi' : label('way', code)
  return {
    chart: chartOf(
      'Usulan menurut cara pemenuhan',
      shown.map((code) =>
        single(nameOf(code), by[code], `${by[code]} usulan`, code === 'unrecorded'),
      ),
    ),
    sentence:
      proposals === 0
        ? 'Belum ada usulan yang diajukan.'
        : `Menurut cara pemenuhannya, dari ${proposals} usulan ${listed(shown.map((code) => [nameOf(code), by[code]]))}.`,
  }
}

function costs({ data, format }: Source, { phases }: Figures): Told {
  const uncounted = phases.reduce((sum, each) => sum + each.uncounted, 0)
  const without = `${uncounted} usulan belum ada perkiraan biaya`
  const named = phases.map((each) => {
    const name = data.plan.phases.find((phase) => phase.id === each.phaseId)?.name ?? ''
    const [low, high] = [inMillions(each.usedLow, format), inMillions(each.used, format)]
    return { ...each, name, range: low === high ? low : `${low}–${high}` }
  })
  return {
    chart: chartOf(
      'Biaya menurut tahap, terendah sampai tertinggi (juta rupiah)',
      named.map(({ name, usedLow, used, range }) => ({
        label: name,
        parts: [
          { tone: 'strong', value: usedLow },
          { tone: 'light', value: used - usedLow },
        ],
        text: range,
      })),
      {
        note: phases.length === 0 ? '' : `${without}, tidak ikut dijumlahkan.`,
        legend:
          phases.length === 0
            ? []
            : [
                { tone: 'strong', text: 'Perkiraan terendah' },
                { tone: 'light', text: 'Sampai perkiraan tertinggi' },
              ],
      },
    ),
    sentence:
      phases.length === 0
        ? 'Belum ada tahap.'
        : `Perkiraan biaya menurut tahap, dalam juta rupiah: ${named.map((each) => `${each.name} ${each.range}`).join('; ')}; ${without}.`,
  }
}

function inMillions(rupiah: number, format: Source['format']): string {
  return format.number(Math.round(rupiah / 1_000_000))
}

const most = 10

function firstTen({ proposal, format }: Source, { first, ranked }: Figures): Told {
  const shown = first.slice(0, most)
  const titles = shown.slice(0, 3).map((each) => proposal(each.proposalId)?.title ?? '')
  const rest = first.length - shown.length
  return {
    chart: chartOf(
      'Sepuluh usulan teratas menurut skor',
      shown.map((each) => ({
        label: `${each.rank ?? ''}. ${proposal(each.proposalId)?.title ?? ''}`,
        parts: [{ tone: 'strong', value: each.score ?? 0 }],
        text: format.decimal(each.score, 2),
      })),
      {
        full: 100,
        note:
          rest > 0
            ? `${rest} usulan lain berperingkat sama dengan yang kesepuluh; lihat tabel.`
            : '',
      },
    ),
    sentence:
      shown.length === 0
        ? 'Belum ada usulan yang lengkap dinilai.'
        : `Dari ${ranked} usulan yang lengkap dinilai, skor tertinggi ${format.decimal(shown[0]?.score ?? 0, 2)} dari 100; teratas ${titles.join('; ')}.`,
  }
}

function districts({ data }: Source): Told {
  const all = districtFigures(data).filter((each) => each.locations > 0)
  const total = all.reduce((sum, each) => sum + each.locations, 0)
  const connected = all.reduce((sum, each) => sum + each.connected, 0)
  const without = all.filter((each) => each.district !== null && each.connected === 0)
  return {
    chart: chartOf(
      'Internet di lokasi menurut kecamatan',
      all.map((each) => ({
        label: each.district ?? noDistrict,
        parts: [
          { tone: 'strong', value: each.connected },
          { tone: 'light', value: each.unconnected },
          { tone: 'open', value: each.unrecorded },
        ],
        text: `${each.connected} dari ${each.locations} lokasi`,
      })),
      {
        legend: [
          { tone: 'strong', text: 'Berinternet' },
          { tone: 'light', text: 'Tidak ada' },
          { tone: 'open', text: 'Belum didata' },
        ],
      },
    ),
    sentence:
      total === 0
        ? 'Belum ada lokasi yang dicatat.'
        : `Internet ada di ${connected} dari ${total} lokasi${without.length > 0 ? `; belum ada satu pun di Kecamatan ${without.map((each) => each.district).join(', ')}` : ''}.`,
  }
}

function chartOf(title: string, bars: Bar[], more: Partial<Chart> = {}): Chart {
  return { title, note: '', legend: [], bars, ...more }
}

function single(label: string, value: number, text: string, isOpen: boolean): Bar {
  return { label, parts: [{ tone: isOpen ? 'open' : 'strong', value }], text }
}

/** `3 ditetapkan, 2 ditunda, dan 1 ditolak`; what there is none of is left out. */
function listed(counts: readonly (readonly [name: string, n: number])[]): string {
  const texts = counts.filter(([, n]) => n > 0).map(([name, n]) => `${n} ${lowered(name)}`)
  const last = texts.pop() ?? ''
  if (texts.length === 0) return last
  return `${texts.join(', ')}${texts.length > 1 ? ',' : ''} dan ${last}`
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
