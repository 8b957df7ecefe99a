import closeWithGrace from 'close-with-grace'
import { migrations } from '../db/migrations/all.ts'
import { buildApp } from './app.ts'
import { processConfig } from './config.ts'
import { contextOf } from './context.ts'
import { connect } from './db/connect.ts'
import { migrate } from './db/migrate.ts'

const config = processConfig()
const connection = connect(config.databaseFile)
await migrate(connection, migrations)
const app = await buildApp(contextOf(config, connection, () => new Date()))

closeWithGrace({ delay: 8000 }, async () => {
  await app.close()
  await connection.close()
})
await app.listen({ host: config.host, port: config.port })
