import { csvFile } from '#export'
import {
  CLUSTER_BITS,
  clusterIds,
  type PairRow,
  pairRow,
  proposeWeights,
  type ResolvedRecords,
  type WeightProposal,
} from '#identity'
import { VERSION } from '#lib/version'
import type { OutputFile, WrittenFile } from './output-folder.ts'

/** Names of the lists of clusters, as they are written and read back. */
export const CLUSTER_FILES = { auto: 'clusters.csv', review: 'clusters_review.csv' } as const

const PAIRS = 'pairs.csv'
const PROPOSAL = 'weights_proposal.csv'

/** What `recordFiles` will be called, before a table is read. */
export function recordFileNames(withProposal: boolean): readonly string[] {
  return [CLUSTER_FILES.auto, CLUSTER_FILES.review, PAIRS, ...(withProposal ? [PROPOSAL] : [])]
}

/** The files of a resolved table: its clusters at both thresholds, and the pairs with their evidence. */
export function recordFiles(resolved: ResolvedRecords, withProposal: boolean): readonly OutputFile[] {
  return [
    clusterFile(CLUSTER_FILES.auto, resolved, CLUSTER_BITS.auto),
    clusterFile(CLUSTER_FILES.review, resolved, CLUSTER_BITS.review),
    pairFile(resolved),
    ...(withProposal ? [proposalFile(resolved)] : []),
  ]
}

/** What lies beside the files and says which program wrote them, so that a later run may replace them. */
export function recordManifest(resolved: ResolvedRecords, outputs: readonly WrittenFile[]): OutputFile {
  const { table, pairs, further, blocks } = resolved
  const manifest = {
    product: { name: 'PQL Workbench', version: VERSION },
    identity: { records: table.keys.length, pairs, further, thresholds: CLUSTER_BITS, blocks },
    outputs: outputs.map(({ name, rows, bytes, sha256 }) => ({ name, rows, bytes, sha256 })),
  }
  return { name: 'manifest.json', rows: 0, chunks: () => [`${JSON.stringify(manifest, null, 2)}\n`] }
}

function proposalFile({ candidates, scorer }: ResolvedRecords): OutputFile {
  return csvFile<WeightProposal>({
    name: PROPOSAL,
    rows: proposeWeights(candidates, scorer.comparisons),
    keyOf: ({ comparison, level }) => `${comparison} ${level}`,
    columns: [
      { name: 'comparison', kind: 'text', read: row => row.comparison },
      { name: 'level', kind: 'text', read: row => row.level },
      { name: 'bits', kind: 'plain', read: row => String(row.bits) },
      { name: 'proposed_bits', kind: 'plain', read: row => String(row.proposed) },
      { name: 'pairs', kind: 'plain', read: row => String(row.pairs) },
    ],
  })
}

function clusterFile(name: string, resolved: ResolvedRecords, bits: number): OutputFile {
  const clusters = clusterIds(resolved, bits)
  const { keys } = resolved.table
  return csvFile<number>({
    name,
    rows: Array.from(keys, (_, i) => i),
    keyOf: record => keys[record] ?? '',
    columns: [
      { name: 'record_id', kind: 'id', read: record => keys[record] ?? '' },
      { name: 'cluster_id', kind: 'id', read: record => clusters[record] ?? '' },
    ],
  })
}

function pairFile(resolved: ResolvedRecords): OutputFile {
  let at = -1
  let row: PairRow = { a: '', b: '', bits: 0, band: 'watch', evidence: '' }
  const rowAt = (edge: number): PairRow => {
    if (edge !== at) row = pairRow(resolved, edge)
    at = edge
    return row
  }
  return csvFile<number>({
    name: PAIRS,
    rows: Array.from(resolved.edges.steps, (_, edge) => edge),
    keyOf: edge => `${rowAt(edge).a} ${rowAt(edge).b}`,
    columns: [
      { name: 'record_a', kind: 'id', read: edge => rowAt(edge).a },
      { name: 'record_b', kind: 'id', read: edge => rowAt(edge).b },
      { name: 'bits', kind: 'plain', read: edge => String(rowAt(edge).bits) },
      { name: 'band', kind: 'plain', read: edge => rowAt(edge).band },
      { name: 'evidence', kind: 'text', read: edge => rowAt(edge).evidence },
    ],
  })
}
