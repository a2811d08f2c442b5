import * as z from 'zod'
import type { Method } from '../method.ts'
import { count, token } from './shared.ts'

const share = z.number().min(0).max(1).nullable()
const quality = z.strictObject({ precision: share, recall: share, f1: share })

/** How clusters compare with the truth; a share is null where there is nothing to judge. */
const judgement = z.strictObject({ pairwise: quality, bCubed: quality, cluster: quality })

const figures = {
  clusters: count,
  /** Records in clusters of two or more. */
  mergedRecords: count,
  largest: count,
}

const evaluation = z.strictObject({ judgement, judged: count, missing: count })

export const identityMethods = {
  /** Resolves any table of people or organisations and writes its clusters and pairs; needs no project. */
  'identity.records': {
    kind: 'job',
    input: z.strictObject({
      records: token,
      /** JSON text: which column has which role. */
      fields: z.string().max(100_000),
      target: token,
      /** Also write the weights that the data suggest. */
      proposeWeights: z.boolean().default(false),
      overwrite: z.boolean().default(false),
    }),
    output: z.strictObject({
      folder: z.string(),
      files: z.array(z.strictObject({ name: z.string(), rows: count })),
      records: count,
      /** Rows left out: without a key, with a key that was there before, not readable. */
      leftOut: z.strictObject({ withoutKey: count, repeatedKeys: count, broken: count }),
      /** What of the fields was not used, and why: one sentence each. */
      unused: z.array(z.string()),
      /** Pairs that were compared. */
      pairs: count,
      /** Expected further records per entity, estimated from the data. */
      further: z.number(),
      auto: z.strictObject(figures),
      review: z.strictObject(figures),
      blocks: z.array(
        z.strictObject({
          kind: z.string(),
          blocks: count,
          records: count,
          largest: count,
          split: count,
          pairsLeftOut: count,
        }),
      ),
    }),
  },
  /** Compares clusters with the truth: of a table that is resolved for it, or of a folder that was written before. */
  'identity.evaluate': {
    kind: 'job',
    input: z.strictObject({
      truth: token,
      records: token.optional(),
      fields: z.string().max(100_000).optional(),
      /** Folder with clusters.csv and clusters_review.csv. */
      clusters: token.optional(),
    }),
    output: z.strictObject({
      auto: evaluation,
      review: evaluation.nullable(),
      /** Records of the truth without a cluster: nothing is known of them, and they are not judged. */
      unjudged: count,
      /** By falling threshold; empty where a folder is compared. */
      curve: z.array(z.strictObject({ bits: z.number(), ...figures, refused: count, judgement: judgement.nullable() })),
    }),
  },
} as const satisfies Record<string, Method>
