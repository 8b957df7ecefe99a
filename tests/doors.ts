import { renewLink } from '../src/accounts/links.ts'
import type { WholeDb } from '../src/db/schema.ts'
import { owned } from '../src/db/scope.ts'
import { can, everything, type Role } from '../src/domain/access.ts'
import { insertLink } from '../src/portal/queries.ts'
import type { TestApp } from '../src/testing/app.ts'
import { openLink } from '../src/testing/portal.ts'
import { addressOf, pages } from './support.ts'

/** A page that a planner never sees, or never so: its address, whose browser asks, what is answered. */
export type Door = { url: string; cookie: string; status: number }

const nobody = ''
const noSuchToken = 'x'.repeat(43)

/** The pages behind links, those of roles that see less, and those that say no. */
export async function doors(it: TestApp): Promise<Door[]> {
  const { db } = it.connection
  const { id: opdId } = await owned(it.context.db, everything, 'opd')
    .select('opd.id')
    .orderBy('opd.id')
    .executeTakeFirstOrThrow()
  const until = new Date(it.clock.now.getTime() + 86_400_000).toISOString()
  const representative = await it.signIn(['opd'], [opdId])
  const invited = await newestAccount(db)
  const invite = await it.write((trx) => renewLink(trx, 'invite', invited, it.by))
  const planner = await it.signIn(['planner'])
  const forgetful = await newestAccount(db)
  const reset = await it.write((trx) => renewLink(trx, 'reset', forgetful, it.by))
  const own = await it.write((trx) => insertLink(trx, opdId, until, it.by))
  return [
    { url: '/sign-in', cookie: nobody, status: 200 },
    { url: `/invite/${invite}`, cookie: nobody, status: 200 },
    { url: `/invite/${reset}`, cookie: nobody, status: 200 },
    { url: `/invite/${noSuchToken}`, cookie: nobody, status: 410 },
    { url: `/o/${own}`, cookie: nobody, status: 200 },
    { url: `/o/${noSuchToken}`, cookie: nobody, status: 410 },
    { url: '/o', cookie: await openLink(it, opdId), status: 200 },
    { url: '/o', cookie: representative, status: 200 },
    { url: '/settings', cookie: representative, status: 403 },
    { url: '/proposals/999999', cookie: representative, status: 404 },
    { url: '/tidak-ada', cookie: planner, status: 404 },
    ...(await ofRole(it, 'assessor')),
    ...(await ofRole(it, 'reader')),
  ]
}

/** What a role of the whole region may open; its sheet is that of the first assessor. */
async function ofRole(it: TestApp, role: Role): Promise<Door[]> {
  const cookie = await it.signIn([role])
  const { db } = it.connection
  if (role === 'assessor') {
    const accountId = await newestAccount(db)
    await db.updateTable('assessor').set({ accountId }).where('id', '=', 1).execute()
  }
  const actor = { kind: 'person', accountId: 1, name: '', username: '', opdIds: [] } as const
  const urls = await Promise.all(
    pages(it)
      .filter(({ access, url }) => can({ ...actor, roles: [role] }, access) && !shared.test(url))
      .map(({ url }) => addressOf(db, url)),
  )
  return urls.flatMap((url) => (url ? [{ url, cookie, status: 200 }] : []))
}

async function newestAccount(db: WholeDb): Promise<number> {
  const newest = db.selectFrom('account').select(({ fn }) => fn.max('id').as('id'))
  return (await newest.executeTakeFirstOrThrow()).id
}

/** Doors, files, and what looks alike to whoever opens it. */
const shared = /^\/(health|sign-in|security|password|setup|invite|o)\b|\/rounds$|\/sheet$/
