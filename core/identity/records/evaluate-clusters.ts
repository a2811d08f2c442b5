import { type Judgement, TruthTally } from '../cluster/truth-tally.ts'
import { createDictionary } from '../columns/dictionary.ts'

/** How a list of clusters compares with the truth, and what of it could not be compared. */
export type Evaluation = Readonly<{
  judgement: Judgement
  /** Records of the truth. */
  judged: number
  /** Records of the truth that the clusters do not have: each stands alone. */
  missing: number
}>

/**
 * Compares clusters with the truth: by pairs, by records (B-cubed) and by whole clusters.
 *
 * @param clusters record -> cluster; records that the truth does not have are left out
 * @param truth record -> entity
 *
 * Source: docs/methods/identity.md, "Evaluation".
 */
export function evaluateClusters(
  clusters: ReadonlyMap<string, string>,
  truth: ReadonlyMap<string, string>,
): Evaluation {
  const entities = createDictionary()
  const tally = new TruthTally(Uint32Array.from(truth.values(), entity => entities.codeOf(`=${entity}`)))
  const firstOf = new Map<string, number>()
  let missing = 0
  let record = 0
  for (const key of truth.keys()) {
    const cluster = clusters.get(key)
    const first = cluster === undefined ? undefined : firstOf.get(cluster)
    if (cluster === undefined) missing++
    else if (first === undefined) firstOf.set(cluster, record)
    else tally.unite(first, record)
    record++
  }
  return { judgement: tally.judgement(), judged: truth.size, missing }
}
