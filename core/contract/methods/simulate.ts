import * as z from 'zod'
import { DESTINATIONS } from '#schema/policy'
import { scenario } from '#schema/scenario'
import type { Method } from '../method.ts'
import { contradiction } from './review-shapes.ts'
import { count, instant, level, pageLimit } from './shared.ts'

/** A whole model as JSON text, in the place of the base's: a draft of the model room. The scenario's changes come on top. */
const draft = z.string().max(5_000_000).optional()

/** What is simulated: a scenario over the run that is open, and maybe a draft of a model below it. */
export const imagined = { runId: count, scenario, model: draft }

export const stages = z.strictObject({ warm: z.number(), pql: z.number(), hot: z.number() })
export const fourCounts = z.array(count).length(4)
export const destinationCounts = z.array(count).length(DESTINATIONS.length)

/** How many units a destination holds, how many came in the week up to asOf, and how many it can take a week. */
export const volume = z.strictObject({
  destination: z.string(),
  base: count,
  scenario: count,
  /** Units that were elsewhere a week before; null for checklists, which know of no week before. */
  entrantsBase: count.nullable(),
  entrantsScenario: count.nullable(),
  /** Units a week; null: no end, or nobody said. */
  capacity: count.nullable(),
  capacityFrom: z.enum(['scenario', 'crm']).nullable(),
})

const GROUPS = [
  ...(['signals', 'buckets', 'conditions', 'roles', 'stages', 'checklist'] as const),
  ...(['routing', 'identity', 'capacities'] as const),
] as const

const parameter = z.strictObject({
  /** Unique: `signals.pricing_page_view.points`. */
  id: z.string(),
  /** Place in a scenario document: `model`, `signals`, `pricing_page_view`, `points`. Capacities too. */
  path: z.array(z.string()),
  group: z.enum(GROUPS),
  /** Signal, bucket, condition, role, stage, row of a checklist, rule or channel. */
  subject: z.string(),
  field: z.string(),
  /** Null where the model says nothing: no cap, no own curve. */
  value: z.union([z.number(), z.string()]).nullable(),
  kind: z.enum(['number', 'choice']),
  /** Ends and step of a handle; 0 for a choice. A scenario may go beyond them. */
  min: z.number(),
  max: z.number(),
  step: z.number(),
  unit: z.enum(['points', 'days', 'factor', 'score', 'units a week', 'bits', 'value']).nullable(),
  choices: z.array(z.string()),
})

/** Units with another stage, another destination, a higher and a lower score. */
export const moverTally = z.strictObject({ stage: count, destination: count, up: count, down: count })

/** What a unit comes to. */
export const outcome = z.strictObject({ score: z.number(), stage: z.string(), destination: z.string() })

/** What a scenario makes of who is who. */
const imaginedIdentity = z.strictObject({
  /** Units that there are; score, stage and destination counts are of them. */
  units: count,
  persons: count,
  personsBase: count,
  /** Units of the base that go by another id, and where they are found: in one with others. Null: nothing of them is left. */
  moved: z.array(z.strictObject({ unitId: z.string(), into: z.string().nullable() })),
  /** Answers that contradict others: they are left out. */
  refused: z.array(contradiction),
})

/** One difference between base and scenario. A value that is no figure and no text is given as JSON text; null: not there. */
const changed = z.strictObject({
  parameterId: z.string(),
  path: z.array(z.string()),
  from: z.union([z.number(), z.string()]).nullable(),
  to: z.union([z.number(), z.string()]).nullable(),
})

const mover = z.strictObject({
  unitNo: count,
  unitId: z.string(),
  unitName: z.string().nullable(),
  accountName: z.string().nullable(),
  base: outcome,
  scenario: outcome,
  /** Score in the scenario - score in the base. */
  difference: z.number(),
  /** The one change that moved it; null where nothing did. */
  cause: changed
    .extend({
      /** What this change did to the score, those before it in the model's order made. */
      points: z.number(),
      /** Without this change alone it would not have moved. */
      isAlone: z.boolean(),
    })
    .nullable(),
})
const movers = z.strictObject({ total: count, rows: z.array(mover), nextOffset: count.nullable() })

const histogram = { histogram: 'Uint32Array', reaching: 'Uint32Array' } as const

export const simulateMethods = {
  /**
   * Loads the simulator over the newest run of a level, with what its base comes to. Column `histogram`: units per bin of one
   * point (101). Column `reaching`: units with a score of k / 10 or more, at [k] (1001), so that a dragged threshold is counted
   * without a call.
   */
  'simulate.open': {
    kind: 'job',
    input: z.strictObject({ level: level.default('workspace') }),
    output: z.strictObject({
      runId: count,
      asOf: instant,
      level,
      units: count,
      modelName: z.string(),
      modelHash: z.string(),
      /** The data, a decision, the model or the policy changed since the run. */
      isStale: z.boolean(),
      /** Of all that follows: lowest stage first. */
      stageNames: z.array(z.string()).length(4),
      destinationNames: z.array(z.string()).length(DESTINATIONS.length),
      stages,
      stageCounts: fourCounts,
      destinationCounts,
      volumes: z.array(volume),
      parameters: z.array(parameter),
    }),
    columns: histogram,
  },
  /**
   * What a scenario comes to. The newest number wins: an older call that still waits is answered with `isSuperseded` and empty
   * columns. Matrices: units at `row` in the base and at `column` in the scenario, at [row * size + column]. Where persons,
   * accounts or merged workspaces change, units of the base are followed to the unit that they are in; this takes longer than a
   * frame, so that it tells progress, and is given up where the call is cancelled (`isSuperseded`).
   */
  'simulate.set': {
    kind: 'query',
    input: z.strictObject({ ...imagined, seq: count }),
    output: z.strictObject({
      runId: count,
      seq: count,
      isSuperseded: z.boolean(),
      stages,
      stageCounts: fourCounts,
      destinationCounts,
      movers: moverTally,
      volumes: z.array(volume),
      /** Null where the scenario leaves who is who as it is. */
      identity: imaginedIdentity.nullable(),
    }),
    columns: { ...histogram, stageMatrix: 'Uint32Array', destinationMatrix: 'Uint32Array' },
  },
  /** Units that a scenario moves, the largest difference of score first, each with the one cause. */
  'simulate.movers': {
    kind: 'query',
    input: z.strictObject({
      ...imagined,
      by: z.enum(['stage', 'destination', 'any', 'score']).default('any'),
      offset: count.default(0),
      limit: pageLimit.default(50),
    }),
    output: movers,
  },
  /** The units behind one ribbon: at `from` in the base and at `to` in the scenario, by the names of simulate.open. */
  'simulate.cell': {
    kind: 'query',
    input: z.strictObject({
      ...imagined,
      matrix: z.enum(['stage', 'destination']),
      from: z.string(),
      to: z.string(),
      offset: count.default(0),
      limit: pageLimit.default(50),
    }),
    output: movers,
  },
} as const satisfies Record<string, Method>
