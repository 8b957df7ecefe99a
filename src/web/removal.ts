import { z } from 'zod'

/** A confirmed removal carries nothing but its retry key and the version that was shown. */
export const removalForm = z.strictObject({})
