import * as z from 'zod'
import type { Method } from '../method.ts'
import { bits, refusalReason, thresholds } from './review-shapes.ts'
import { count, pageLimit } from './shared.ts'

const member = z.strictObject({ key: z.string(), title: z.string(), subtitle: z.string().nullable() })

const clusterLine = z.strictObject({
  /** Smallest key of its records. */
  clusterId: z.string(),
  size: count,
  /** Bits of the weakest join that holds it together; null where a decision does. */
  weakest: bits.nullable(),
  /** Edges at or above the threshold that were refused at its border. */
  refused: count,
  /** Up to 5 of its records. */
  members: z.array(member),
})

const figures = z.strictObject({
  bits,
  clusters: count,
  mergedRecords: count,
  largest: count,
  refused: count,
})

/** A union or separation of two groups between two cuts. */
const move = z.strictObject({
  bits,
  left: z.strictObject({ size: count, members: z.array(member) }),
  right: z.strictObject({ size: count, members: z.array(member) }),
})

export const identityClusterMethods = {
  /** A page of the clusters of users at a threshold, those of two or more. */
  'identity.clusters': {
    kind: 'query',
    input: z.strictObject({
      /** Defaults to the auto threshold. */
      bits: bits.optional(),
      sort: z.enum(['size', 'weakest']).default('size'),
      search: z.string().max(200).default(''),
      offset: count.default(0),
      limit: pageLimit.default(100),
    }),
    output: z.strictObject({
      state: z.string(),
      bits,
      clusters: count,
      matching: count,
      page: z.array(clusterLine),
    }),
  },

  /** One cluster as a graph: the one around a user, or around one of a person, also by an id that ended, at a threshold. */
  'identity.cluster': {
    kind: 'query',
    input: z.strictObject({ key: z.string(), bits: bits.optional() }),
    output: z.strictObject({
      state: z.string(),
      bits,
      clusterId: z.string(),
      nodes: z.array(
        z.strictObject({
          key: z.string(),
          title: z.string(),
          subtitle: z.string().nullable(),
          /** Cluster at the threshold: 0 is the one asked for, others are at its border. */
          cluster: count,
        }),
      ),
      /** Places in `nodes`. */
      edges: z.array(
        z.strictObject({
          a: count,
          b: count,
          bits: bits.nullable(),
          /** Without it the cluster falls apart. */
          isBridge: z.boolean(),
          isDecided: z.boolean(),
          /** Why it joins nothing; null where it does. Drawn dashed. */
          refused: refusalReason.nullable(),
          strongest: z.string(),
        }),
      ),
      /** Nodes or edges beyond 300 and 1500 are left out; counted here. */
      leftOut: z.strictObject({ nodes: count, edges: count }),
    }),
  },

  /** Figures of every threshold at which something changes, strongest first: the panel moves its handles without another call. */
  'identity.thresholds': {
    kind: 'query',
    input: z.strictObject({}),
    output: z.strictObject({
      state: z.string(),
      thresholds,
      records: count,
      figures: z.array(figures),
      /** Above every threshold: what answers alone join. */
      above: figures.omit({ bits: true }).optional(),
      /** Pairs that somebody answered, by the bits at which the evidence alone joins them, falling; null where it never does. */
      answered: z.strictObject({
        same: z.array(bits.nullable()),
        different: z.array(bits.nullable()),
        /** B-cubed over the records that were answered about, from each of these bits down to the next; null: above all of them. */
        bCubed: z.array(z.strictObject({ bits: bits.nullable(), precision: z.number(), recall: z.number() })),
      }),
    }),
  },

  /** What joins, or falls apart, when the cut moves: the unions between two thresholds, strongest first. */
  'identity.moves': {
    kind: 'query',
    input: z.strictObject({ from: bits, to: bits, limit: z.int().min(1).max(200).default(50) }),
    output: z.strictObject({
      state: z.string(),
      /** `join` where the cut was lowered. */
      direction: z.enum(['join', 'apart', 'none']),
      total: count,
      moves: z.array(move),
      before: figures,
      after: figures,
    }),
  },
} as const satisfies Record<string, Method>
