import { existsSync } from 'node:fs'
import { askForLink } from '../src/accounts/asked-link.ts'
import { findByUsername } from '../src/accounts/queries.ts'
import { standingOf } from '../src/accounts/standing.ts'
import { type Config, processConfig } from '../src/config.ts'
import { connect } from '../src/db/connect.ts'
import type { Db } from '../src/db/schema.ts'
import { explain } from '../src/start.ts'
import { paths } from '../src/web/paths.ts'
import { complain, say } from './terminal.ts'
import { troubleOf } from './trouble.ts'

/**
 * `npm run reset-link -- USERNAME`: prints a link that works once, for 24 hours, with which the person
 * of an account chooses a new password; also while the server runs, which makes it from a note.
 *
 * Ends with 0 when the link was printed, 1 when there is none to give, 2 when called wrongly.
 */
let config: Config | undefined
try {
  config = processConfig()
  process.exitCode = await main(config, process.argv.slice(2))
} catch (error) {
  complain(explain(error, config))
  process.exitCode = 1
}

async function main(config: Config, [username, ...more]: string[]): Promise<number> {
  if (!username || more.length > 0) {
    return fail(2, 'Cara pakai: npm run reset-link -- NAMA-PENGGUNA')
  }
  const { databaseFile } = config
  if (!existsSync(databaseFile)) {
    return fail(1, `Basis data ${databaseFile} tidak ditemukan. Periksa DATABASE_URL.`)
  }
  const now = new Date()
  const account = await accountOf(databaseFile, username)
  if (typeof account === 'string') return fail(1, account)
  if (!account) return fail(1, `Tidak ada akun dengan nama pengguna ${username}.`)
  const standing = standingOf(account, now.toISOString().slice(0, 10))
  if (standing === 'disabled' || standing === 'ended') {
    return fail(
      1,
      `Akun ${username} dinonaktifkan atau sudah berakhir. Tidak ada tautan yang dibuat.`,
    )
  }
  const token = askForLink(databaseFile, account.id, now)
  say(`Tautan kata sandi baru untuk ${account.name} (${account.username}):`)
  say(addressOf(config) + paths.invite(token))
  say('Berlaku 24 jam dan sekali pakai; tautan sebelumnya tidak berlaku lagi.')
  say('Mulai berlaku beberapa detik lagi bila Rancang berjalan, bila tidak saat Rancang dimulai.')
  return 0
}

/** The account, undefined where there is none, or a sentence that says why nobody knows. */
async function accountOf(file: string, username: string) {
  try {
    const connection = connect(file, { readonly: true })
    try {
      return await findByUsername(connection.db as unknown as Db, username)
    } finally {
      await connection.close()
    }
  } catch (error) {
    return `Basis data ${file} ${troubleOf(error)}.`
  }
}

function addressOf({ baseUrl, host, port }: Config): string {
  if (baseUrl) return baseUrl.replace(/\/+$/, '')
  const everywhere = host === '0.0.0.0' || host === '::'
  if (everywhere) return `http://127.0.0.1:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function fail(code: number, message: string): number {
  complain(message)
  return code
}
