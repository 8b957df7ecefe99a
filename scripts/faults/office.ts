import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { connect } from '../../src/db/connect.ts'
import { verifyHistory } from '../../src/db/verify.ts'
import { type By, insertRow } from '../../src/db/write.ts'
import { inProject } from '../../src/root.ts'
import { openDatabase } from '../../src/start.ts'
import { tokenHash } from '../../src/web/token.ts'
import { program, type Running, started } from '../bench/children.ts'

/** What a fault must not do, and what was seen. */
export type Finding = { promised: string; seen: string; kept: boolean }

export type Place = { file: string; cookie: string }

/** A new database in which one person of staff is signed in. */
export async function prepared(file: string): Promise<Place> {
  const { connection, claim } = await openDatabase(file)
  const now = new Date()
  const at = now.toISOString()
  const by: By = { accountId: null, linkId: null, actorName: 'Uji gangguan', way: 'setup', at }
  const token = randomBytes(32).toString('base64url')
  await connection.db.transaction().execute(async (trx) => {
    const person = {
      username: 'petugas',
      usernameKey: 'petugas',
      name: 'Petugas',
      passwordHash: null,
      locale: 'id',
      state: 'active',
      lastSeenAt: null,
      validUntil: null,
    }
    const roles = [{ role: 'staff', opdId: null }]
    const accountId = await insertRow(trx, 'account', person, by, { roles })
    const endsAt = new Date(now.getTime() + 86_400_000).toISOString()
    const session = { accountId, linkId: null, madeAt: at, seenAt: at, endsAt, agent: null }
    await trx
      .insertInto('webSession')
      .values({ tokenHash: tokenHash(token), ...session })
      .execute()
  })
  await connection.close()
  claim.release()
  return { file, cookie: `rancang_session=${token}` }
}

export function serve({ file }: Place): Promise<Running> {
  const env = {
    DATABASE_URL: file,
    HOST: '127.0.0.1',
    PORT: '0',
    BASE_URL: '',
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'fatal',
    BACKUP_EVERY_HOURS: '0',
  }
  return started(program, env, '/health')
}

export function kill({ child }: Running): Promise<void> {
  return new Promise((done) => {
    child.once('exit', () => done())
    child.kill('SIGKILL')
  })
}

/** Saves an OPD of that name as its form does; the status, and where it then is; 0 without an answer. */
export async function save(
  { url }: Running,
  { cookie }: Place,
  name: string,
  key: string,
): Promise<{ status: number; at: string }> {
  const note = `catatan ${name} ${'x'.repeat(400)}`
  try {
    const answer = await fetch(`${url}/opd`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: url },
      body: new URLSearchParams({ _key: key, kind: 'kantor', name, note }),
    })
    await answer.text()
    return { status: answer.status, at: answer.headers.get('location') ?? '' }
  } catch {
    return { status: 0, at: '' }
  }
}

/** Eight people who save one OPD after the other until `isOver`. */
export async function people(
  server: Running,
  place: Place,
  isOver: () => boolean,
  tell: (name: string, answer: { status: number; at: string }) => void,
): Promise<void> {
  const one = async () => {
    while (!isOver()) {
      const key = randomBytes(12).toString('base64url')
      const name = `Kantor ${key}`
      const [first, second] = await Promise.all([
        save(server, place, name, key),
        save(server, place, name, key),
      ])
      tell(name, first.status === 303 ? first : second)
    }
  }
  await Promise.all(Array.from({ length: 8 }, one))
}

/** What the file holds: where each OPD is, the events, and what is wrong with them. */
export async function looked(file: string) {
  const { raw, close } = connect(file, { readonly: true })
  const opds = raw.prepare('select id, name from opd').all() as { id: number; name: string }[]
  const events = raw.prepare('select hash from event order by id').pluck().all() as string[]
  const isWhole = raw.pragma('integrity_check', { simple: true }) === 'ok'
  const isChained = verifyHistory(raw).breaks.length === 0
  const ofOpds = raw.prepare("select count(*) from event where entity = 'opd'").pluck().get()
  await close()
  return { opds, events, isSound: isWhole && isChained && ofOpds === opds.length }
}

/** Runs a script of the project to its end; tells whether it ended well, and after how many ms. */
export function ran(script: string, file: string, args: string[]) {
  const began = performance.now()
  const child = spawn(process.execPath, [inProject('dist', 'scripts', `${script}.js`), ...args], {
    env: { ...process.env, BASE_URL: '', DATABASE_URL: file },
    stdio: 'ignore',
  })
  return new Promise<{ isGood: boolean; took: number }>((done) =>
    child.once('exit', (code) => done({ isGood: code === 0, took: performance.now() - began })),
  )
}
