import closeWithGrace from 'close-with-grace'
import { makeAskedLink } from './accounts/asked-link.ts'
import { renewSetupLink } from './accounts/setup-link.ts'
import { buildApp } from './app.ts'
import { folderOf, protectionOf } from './backup/copies.ts'
import { keepCopies } from './backup/keeping.ts'
import { type Config, processConfig } from './config.ts'
import { contextOf } from './context.ts'
import { addressOf, explain, openDatabase, sayProtection, stop, tell } from './start.ts'
import { keepTakingNotes } from './web/access-notes.ts'
import { paths } from './web/paths.ts'
import { readSite } from './web/site.ts'

let config: Config | undefined
try {
  config = processConfig()
  await serve(config)
} catch (error) {
  process.stderr.write(`${explain(error, config)}\n`)
  process.exit(1)
}

async function serve(config: Config): Promise<void> {
  const opened = await openDatabase(config.databaseFile, folderOf(config))
  const context = contextOf(config, opened.connection, () => new Date())
  const app = await buildApp(context)
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    await stop(app, opened)
    throw error
  }
  const copies = keepCopies(config, opened.connection, context.now, app.log)
  const acts = keepTakingNotes(
    context.whole,
    config.databaseFile,
    { reset: makeAskedLink },
    (err) => app.log.error({ err }, 'the acts of scripts could not be noted'),
  )
  closeWithGrace({ delay: 9_500, logger: app.log }, async ({ err }) => {
    if (err) app.log.fatal({ err }, 'uncaught')
    await copies.stop()
    await acts.stop()
    await stop(app, opened)
  })

  const address = addressOf(app, config)
  tell({ key: 'start.listening', params: { address } })
  const { timeZone } = await readSite(context.whole)
  tell(sayProtection(protectionOf(config, context.now()), timeZone))
  const token = await renewSetupLink(context.whole, context.now())
  if (token) tell({ key: 'start.setup', params: { link: address + paths.setup(token) } })
}
