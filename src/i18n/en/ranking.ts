import type { ranking as source } from '../id/ranking.ts'

export const ranking: Record<keyof typeof source, string> = {}
