/** What the bytes of a picture say of it: sizes in pixels. */
export type PictureHead = { type: 'png' | 'jpeg'; width: number; height: number }

/** `kind`: neither PNG nor JPEG; `broken`: it begins as one, but does not come to its end. */
export type PictureFault = 'kind' | 'broken'

/**
 * Reads type and size from the bytes alone, whatever a file is called, and looks whether the file
 * comes to its end. Nothing is unpacked, so that a small file cannot become a huge picture here.
 *
 * PNG: ISO/IEC 15948, the header chunk first, IEND last. JPEG: ITU-T T.81, Annex B, the size in the
 * frame header, EOI behind the scan.
 */
export function readPicture(bytes: Uint8Array): PictureHead | PictureFault {
  if (startsWith(bytes, pngSignature)) return readPng(bytes)
  return startsWith(bytes, [0xff, 0xd8, 0xff]) ? readJpeg(bytes) : 'kind'
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

function readPng(bytes: Uint8Array): PictureHead | PictureFault {
  const view = viewOf(bytes)
  const nameAt = (at: number) => String.fromCharCode(...bytes.subarray(at + 4, at + 8))
  const first = pngSignature.length
  if (bytes.length < first + 25 || nameAt(first) !== 'IHDR') return 'broken'
  const width = view.getUint32(first + 8)
  const height = view.getUint32(first + 12)
  let hasData = false
  for (let at = first; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const name = nameAt(at)
    if (name === 'IDAT') hasData = true
    if (name === 'IEND') return hasData ? sized('png', width, height) : 'broken'
  }
  return 'broken'
}

/** Markers of frames; among them three that are tables and no frames. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const startOfScan = 0xda

function readJpeg(bytes: Uint8Array): PictureHead | PictureFault {
  const view = viewOf(bytes)
  let head: PictureHead | PictureFault = 'broken'
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) head = sized('jpeg', view.getUint16(at + 7), view.getUint16(at + 5))
    if (marker === startOfScan) return hasEnd(bytes, at) ? head : 'broken'
    at += 2 + Math.max(2, view.getUint16(at + 2))
  }
  return 'broken'
}

/** EOI behind the scan; some programs write a few bytes more. */
function hasEnd(bytes: Uint8Array, scan: number): boolean {
  for (let at = bytes.length - 2; at > scan; at -= 1) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true
  }
  return false
}

function sized(type: PictureHead['type'], width: number, height: number) {
  return width > 0 && height > 0 ? { type, width, height } : 'broken'
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte)
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}

/** A stored picture by what names it: type, size and the digest of its bytes. */
export type Picture = PictureHead & { sha256: string }

/** `png 400x500 <sha256>`: how a picture stands in a row and in the history. */
export function pictureName({ type, width, height, sha256 }: Picture): string {
  return `${type} ${width}x${height} ${sha256}`
}

/** Reads such a name; undefined where there is none. */
export function namedPicture(name: string | null | undefined): Picture | undefined {
  const [, type, width, height, sha256] =
    /^(png|jpeg) (\d{1,5})x(\d{1,5}) ([0-9a-f]{64})$/.exec(name ?? '') ?? []
  if (!sha256) return undefined
  const is = type === 'png' ? 'png' : 'jpeg'
  return { type: is, width: Number(width), height: Number(height), sha256 }
}
