import type { inventory as source } from '../id/inventory.ts'

export const inventory: Record<keyof typeof source, string> = {}
