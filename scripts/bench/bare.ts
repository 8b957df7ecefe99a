import Database from 'better-sqlite3'
import { Eta } from 'eta'
import fastify from 'fastify'

/**
 * What the list of proposals is measured against: the same rows from the same file by two prepared
 * statements, in a plain table, without sessions, texts, links, styles or anything else.
 */
const raw = new Database(process.argv[2] ?? '', { readonly: true })
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
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
