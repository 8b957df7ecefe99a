import type { accounts as source } from '../id/accounts.ts'

export const accounts: Record<keyof typeof source, string> = {}
