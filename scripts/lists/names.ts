import { fold } from '../../src/domain/text.ts'

/** Words that one writes out and another does not, as they stand in a folded name. */
const expansions: Record<string, string> = {
  din: 'dinas',
  dis: 'dinas',
  kec: 'kecamatan',
  kel: 'kelurahan',
  bag: 'bagian',
  sek: 'sekretariat',
  diskominfo: 'dinas komunikasi informatika',
  dinkominfo: 'dinas komunikasi informatika',
  kominfo: 'komunikasi informatika',
  dinkes: 'dinas kesehatan',
  dinsos: 'dinas sosial',
  dishub: 'dinas perhubungan',
  dispar: 'dinas pariwisata',
  disparbud: 'dinas pariwisata kebudayaan',
  disdukcapil: 'dinas kependudukan pencatatan sipil',
  dukcapil: 'kependudukan pencatatan sipil',
  dlh: 'dinas lingkungan hidup',
  dpmd: 'dinas pemberdayaan masyarakat desa',
  dpmptsp: 'dinas penanaman modal pelayanan terpadu satu pintu',
  dpupr: 'dinas pekerjaan umum penataan ruang',
  pupr: 'pekerjaan umum penataan ruang',
  pu: 'pekerjaan umum',
  pr: 'penataan ruang',
  esdm: 'energi sumber daya mineral',
  sdm: 'sumber daya manusia',
  ukm: 'usaha kecil menengah',
  kb: 'keluarga berencana',
  satpol: 'satuan polisi',
  satpolpp: 'satuan polisi pamong praja',
  pp: 'pamong praja',
  setda: 'sekretariat daerah',
  setwan: 'sekretariat dprd',
  bappeda: 'badan perencanaan pembangunan daerah',
  bapenda: 'badan pendapatan daerah',
  bkd: 'badan kepegawaian daerah',
  bpkad: 'badan pengelolaan keuangan aset daerah',
  bpbd: 'badan penanggulangan bencana daerah',
  bpsdm: 'badan pengembangan sumber daya manusia',
  kesbangpol: 'kesatuan bangsa politik',
  rsud: 'rumah sakit umum daerah',
  perlindungan: 'pelindungan',
}

export type KnownName = { id: number; name: string }
export type Found =
  | { how: 'same' | 'spelling'; opd: KnownName }
  | { how: 'several'; opds: readonly KnownName[] }

/**
 * The OPD there are, found by however their names are spelt: first letter by letter after folding
 * (names, short names, recorded spellings), then with the usual abbreviations written out, without
 * "dan" and without the region's name at the end.
 */
export class OpdNames {
  #same = new Map<string, KnownName[]>()
  #spelt = new Map<string, KnownName[]>()

  add(opd: KnownName, spelling: string): void {
    addTo(this.#same, fold(spelling), opd)
    addTo(this.#spelt, writtenOut(spelling), opd)
  }

  find(name: string): Found | undefined {
    const same = this.#same.get(fold(name))
    if (same?.[0]) return one('same', same)
    const spelt = this.#spelt.get(writtenOut(name))
    return spelt?.[0] && one('spelling', spelt)
  }
}

function one(how: 'same' | 'spelling', opds: readonly KnownName[]): Found | undefined {
  const [first, ...more] = opds
  if (!first) return undefined
  return more.length > 0 ? { how: 'several', opds } : { how, opd: first }
}

function addTo(map: Map<string, KnownName[]>, key: string, opd: KnownName): void {
  const known = map.get(key) ?? []
  if (!known.some((each) => each.id === opd.id)) map.set(key, [...known, opd])
}

const regionWords = new Set(['kabupaten', 'kab', 'provinsi', 'prov'])

function writtenOut(name: string): string {
  const words = fold(name).split(' ')
  const region = words.findIndex((word, n) => n > 0 && regionWords.has(word))
  const own = region > 0 && region < words.length - 1 ? words.slice(0, region) : words
  return own
    .flatMap((word) => (expansions[word] ?? word).split(' '))
    .filter((word, n, all) => word !== 'dan' && word !== all[n - 1])
    .join(' ')
}
