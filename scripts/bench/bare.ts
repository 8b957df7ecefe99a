import { createHash, randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { Eta } from 'eta'
import fastify from 'fastify'

/**
 * What the list of proposals is measured against: the same rows from a copy of the same file by two
 * prepared statements, in a plain table, without sessions, texts, links, styles or anything else. And
 * what saving is measured against: a row, its event and a retry key by three prepared statements in a
 * transaction that waits for the disk, without looking at what was sent.
 */
const raw = new Database(process.argv[2] ?? '')
raw.pragma('synchronous = FULL')
const count = raw.prepare('select count(*) from proposal').pluck()
const rows =
  raw.prepare(`select p.id, p.number, p.title, o.name as opd, p.cost_low, p.cost_high, p.state
  from proposal p join opd o on o.id = p.opd_id order by p.id desc limit 50`)
const template = `<!DOCTYPE html><html lang="id"><title>Usulan</title><h1>Usulan</h1><p><%= it.n %></p>
<table><% for (const row of it.rows) { %><tr><td><%= row.number %></td>
<td><a href="/proposals/<%= row.id %>"><%= row.title %></a></td><td><%= row.opd %></td>
<td><%= row.cost_low %></td><td><%= row.cost_high %></td><td><%= row.state %></td></tr><% } %></table>`
const eta = new Eta({ cache: true })
const page = eta.compile(template)

const app = fastify()
app.get('/', (_request, reply) => {
  const html = eta.render(page, { n: count.get(), rows: rows.all() })
  return reply.type('text/html; charset=utf-8').send(html)
})
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
