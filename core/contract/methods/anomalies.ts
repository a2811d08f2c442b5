import * as z from 'zod'
import type { Method } from '../method.ts'
import { count, instant } from './shared.ts'

/** A burst, a loop or sign-ups of a bot, as the last check found it, and what was decided about it. */
export const anomaly = z.strictObject({
  /** The same after another import of the same data. */
  id: z.string(),
  kind: z.enum(['burst', 'bot_signups', 'loop']),
  subject: z.string(),
  /** Workspaces that it lies in. */
  unitIds: z.array(z.string()),
  firstAt: instant,
  lastAt: instant,
  count,
  evidence: z.string(),
  /** `dismissed`: no reason for routing to wait; `confirmed`: it is one. Null: not decided. */
  verdict: z.enum(['dismissed', 'confirmed']).nullable(),
})

export const anomalyMethods = {
  /**
   * Decides about an anomaly that the last check found; null takes a decision back. It holds for good, since an anomaly keeps
   * its id over imports.
   */
  'anomalies.decide': {
    kind: 'command',
    input: z.strictObject({ id: z.string().min(1).max(1000), verdict: z.enum(['dismissed', 'confirmed']).nullable() }),
    output: z.strictObject({ anomaly }),
  },
} as const satisfies Record<string, Method>
