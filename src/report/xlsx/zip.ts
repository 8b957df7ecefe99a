import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

/** A file inside the zip; its content is asked for when its turn comes. */
export type Part = { path: string; content: Iterable<string | Uint8Array> }

const blockSize = 64 * 1024
const compressionLevel = 4

/**
 * Writes a zip file part by part: of no part more than some blocks are in memory, because nothing is
 * made before the disk has taken what came before it.
 *
 * @param file a path at which nothing may be yet
 * @param now written as the time of every part
 * @throws Error when the file exists, cannot be written, or a part cannot be made
 */
export async function writeZip(file: string, parts: Iterable<Part>, now: Date): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  const zip = new ZipFile()
  const packed = zip.outputStream as Readable
  const fail = (error: Error) => packed.destroy(error)
  zip.on('error', fail)
  for (const { path, content } of parts) {
    zip.addReadStreamLazy(path, { mtime: now, compressionLevel }, (take) => {
      take(null, Readable.from(blocksOf(content), { highWaterMark: 1 }).on('error', fail))
    })
  }
  zip.end()
  await pipeline(packed, handle.createWriteStream())
}

/** Small texts together, so that not every row is a step of its own. */
function* blocksOf(content: Part['content']): Generator<Uint8Array> {
  let text = ''
  for (const piece of content) {
    if (typeof piece !== 'string') {
      yield piece
      continue
    }
    text += piece
    if (text.length < blockSize) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}
