import { readFileSync, statSync } from 'node:fs'
import { UnusableList } from './table.ts'

/** Far above any list of a region; what is larger is another file. */
const largestMegabytes = 20

/**
 * The text of a list. A device or a pipe could go on without end, so that only a regular file is read.
 *
 * @throws UnusableList when it is no file, too large, cannot be read or is not UTF-8
 */
export function textOf(file: string): string {
  const bytes = bytesOf(file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UnusableList(`Berkas ${file} bukan UTF-8; simpan ulang sebagai “CSV UTF-8”.`)
  }
}

function bytesOf(file: string): Buffer {
  try {
    const stats = statSync(file)
    if (!stats.isFile()) throw new UnusableList(`${file} bukan berkas biasa.`)
    if (stats.size > largestMegabytes * 1_000_000) {
      throw new UnusableList(`Berkas ${file} lebih dari ${largestMegabytes} MB.`)
    }
    return readFileSync(file)
  } catch (error) {
    if (error instanceof UnusableList) throw error
    throw new UnusableList(`Berkas ${file} tidak dapat dibaca.`)
  }
}
