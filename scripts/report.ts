import { existsSync, rmSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BadSettings, processConfig } from '../src/config.ts'
import { connect } from '../src/db/connect.ts'
import { exportTo } from '../src/report/tasks.ts'
import { leaveNote } from '../src/web/access-notes.ts'

const usage = 'Cara pakai: npm run report -- --out grand-design.xlsx [--internal]'

process.exitCode = await main(process.argv.slice(2))

/** 0 = written; 1 = could not be written; 2 = called wrongly. */
async function main(args: string[]): Promise<number> {
  const asked = parsed(args)
  if (!asked) return fail(2, usage)
  const out = resolve(asked.out)
  if (existsSync(out))
    return fail(1, `Berkas ${out} sudah ada. Pilih nama lain, atau hapus dahulu.`)
  const databaseFile = databaseOf()
  if (databaseFile === undefined) return 1
  if (!existsSync(databaseFile)) {
    return fail(1, `Basis data ${databaseFile} tidak ditemukan. Periksa DATABASE_URL.`)
  }
  const { internal } = asked
  const at = new Date().toISOString()
  try {
    const data = await exportTo({ databaseFile, out, at, internal, madeBy: null }, connect)
    leaveNote(databaseFile, 'export', { file: basename(out), internal })
    console.log(`${out}: ${data.opds.length} OPD, ${data.proposals.length} usulan.`)
    return 0
  } catch (error) {
    rmSync(out, { force: true })
    return fail(1, `Laporan tidak dapat ditulis: ${messageOf(error)}`)
  }
}

function parsed(args: string[]): { out: string; internal: boolean } | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: { out: { type: 'string' }, internal: { type: 'boolean', default: false } },
    })
    return values.out ? { out: values.out, internal: values.internal } : undefined
  } catch {
    return undefined
  }
}

function databaseOf(): string | undefined {
  try {
    return processConfig().databaseFile
  } catch (error) {
    if (!(error instanceof BadSettings)) throw error
    fail(1, `Pengaturan keliru:\n${error.message}`)
    return undefined
  }
}

function fail(code: number, message: string): number {
  console.error(message)
  return code
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
