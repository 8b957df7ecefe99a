import { type ListName, lists } from '../../src/domain/words.ts'
import { id } from '../../src/i18n/id/all.ts'
import { asset } from '../../src/web/view.ts'

/** A list by what is asked of the database and the row of its table. */
type BareList = { count: string; rows: string; template: string }

const texts: Record<string, string> = id
const integer = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 0 })
const word = (list: ListName, code: string) => texts[`word.${list}.${code}`] ?? ''
const missing = '<span class="missing">Belum diisi</span>'

/** What the templates are given beside their rows. */
export const bareWords = {
  word,
  rupiah: (value: number) => `Rp\u00a0${integer.format(value)}`,
  icons: asset('icons.svg'),
  /** The codes that the database joined with commas, in words and in the order of their list. */
  platforms: (joined: string) => {
    const codes = joined.split(',')
    const chosen = lists.platform.filter((code) => codes.includes(code))
    return chosen.map((code) => word('platform', code)).join(', ')
  },
}

function page(title: string, columns: readonly string[], row: string): string {
  const head = columns.map((column) => `<th scope="col">${column}</th>`).join('')
  return `<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>${title}</title>
<link rel="stylesheet" href="${asset('app.css')}"></head><body><main class="main">
<h1>${title}</h1><p><%= it.n %></p>
<% const { word, rupiah, icons, platforms } = it %>
<table class="table cards sticky"><thead><tr>${head}</tr></thead><tbody>
<% for (const row of it.rows) { %><tr>${row}</tr>
<% } %></tbody></table></main></body></html>`
}

const icon = (name: string) =>
  `<svg class="icon" aria-hidden="true"><use href="<%= icons %>#i-${name}"/></svg>`

const platforms = (table: string) => `(select group_concat(c.code) from ${table}_choice c
  where c.${table}_id = ${table}.id and c.list = 'platforms') as platforms`

const platformCell = `<td data-label="Platform"><% if (row.platforms) { %><span><%= platforms(row.platforms) %></span><% } else { %>${missing}<% } %></td>`

const proposals: BareList = {
  count: 'select count(*) from proposal',
  rows: `select proposal.id, number, title, coalesce(short_name, opd.name) as opd,
    cost_low as low, cost_high as high, state, ${platforms('proposal')}
    from proposal join opd on opd.id = proposal.opd_id order by proposal.id desc limit 50`,
  template: page(
    'Usulan',
    ['Nomor', 'Judul', 'OPD', 'Platform', 'Perkiraan biaya', 'Keadaan'],
    `
<td data-label="Nomor"><% if (row.number) { %><span class="code"><%= row.number %></span><% } else { %><span class="missing">Belum bernomor</span><% } %></td>
<th scope="row"><span class="row-title"><a href="/proposals/<%= row.id %>"><%= row.title %></a></span></th>
<td data-label="OPD"><span><%= row.opd %></span></td>
${platformCell}
<td class="num" data-label="Perkiraan biaya"><% if (row.low === null && row.high === null) { %><span class="missing">belum diketahui</span><% } else { %><span class="range"><%= row.low === null ? 'paling tinggi ' + rupiah(row.high) : row.high === null ? 'mulai ' + rupiah(row.low) : rupiah(row.low) + ' – ' + rupiah(row.high) %></span><% } %></td>
<td data-label="Keadaan"><span><span class="chip idle">${icon('check')}<%= word('proposalState', row.state) %></span></span></td>
`,
  ),
}

const applications: BareList = {
  count: 'select count(*) from application',
  rows: `select application.id, application.name, class, use_state as used, plan,
    yearly_cost as cost, coalesce(short_name, opd.name) as opd, ${platforms('application')}
    from application join opd on opd.id = application.opd_id
    order by application.name_key, application.id limit 50`,
  template: page(
    'Aplikasi',
    ['Nama aplikasi', 'OPD pemilik', 'Platform', 'Pemakaian', 'Rencana', 'Biaya setahun'],
    `
<th scope="row"><span class="row-title"><a href="/applications/<%= row.id %>"><%= row.name %></a></span><% if (row.class) { %><span class="row-sub"><%= word('appClass', row.class) %></span><% } %></th>
<td data-label="OPD pemilik"><span><%= row.opd %></span></td>
${platformCell}
<td data-label="Pemakaian"><% if (row.used) { %><span class="mark idle">${icon('clock')}<span><%= word('appUse', row.used) %></span></span><% } else { %>${missing}<% } %></td>
<td data-label="Rencana"><% if (row.plan) { %><span><%= word('appPlan', row.plan) %></span><% } else { %>${missing}<% } %></td>
<td class="num" data-label="Biaya setahun"><% if (row.cost === null) { %>${missing}<% } else { %><span class="nowrap"><%= rupiah(row.cost) %></span><% } %></td>
`,
  ),
}

/** Without how complete each OPD is: that takes more than a select. */
const opd: BareList = {
  count: 'select count(*) from opd',
  rows: `select id, code, name, short_name as short, kind,
    (select count(*) from location l where l.opd_id = opd.id) as locations,
    (select count(*) from proposal p where p.opd_id = opd.id) as proposals
    from opd order by name_key limit 50`,
  template: page(
    'OPD',
    ['Nama OPD', 'Kode', 'Jenis', 'Lokasi kantor', 'Usulan'],
    `
<th scope="row"><span class="row-title"><a href="/opd/<%= row.id %>"><%= row.name %></a></span><% if (row.short) { %><span class="row-sub"><%= row.short %></span><% } %></th>
<td data-label="Kode"><span class="code"><%= row.code %></span></td>
<td data-label="Jenis"><span><%= word('opdKind', row.kind) %></span></td>
<td class="num" data-label="Lokasi kantor"><%= row.locations %></td>
<td class="num" data-label="Usulan"><%= row.proposals %></td>
`,
  ),
}

export const bareLists: Record<string, BareList> = {
  '/proposals': proposals,
  '/applications': applications,
  '/opd': opd,
}
