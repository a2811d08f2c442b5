import * as z from 'zod'

const kind = z.string().min(1)

const single = z.union([
  /** An event of the kind has been seen. */
  z.strictObject({ kindSeen: kind }),
  /** At least that many distinct persons have been active. */
  z.strictObject({ activePersons: z.int().positive() }),
  /** A rollup of docs/methods/features.md reaches a figure. */
  z.strictObject({ rollup: z.string().min(1), atLeast: z.number() }),
  /** The unit has an admin, or an admin or a manager. */
  z.strictObject({ role: z.enum(['admin', 'admin_or_manager']) }),
])

/** A fact about a unit that holds or does not: one test, or all of several. */
export const holdsWhen = z.union([single, z.strictObject({ allOf: z.array(single).min(1) })])
export type HoldsWhen = z.output<typeof holdsWhen>
export type SingleTest = z.output<typeof single>

export const CHANNELS = ['sdr', 'lifecycle_email', 'in_app', 'csm'] as const

/** A step of adoption, the channel that can bring it about, and what that channel says. */
export const milestone = z.strictObject({
  id: z.string().min(1),
  holdsWhen,
  channel: z.enum(CHANNELS),
  prompt: z.string().min(1),
})
export type Milestone = z.output<typeof milestone>
