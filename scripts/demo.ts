import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import closeWithGrace from 'close-with-grace'
import { buildApp } from '../src/app.ts'
import { type Config, processConfig } from '../src/config.ts'
import { contextOf } from '../src/context.ts'
import { addressOf, explain, type Opened, openDatabase, stop } from '../src/start.ts'
import { fillExample } from './example.ts'
import { complain, say } from './terminal.ts'

/**
 * `npm run demo`: the program with the example in a database that is thrown away at the end, and one
 * person per role with a password made anew each time.
 */
const folder = mkdtempSync(join(tmpdir(), 'rancang-demo-'))
const throwAway = () => rmSync(folder, { recursive: true, force: true })
let settings: Config | undefined
try {
  settings = { ...processConfig(), databaseFile: join(folder, 'demo.sqlite') }
  await demo(settings)
} catch (error) {
  complain(explain(error, settings))
  throwAway()
  process.exit(1)
}

async function demo(config: Config): Promise<void> {
  const opened = await openDatabase(config.databaseFile)
  const doors = await fillExample(opened.connection, new Date())
  const address = await serve(config, opened)

  say('Demonstrasi berjalan dengan data contoh. Semua perubahan dibuang saat program dihentikan.')
  say()
  say(`  ${address}`)
  say()
  const width = Math.max(...doors.map((door) => door.username.length))
  for (const { username, password, name } of doors) {
    say(`  ${username.padEnd(width)}  ${password}  ${name}`)
  }
  say()
  say('Hentikan dengan Ctrl+C.')
}

/** Listens, and leaves nothing behind when it is told to end. */
async function serve(config: Config, opened: Opened): Promise<string> {
  const app = await buildApp(contextOf(config, opened.connection, () => new Date()))
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    await stop(app, opened)
    throw error
  }
  closeWithGrace({ delay: 9_500, logger: app.log }, async ({ err }) => {
    if (err) app.log.fatal({ err }, 'uncaught')
    await stop(app, opened)
    throwAway()
  })
  return addressOf(app, config)
}
