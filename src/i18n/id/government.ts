export const government = {} as const
