import { clustersAt } from '../cluster/forest.ts'
import { thresholdFigures } from '../cluster/threshold-figures.ts'
import type { Judgement } from '../cluster/truth-tally.ts'
import { explainedPair } from '../weigh/between-people.ts'
import { AUTO_STEPS, WATCH_STEPS } from '../weigh/pair-scorer.ts'
import { STEPS_PER_BIT } from '../weigh/steps.ts'
import { truthCodes } from './evaluate-clusters.ts'
import type { ResolvedRecords } from './resolve-records.ts'

/** Where pairs stand by their bits. */
export type Band = 'auto' | 'review' | 'watch'

/** A pair of records with what speaks for and against it. */
export type PairRow = Readonly<{ a: string; b: string; bits: number; band: Band; evidence: string }>

/** What the clusters come to at one threshold, in bits. */
export type CurvePoint = Readonly<{
  bits: number
  clusters: number
  mergedRecords: number
  largest: number
  refused: number
  judgement: Judgement | null
}>

/** Bits from which on the two lists of clusters join. */
export const CLUSTER_BITS = { auto: AUTO_STEPS / STEPS_PER_BIT, review: 0 } as const

/**
 * The cluster of each record, named by the smallest key in it.
 *
 * @param resolved as `resolveRecords` gives it
 * @param bits threshold
 * @returns cluster per record, in the order of the keys
 *
 * Source: docs/methods/identity.md, "Any table".
 */
export function clusterIds(
  { table, forest }: Pick<ResolvedRecords, 'table' | 'forest'>,
  bits: number,
): readonly string[] {
  return Array.from(clustersAt(forest, bits * STEPS_PER_BIT), smallest => table.keys[smallest] ?? '')
}

/**
 * A pair from -3 bits on, with its waterfall in words.
 *
 * @param resolved as `resolveRecords` gives it
 * @param edge place in its edges
 *
 * Source: docs/methods/identity.md, "Any table".
 */
export function pairRow({ table, edges, scorer }: ResolvedRecords, edge: number): PairRow {
  // Within range: one of each per edge.
  const [a, b] = [edges.a[edge] as number, edges.b[edge] as number]
  const { steps, bars } = explainedPair(scorer, edges, a, b)
  const evidence = bars.map(
    bar => `${bar.comparison}: ${bar.level} ${signed(bar.steps)}${bar.value === '' ? '' : ` (${bar.value})`}`,
  )
  const [left = '', right = ''] = [table.keys[a], table.keys[b]]
  return { a: left, b: right, bits: steps / STEPS_PER_BIT, band: bandOf(steps), evidence: evidence.join('; ') }
}

function bandOf(steps: number): Band {
  if (steps >= AUTO_STEPS) return 'auto'
  return steps >= 0 ? 'review' : 'watch'
}

function signed(steps: number): string {
  return `${steps < 0 ? '' : '+'}${steps / STEPS_PER_BIT}`
}

/**
 * Figures over thresholds, against the truth where it is given.
 *
 * @param resolved as `resolveRecords` gives it
 * @param truth entity by key; keys that are missing are not judged, those that the table does not have stand alone, as for
 *   `evaluateClusters`
 * @returns the decisions and every whole bit from +20 to -3, strongest first
 *
 * Source: docs/methods/identity.md, "Evaluation".
 */
export function curveOf(
  { table, forest }: ResolvedRecords,
  truth: ReadonlyMap<string, string> | null,
): readonly CurvePoint[] {
  const figures = thresholdFigures(forest, truth === null ? undefined : truthCodes(table, truth))
  const points: CurvePoint[] = []
  for (let bits = MOST_BITS; bits >= WATCH_STEPS / STEPS_PER_BIT; bits--) {
    const at = figures.findLast(({ steps }) => steps >= bits * STEPS_PER_BIT)
    if (at === undefined) continue
    const { steps: _steps, ...rest } = at
    points.push({ bits, ...rest })
  }
  return points
}

const MOST_BITS = 20
