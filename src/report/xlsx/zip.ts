import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'

/** A file inside the zip; its content is asked for when its turn comes. */
export type Part = { path: string; content: Iterable<string> | Uint8Array }

type Written = { name: Buffer; at: number; crc: number; size: number; packed: number }

const blockSize = 64 * 1024
/** Sizes and places are 32 bits wide: larger files would need another format. */
const largest = 0xffff_ffff

/**
 * Writes a zip file part by part: of no part more than some blocks are in memory, because nothing is
 * made before the disk has taken what came before it.
 *
 * @param file a path at which nothing may be yet
 * @param now written as the time of every part, UTC
 * @throws Error when the file exists, cannot be written, or would exceed 4 GB
 */
export async function writeZip(file: string, parts: Iterable<Part>, now: Date): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    const written: Written[] = []
    let at = 0
    for (const part of parts) {
      const entry = await writePart(handle, part, at, now)
      written.push(entry)
      at += localHeader(entry, now).length + entry.packed
    }
    const index = Buffer.concat(written.map((entry) => indexEntry(entry, now)))
    await put(handle, Buffer.concat([index, ending(written.length, index.length, at)]), at)
  } finally {
    await handle.close()
  }
}

async function writePart(
  handle: FileHandle,
  { path, content }: Part,
  at: number,
  now: Date,
): Promise<Written> {
  const entry: Written = { name: Buffer.from(path), at, crc: 0, size: 0, packed: 0 }
  const start = at + localHeader(entry, now).length
  function* blocks() {
    for (const block of blocksOf(content)) {
      entry.crc = crc32(block, entry.crc)
      entry.size += block.length
      yield block
    }
  }
  await pipeline(
    Readable.from(blocks(), { highWaterMark: 1 }),
    createDeflateRaw({ level: 4, chunkSize: blockSize }),
    async (packed: AsyncIterable<Buffer>) => {
      for await (const block of packed) {
        await put(handle, block, start + entry.packed)
        entry.packed += block.length
      }
    },
  )
  if (start + entry.packed > largest || entry.size > largest) throw new Error('beyond 4 GB')
  await put(handle, localHeader(entry, now), at)
  return entry
}

/** Small texts together, so that not every row is a step of its own. */
function* blocksOf(content: Part['content']): Generator<Uint8Array> {
  if (content instanceof Uint8Array) {
    yield content
    return
  }
  let text = ''
  for (const piece of content) {
    text += piece
    if (text.length < blockSize) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

async function put(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  let done = 0
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}

const version = 20
const utf8Names = 0x0800
const deflated = 8

function localHeader(entry: Written, now: Date): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  writeShared(header, 4, entry, now)
  return Buffer.concat([header, entry.name])
}

function indexEntry(entry: Written, now: Date): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(version, 4)
  writeShared(header, 6, entry, now)
  header.writeUInt32LE(entry.at, 42)
  return Buffer.concat([header, entry.name])
}

function writeShared(header: Buffer, from: number, entry: Written, now: Date): void {
  header.writeUInt16LE(version, from)
  header.writeUInt16LE(utf8Names, from + 2)
  header.writeUInt16LE(deflated, from + 4)
  header.writeUInt16LE(clockOf(now), from + 6)
  header.writeUInt16LE(dayOf(now), from + 8)
  header.writeUInt32LE(entry.crc, from + 10)
  header.writeUInt32LE(entry.packed, from + 14)
  header.writeUInt32LE(entry.size, from + 18)
  header.writeUInt16LE(entry.name.length, from + 22)
}

function ending(count: number, indexSize: number, at: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(indexSize, 12)
  end.writeUInt32LE(at, 16)
  return end
}

/** The two 16-bit words in which a zip tells the time, in steps of two seconds. */
function clockOf(now: Date): number {
  return (now.getUTCHours() << 11) | (now.getUTCMinutes() << 5) | (now.getUTCSeconds() >> 1)
}

function dayOf(now: Date): number {
  const year = Math.max(0, now.getUTCFullYear() - 1980)
  return (year << 9) | ((now.getUTCMonth() + 1) << 5) | now.getUTCDate()
}
