import { existsSync } from 'node:fs'
import { processConfig } from '../src/config.ts'
import { connect } from '../src/db/connect.ts'
import { verifyHistory } from '../src/db/verify.ts'
import { explain } from '../src/start.ts'
import { complain, say } from './terminal.ts'

/**
 * `npm run verify`: follows the hash chain of the history and names every place where it breaks.
 *
 * Ends with 0 when it holds, 1 when it breaks or cannot be read.
 */
try {
  process.exitCode = await main(processConfig().databaseFile)
} catch (error) {
  complain(explain(error, undefined))
  process.exitCode = 1
}

async function main(file: string): Promise<number> {
  if (!existsSync(file)) {
    complain(`Basis data ${file} tidak ditemukan. Periksa DATABASE_URL.`)
    return 1
  }
  const connection = connect(file, { readonly: true })
  try {
    const { events, head, breaks } = verifyHistory(connection.raw)
    for (const { id, at, entity, entityId } of breaks) {
      complain(`Rantai riwayat putus pada catatan ${id} (${entity} ${entityId}, ${at}).`)
    }
    if (breaks.length > 0) {
      complain('Catatan itu, atau catatan tepat sebelumnya, diubah di luar Rancang.')
      return 1
    }
    say(`Rantai riwayat utuh: ${events} catatan.`)
    say(`Sidik catatan terakhir: ${head || '-'}`)
    say('Cocokkan dengan sidik pada laporan atau catatan Anda; catatan yang dipotong dari ujung')
    say('rantai hanya tampak dari sidik yang tidak lagi ditemukan.')
    return 0
  } finally {
    await connection.close()
  }
}
