import { type Judgement, TruthTally } from '../cluster/truth-tally.ts'
import { createDictionary } from '../columns/dictionary.ts'
import type { RecordTable } from './record-table.ts'

/** How a list of clusters compares with the truth, and what of it could not be compared. */
export type Evaluation = Readonly<{
  judgement: Judgement
  /** Records of the truth. */
  judged: number
  /** Records of the truth that the clusters do not have: each stands alone. */
  missing: number
}>

/** Which cluster each record is in. */
export type ClusterList = Readonly<{
  clusterOf: ReadonlyMap<string, string>
  /** Records of which no row says a cluster. */
  unsaid: number
  /** A record that two rows put into two clusters: there is no saying which one is right. */
  clash: Readonly<{ record: string; clusters: readonly [string, string]; rows: readonly [number, number] }> | null
}>

/**
 * Reads a table of records and their clusters. Rows without a record are left out; of a record without a cluster nothing is known.
 *
 * @param records cells of record_id
 * @param clusters cells of cluster_id, one per record
 * @returns the clusters as far as they are said; the first clash, with rows from 1
 *
 * Source: docs/methods/identity.md, "Evaluation".
 */
export function readClusterList(records: readonly string[], clusters: readonly string[]): ClusterList {
  const clusterOf = new Map<string, string>()
  const rowOf = new Map<string, number>()
  const named = new Set<string>()
  let clash: ClusterList['clash'] = null
  records.forEach((text, i) => {
    const [record, cluster] = [text.trim(), (clusters[i] ?? '').trim()]
    if (record === '') return
    named.add(record)
    if (cluster === '') return
    const known = clusterOf.get(record)
    if (known !== undefined && known !== cluster)
      clash ??= { record, clusters: [known, cluster], rows: [rowOf.get(record) ?? 0, i + 1] }
    if (known !== undefined) return
    clusterOf.set(record, cluster)
    rowOf.set(record, i + 1)
  })
  return { clusterOf, unsaid: named.size - clusterOf.size, clash }
}

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
  const tally = new TruthTally(entityCodes([...truth.keys()], truth))
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

/**
 * The entity of each record of a table as a code, and behind them those of the records that the truth alone has: these stand alone at
 * every threshold.
 *
 * @param table records
 * @param truth record -> entity
 * @returns 0 for a record that the truth does not have
 *
 * Source: docs/methods/identity.md, "Evaluation".
 */
export function truthCodes({ keys }: Pick<RecordTable, 'keys'>, truth: ReadonlyMap<string, string>): Uint32Array {
  const known = new Set(keys)
  return entityCodes([...keys, ...[...truth.keys()].filter(key => !known.has(key))], truth)
}

function entityCodes(keys: readonly string[], truth: ReadonlyMap<string, string>): Uint32Array {
  const entities = createDictionary()
  return Uint32Array.from(keys, key => entities.codeOf(truth.get(key) ?? ''))
}
