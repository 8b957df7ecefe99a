export const fgd = {} as const
