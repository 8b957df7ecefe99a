import closeWithGrace from 'close-with-grace'
import { renewSetupLink } from './accounts/setup-link.ts'
import { buildApp } from './app.ts'
import { type Config, processConfig } from './config.ts'
import { contextOf } from './context.ts'
import { addressOf, explain, openDatabase, stop, tell } from './start.ts'
import { paths } from './web/paths.ts'

let config: Config | undefined
try {
  config = processConfig()
  await serve(config)
} catch (error) {
  process.stderr.write(`${explain(error, config)}\n`)
  process.exit(1)
}

async function serve(config: Config): Promise<void> {
  const opened = await openDatabase(config.databaseFile)
  const context = contextOf(config, opened.connection, () => new Date())
  const app = await buildApp(context)
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    await stop(app, opened)
    throw error
  }
  closeWithGrace({ delay: 9_500, logger: app.log }, async ({ err }) => {
    if (err) app.log.fatal({ err }, 'uncaught')
    await stop(app, opened)
  })

  const address = addressOf(app, config)
  tell({ key: 'start.listening', params: { address } })
  const token = await renewSetupLink(context.whole, context.now())
  if (token) tell({ key: 'start.setup', params: { link: address + paths.setup(token) } })
}
