import { createHash, randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { Eta } from 'eta'
import fastify from 'fastify'
import { bareLists, bareWords } from './bare-lists.ts'

/**
 * What the lists are measured against: the same rows and columns from a copy of the same file, read
 * anew with every request by two prepared statements and written by one Eta template into the same
 * table, cell for cell and mark for mark (the bench compares what both say). It has no sessions, no
 * scope, no filters, no other language, no frame, and keeps nothing but its statements, its words and
 * one formatter. And what saving is measured against: a row, its event and a retry key by three
 * prepared statements in a transaction that waits for the disk, without looking at what was sent.
 */
const raw = new Database(process.argv[2] ?? '')
raw.pragma('synchronous = FULL')
const eta = new Eta({ cache: true })
const app = fastify()
for (const [path, { count, rows, template }] of Object.entries(bareLists)) {
  const [counted, read] = [raw.prepare(count).pluck(), raw.prepare(rows)]
  const page = eta.compile(template)
  app.get(path, (_request, reply) => {
    const html = eta.render(page, { n: counted.get(), rows: read.all(), ...bareWords })
    return reply.type('text/html; charset=utf-8').send(html)
  })
}
app.addContentTypeParser(
  'application/x-www-form-urlencoded',
  { parseAs: 'string' },
  (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
)
const columns =
  'uid, version, created_at, updated_at, opd_id, title, title_key, came_by, state, state_at'
const insertRow = raw.prepare(`insert into proposal (${columns}, cost_unknown)
  values (?, 1, ?, ?, ?, ?, ?, 'fgd', 'draft', ?, 0)`)
const newest = raw.prepare('select hash from event order by id desc limit 1').pluck()
const insertEvent = raw.prepare(`insert into event
  (uid, at, actor_name, way, opd_id, entity, entity_id, entity_uid, row_version, action, changes, hash)
  values (?, ?, '', 'form', ?, 'proposal', ?, ?, 1, 'insert', ?, ?)`)
const insertKey =
  raw.prepare(`insert into request_key (actor, key, body_sha256, status, location, at)
  values ('bare', ?, ?, 303, ?, ?)`)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const save = raw.transaction((form: Record<string, string>) => {
  const [at, uid] = [new Date().toISOString(), randomUUID()]
  const title = form.title ?? ''
  const id = insertRow.run(uid, at, at, form.opdId, title, title.toLowerCase(), at).lastInsertRowid
  const changes = JSON.stringify(form)
  const hash = sha256(String(newest.get()) + changes)
  insertEvent.run(randomUUID(), at, form.opdId, id, uid, changes, hash)
  insertKey.run(form._key, sha256(changes), `/proposals/${id}`, at)
  return `/proposals/${id}`
})
app.post('/proposals', (request, reply) =>
  reply.redirect(save(request.body as Record<string, string>), 303),
)
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
