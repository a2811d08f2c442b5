import * as z from 'zod'
import type { Method } from '../method.ts'
import { anomaly } from './anomalies.ts'
import { count, nothing } from './shared.ts'

const owner = z.string().min(1).max(1000)
/** Who works a unit for a team; null: nobody, until the next scores share it out. */
const move = z.strictObject({
  unitId: z.string(),
  team: z.string().min(1),
  owner: owner.nullable(),
  /** Number of the run since which it was so, where an earlier state is brought back; null: as of now. */
  sinceRun: count.nullable().default(null),
})

export const routeOwnerMethods = {
  /** What one person works: the units of the newest scores that were not given away since, best score first, then other assignments. */
  'routing.owned': {
    kind: 'query',
    input: z.strictObject({
      ownerId: owner,
      offset: count.default(0),
      limit: z.int().min(1).max(500).default(200),
    }),
    output: z.strictObject({
      total: count,
      rows: z.array(
        z.strictObject({
          unitId: z.string(),
          unitName: z.string().nullable(),
          accountName: z.string().nullable(),
          /** Null: the unit is not in the newest scores. */
          score: z.number().nullable(),
          stage: z.string().nullable(),
          destination: z.string().nullable(),
          /** Team of the assignment; null: the CRM names the owner, and no assignment is there to be ended. */
          team: z.string().nullable(),
          /** YYYY-MM-DD in the model's zone: asOf of the scores that gave it. */
          since: z.string().nullable(),
          /** `next`: given by hand since the newest scores; `unused`: an assignment of work that goes elsewhere now. */
          standing: z.enum(['in use', 'next', 'unused']),
        }),
      ),
    }),
  },
  /** Gives units to people of a team, or to nobody; the next scores go by it. `before` brings it back. */
  'routing.assign': {
    kind: 'command',
    input: z.strictObject({ moves: z.array(move).min(1).max(5000) }),
    output: z.strictObject({ changed: count, before: z.array(move) }),
  },
  /** Anomalies that lie in units of the newest scores, newest first: what sends workspaces to review. At most 500 are given. */
  'routing.anomalies': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      /** Days that an anomaly is open. */
      anomalyDays: count,
      total: count,
      anomalies: z.array(
        z.strictObject({
          ...anomaly.shape,
          ageDays: count,
          /** Routing waits for somebody to look at it. */
          isOpen: z.boolean(),
          /** The first 20 by id. */
          units: z.array(
            z.strictObject({
              unitId: z.string(),
              unitName: z.string().nullable(),
              score: z.number(),
              destination: z.string(),
            }),
          ),
          unitsTotal: count,
        }),
      ),
    }),
  },
  /** Marks alerts as seen, or takes that back. The mark is kept in the project. */
  'routing.seeAlerts': {
    kind: 'command',
    input: z.strictObject({ alertIds: z.array(z.string().min(1).max(2000)).min(1).max(10_000), isSeen: z.boolean() }),
    output: nothing,
  },
} as const satisfies Record<string, Method>
