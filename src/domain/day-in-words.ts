import { isDay } from './calendar.ts'

/**
 * Days and numbers as an Indonesian official record writes them out. The words are Indonesian
 * whatever the language of the screen: they stand on Indonesian papers only.
 */

const days = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu']
const months = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
]
const small = [
  'nol',
  'satu',
  'dua',
  'tiga',
  'empat',
  'lima',
  'enam',
  'tujuh',
  'delapan',
  'sembilan',
  'sepuluh',
  'sebelas',
]

/**
 * A whole number from 0 to 9999 in words: 2018 is "dua ribu delapan belas".
 * @throws RangeError for any other number
 */
export function numberInWords(n: number): string {
  if (!Number.isInteger(n) || n < 0 || n > 9999) throw new RangeError(`not in words: ${n}`)
  if (n < 12) return small[n] ?? ''
  if (n < 20) return `${numberInWords(n - 10)} belas`
  if (n < 100) return joined(`${numberInWords(Math.floor(n / 10))} puluh`, n % 10)
  if (n < 200) return joined('seratus', n - 100)
  if (n < 1000) return joined(`${numberInWords(Math.floor(n / 100))} ratus`, n % 100)
  if (n < 2000) return joined('seribu', n - 1000)
  return joined(`${numberInWords(Math.floor(n / 1000))} ribu`, n % 1000)
}

function joined(words: string, rest: number): string {
  return rest === 0 ? words : `${words} ${numberInWords(rest)}`
}

/**
 * A stored day as the opening of a record has it: `2018-09-14` is "Jumat, tanggal empat belas bulan
 * September tahun dua ribu delapan belas".
 * @throws RangeError if there is no such day
 */
export function dayInWords(day: string): string {
  if (!isDay(day)) throw new RangeError(`no such day: ${day}`)
  const date = new Date(`${day}T00:00:00.000Z`)
  const weekday = days[date.getUTCDay()]
  const ofMonth = numberInWords(date.getUTCDate())
  const month = months[date.getUTCMonth()]
  return `${weekday}, tanggal ${ofMonth} bulan ${month} tahun ${numberInWords(date.getUTCFullYear())}`
}
