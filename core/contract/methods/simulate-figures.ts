import * as z from 'zod'
import { DESTINATIONS } from '#schema/policy'
import { scenario } from '#schema/scenario'
import type { Method } from '../method.ts'
import { count, pageLimit } from './shared.ts'
import { destinationCounts, fourCounts, imagined, moverTally, outcome, stages, volume } from './simulate.ts'

const end = z.strictObject({ value: z.number(), count })
const parameterRef = { parameterId: z.string(), path: z.array(z.string()) }
const edge = z.strictObject({ points: z.number(), destination: z.string() }).nullable()
/** What is counted: units that are PQL or hot, or units at a destination. */
const measure = z.enum(['pql', ...DESTINATIONS])

export const simulateFigureMethods = {
  /** How far each parameter alone moves a count, by a share of its value down and up; the largest swing first. */
  'simulate.tornado': {
    kind: 'job',
    input: z.strictObject({
      ...imagined,
      share: z.number().min(0.01).max(1).default(0.2),
      measure: measure.default('pql'),
    }),
    output: z.strictObject({
      /** With every parameter as it is. */
      count,
      bars: z.array(z.strictObject({ ...parameterRef, value: z.number(), low: end, high: end, swing: count })),
    }),
  },
  /**
   * The threshold at which the week's entrants fill a capacity. Columns by tenth of the threshold, at [t * 10] (1001): units that
   * came above it within the week up to asOf, and units above it.
   */
  'simulate.solve': {
    kind: 'query',
    input: z.strictObject({
      ...imagined,
      goal: z.strictObject({ kind: z.literal('capacity'), units: count }),
      target: z.union([
        z.strictObject({ kind: z.literal('stage'), stage: z.enum(['warm', 'pql', 'hot']) }),
        /** A rule with a test `score >= number`. */
        z.strictObject({ kind: z.literal('rule'), ruleId: z.string() }),
      ]),
    }),
    output: z.strictObject({
      /** Null where even a threshold of 100 lets in more than there is room for. */
      solved: z
        .strictObject({
          threshold: z.number(),
          entrants: count,
          stock: count,
          /** The next lower threshold lets in too many; null where the capacity is never reached. */
          next: z.strictObject({ threshold: z.number(), entrants: count }).nullable(),
          /** Entrants with exactly that next threshold as their score: they come all or none. */
          tied: count,
        })
        .nullable(),
      /** Stages rise: the one that would have to move before a stage gets this threshold, and the best one as it stands. */
      blocked: z
        .strictObject({
          side: z.enum(['lower', 'higher']),
          stage: z.enum(['warm', 'pql', 'hot']),
          threshold: z.number(),
          /** Null where every threshold that the stages leave room for lets in too many. */
          best: z.strictObject({ threshold: z.number(), entrants: count, stock: count }).nullable(),
        })
        .nullable(),
      /** The threshold as it is, and its entrants. */
      current: z.strictObject({ threshold: z.number(), entrants: count, stock: count }),
    }),
    columns: { entrants: 'Uint32Array', stock: 'Uint32Array' },
  },
  /** How far the units of a destination (null: all of them) are from going elsewhere by score; the closest first. */
  'simulate.fragility': {
    kind: 'query',
    input: z.strictObject({
      ...imagined,
      destination: z.enum(DESTINATIONS).nullable().default(null),
      offset: count.default(0),
      limit: pageLimit.default(50),
    }),
    output: z.strictObject({
      units: count,
      /** Units that 3 points up or down would turn elsewhere, and their share of all. */
      near: count,
      share: z.number(),
      rows: z.array(
        outcome.extend({
          unitNo: count,
          unitId: z.string(),
          unitName: z.string().nullable(),
          /** The nearest higher and lower score at which it would go elsewhere. */
          up: edge,
          down: edge,
        }),
      ),
      nextOffset: count.nullable(),
    }),
  },
  /** The smallest single changes of model and rules that would send one unit elsewhere, or to a place asked for. */
  'simulate.flips': {
    kind: 'query',
    input: z.strictObject({
      ...imagined,
      unitNo: count,
      /** Null: anywhere else. */
      to: z
        .union([
          z.strictObject({ destination: z.enum(DESTINATIONS) }),
          z.strictObject({ stage: z.enum(['Not PQL', 'Warm', 'PQL', 'Hot PQL']) }),
        ])
        .nullable()
        .default(null),
      limit: z.int().min(1).max(50).default(10),
    }),
    output: z.strictObject({
      flips: z.array(
        z.strictObject({
          ...parameterRef,
          from: z.number(),
          to: z.number(),
          /** The change as a share of the range of its handle: what the list is sorted by. */
          share: z.number(),
          outcome,
        }),
      ),
    }),
  },
  /** Up to four scenarios side by side. */
  'simulate.compare': {
    kind: 'query',
    input: z.strictObject({ runId: count, scenarios: z.array(scenario).min(1).max(4) }),
    output: z.strictObject({
      scenarios: z.array(
        z.strictObject({
          name: z.string(),
          stages,
          stageCounts: fourCounts,
          destinationCounts,
          movers: moverTally,
          volumes: z.array(volume),
          /** Units per bin of one point, 101 of them. */
          histogram: z.array(count),
        }),
      ),
    }),
  },
} as const satisfies Record<string, Method>
