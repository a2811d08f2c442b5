import { type Forest, NEVER_RELEASED } from './cluster-records.ts'
import { type Judgement, TruthTally } from './truth-tally.ts'

/** What the clusters come to at one threshold; sixteenths of a bit. */
export type ThresholdFigures = Readonly<{
  steps: number
  clusters: number
  /** Records in clusters of two or more. */
  mergedRecords: number
  largest: number
  /** Edges at or above the threshold that join nothing there. */
  refused: number
  /** Null where no truth is given. */
  judgement: Judgement | null
}>

/**
 * Figures of every threshold at which something changes, in one pass over the unions.
 *
 * @param forest clusters of every threshold
 * @param truth per record the code of its entity, 0 where it has none, and behind them those of records that are in no cluster; undefined
 *   where nothing is known
 * @returns strongest threshold first; the first one is above every edge: decisions alone
 *
 * Source: docs/methods/identity.md, "Clusters".
 */
export function thresholdFigures(forest: Forest, truth?: Uint32Array): readonly ThresholdFigures[] {
  const { merges, size } = forest
  const tally = truth === undefined ? null : new TruthTally(truth)
  const sizes = new SizeTally(size)
  const refusedAt = refusalCounter(forest)
  const figures: ThresholdFigures[] = []
  const thresholds = distinctSteps([merges.steps, forest.refusals.steps])
  let merge = 0
  for (const steps of thresholds) {
    for (; merge < merges.steps.length && (merges.steps[merge] as number) >= steps; merge++) {
      const [a, b] = [merges.a[merge] as number, merges.b[merge] as number] // one of each per merge
      sizes.unite(a, b)
      tally?.unite(a, b)
    }
    const { mergedRecords, largest } = sizes
    figures.push({
      steps,
      clusters: size - merge,
      mergedRecords,
      largest,
      refused: refusedAt(steps),
      judgement: tally?.judgement() ?? null,
    })
  }
  return figures
}

/** The steps of lists, each once, falling. */
function distinctSteps(lists: readonly Int32Array[]): number[] {
  const distinct = new Set<number>()
  // Equal ones follow each other. i < length
  for (const steps of lists)
    for (let i = 0; i < steps.length; i++) if (i === 0 || steps[i] !== steps[i - 1]) distinct.add(steps[i] as number)
  return [...distinct].sort((a, b) => b - a)
}

/** Sizes of growing clusters, by the records that stand for the sides of unions: those of a forest are roots, the smaller one stays. */
class SizeTally {
  mergedRecords = 0
  largest: number
  private readonly sizes: Uint32Array

  constructor(size: number) {
    this.largest = Math.min(size, 1)
    this.sizes = new Uint32Array(size).fill(1)
  }

  unite(into: number, from: number): void {
    const [a, b] = [this.sizes[into] as number, this.sizes[from] as number] // one per record
    this.sizes[into] = a + b
    this.mergedRecords += (a === 1 ? 1 : 0) + (b === 1 ? 1 : 0)
    if (a + b > this.largest) this.largest = a + b
  }
}

/** Refused edges by threshold, asked for with falling thresholds: those at or above it, less those released there. */
function refusalCounter({ refusals }: Forest): (threshold: number) => number {
  const refused = refusals.steps.toSorted().reverse()
  const released = refusals.releasedAt
    .filter(steps => steps !== NEVER_RELEASED)
    .sort()
    .reverse()
  let [i, j] = [0, 0]
  return threshold => {
    while (i < refused.length && (refused[i] as number) >= threshold) i++
    while (j < released.length && (released[j] as number) >= threshold) j++
    return i - j
  }
}
