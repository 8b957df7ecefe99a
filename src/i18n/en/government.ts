import type { government as source } from '../id/government.ts'

export const government: Record<keyof typeof source, string> = {}
