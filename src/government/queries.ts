import { z } from 'zod'
import type { Db } from '../db/schema.ts'

/** What the inventory is measured against; kbps, and computer users for one working PC. */
export type Standards = { kbpsPerUser: number; minKbps: number; usersPerPc: number }

const startingStandards: Standards = { kbpsPerUser: 1000, minKbps: 10_000, usersPerPc: 2 }

const standards = z.object({
  kbpsPerUser: z.number().positive(),
  minKbps: z.number().positive(),
  usersPerPc: z.number().positive(),
})

/** The standards as set, or those that the program starts with. */
export async function readStandards(db: Db): Promise<Standards> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', 'standards')
    .executeTakeFirst()
  return row ? standards.parse(JSON.parse(row.value)) : startingStandards
}
