import { createHash } from 'node:crypto'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** A file that came with a form, held in memory; `isWhole` is false where it was too large to be read. */
export class Upload {
  readonly bytes: Buffer
  readonly isWhole: boolean

  constructor(bytes: Buffer, isWhole: boolean) {
    this.bytes = bytes
    this.isWhole = isWhole
  }

  /** A form that is shown again cannot hold a file: a browser must be given it anew. */
  toString(): string {
    return ''
  }

  /** For the digest of what was sent with a retry key. */
  toJSON(): string {
    return createHash('sha256').update(this.bytes).digest('hex')
  }
}

class Unreadable extends Error {
  readonly statusCode = 400
}
/** What is read to its end; of a body that says it is longer, nothing is kept. */
const mostRead = 32 * 1024 * 1024

/**
 * Lets the routes of this plugin, and no others, take `multipart/form-data` with one file: the body
 * becomes fields of text as `readForms` makes them, and an `Upload`. Nothing is written to the disk,
 * and of a file no more than `maxBytes` is kept. A body that is far too long is as a file in `field`
 * that was too large, so that its form can say so: it comes with no version, and its key is never used.
 */
export async function receiveUploads(
  app: FastifyInstance,
  field: string,
  maxBytes: number,
): Promise<void> {
  const limits = { files: 1, fileSize: maxBytes, fields: 10, parts: 11 }
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { ...limits, fieldNameSize: 40, fieldSize: 1000, headerPairs: 20 },
  })
  app.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return
    const isFarTooLong = Number(request.headers['content-length'] ?? 0) > mostRead
    request.body = isFarTooLong
      ? { _key: 'body-not-read', [field]: new Upload(Buffer.alloc(0), false) }
      : await fieldsOf(request)
  })
}

async function fieldsOf(request: FastifyRequest): Promise<Record<string, unknown>> {
  const fields = new Map<string, unknown[]>()
  try {
    for await (const part of request.parts()) {
      const value =
        part.type === 'field' ? part.value : new Upload(await part.toBuffer(), !part.file.truncated)
      fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), value])
    }
  } catch (error) {
    throw isRefusal(error) ? error : new Unreadable(undefined, { cause: error })
  }
  const entries = [...fields].map(([name, values]) => [
    name,
    values.length > 1 ? values : values[0],
  ])
  return Object.assign(Object.create(null), Object.fromEntries(entries))
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500
}
