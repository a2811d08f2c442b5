import * as z from 'zod'
import type { Method } from '../method.ts'
import { count, instant, nothing } from './shared.ts'

/** Filters, order and columns of a table as the window keeps them: any JSON object. */
const state = z.record(z.string(), z.json())
const name = z.string().min(1).max(120)

export const viewMethods = {
  /** Views of the score table that are kept in the project, in the order in which they were first kept. */
  'view.list': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      views: z.array(z.strictObject({ viewId: count, name, state, updatedAt: instant })),
    }),
  },
  /** Keeps a view; with the number of another one, in its place. */
  'view.save': {
    kind: 'command',
    input: z.strictObject({ viewId: count.nullable(), name, state }),
    output: z.strictObject({ viewId: count }),
  },
  /** Lets a kept view go. */
  'view.remove': { kind: 'command', input: z.strictObject({ viewId: count }), output: nothing },
} as const satisfies Record<string, Method>
