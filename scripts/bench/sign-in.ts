import { hashPassword } from '../../src/accounts/passwords.ts'
import * as accounts from '../../src/accounts/queries.ts'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { contextOf } from '../../src/context.ts'
import type { By } from '../../src/db/write.ts'
import { openDatabase, stop } from '../../src/start.ts'
import { say } from '../terminal.ts'

const reasons = ['unknown', 'wrong', 'disabled'] as const
type Reason = (typeof reasons)[number]

const password = 'perahu biru tujuh layar'

/**
 * How long it takes to be refused: by a name that nobody has, by a wrong password, by an account that
 * is disabled; in turns, each try with a name and an address of its own. Prints the medians in ms.
 */
export async function signIns(file: string, tries: number): Promise<void> {
  const opened = await openDatabase(file)
  const config = { ...readConfig({ LOG_LEVEL: 'error', RATE_LIMIT: 'off' }), databaseFile: file }
  const app = await buildApp(contextOf(config, opened.connection, () => new Date()))
  const at = new Date().toISOString()
  const by: By = { accountId: null, linkId: null, actorName: 'Uji', way: 'setup', at }
  const passwordHash = await hashPassword(password)
  const roles = [{ role: 'reader', opdId: null }] as const
  await opened.connection.db.transaction().execute(async (trx) => {
    for (let n = 0; n < tries; n += 1) {
      for (const reason of ['wrong', 'disabled'] as const) {
        const username = `${reason}-${n}`
        await accounts.insert(trx, { username, name: username, passwordHash, roles }, by)
      }
    }
    const ended = trx.updateTable('account').set({ state: 'disabled' })
    await ended.where('username', 'like', 'disabled-%').execute()
  })

  const took: Record<Reason, number[]> = { unknown: [], wrong: [], disabled: [] }
  for (let n = 0; n < tries; n += 1) {
    for (const reason of reasons) {
      const form = new URLSearchParams({
        username: `${reason}-${n}`,
        password: reason === 'disabled' ? password : 'gerimis sore di dermaga',
      })
      const began = performance.now()
      const { statusCode } = await app.inject({
        method: 'POST',
        url: '/sign-in',
        headers: { origin: 'http://rancang.test', host: 'rancang.test', 'content-type': formType },
        payload: form.toString(),
        remoteAddress: `10.${n >> 8}.${n & 255}.${1 + reasons.indexOf(reason)}`,
      })
      took[reason].push(performance.now() - began)
      if (statusCode !== 422) throw new Error(`${reason}: ${statusCode}`)
    }
  }
  await stop(app, opened)

  say('| refused sign-in | tries | median ms |')
  say('| --- | ---: | ---: |')
  for (const reason of reasons) say(`| ${reason} | ${tries} | ${median(took[reason]).toFixed(1)} |`)
}

const formType = 'application/x-www-form-urlencoded'

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
