import type { FastifyInstance } from 'fastify'

const defaultFields = 200

class TooManyFields extends Error {
  readonly statusCode = 413
}

/**
 * Only url-encoded forms are read, of at most 64 KB and 200 fields unless the route allows more;
 * every other content type is answered 415. An absent body is an empty form.
 */
export function readForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request, body, done) => {
      const limit = request.routeOptions.config.maxFields ?? defaultFields
      const text = String(body)
      if (text.split('&').length > limit) return done(new TooManyFields())
      done(null, fieldsOf(text))
    },
  )
}

function fieldsOf(text: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of new URLSearchParams(text)) {
    const known = fields[name]
    if (known === undefined) fields[name] = value
    else if (Array.isArray(known)) known.push(value)
    else fields[name] = [known, value]
  }
  return fields
}
