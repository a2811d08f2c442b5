import { DisjointSets } from './disjoint-sets.ts'

/** Precision, recall and F1, 0..1; null where there is nothing to judge. */
export type Quality = Readonly<{ precision: number | null; recall: number | null; f1: number | null }>

/** How clusters compare with the truth: by pairs of records, by records, and by whole clusters. */
export type Judgement = Readonly<{
  pairwise: Quality
  bCubed: Quality
  /** Clusters of two or more that are exactly an entity of two or more. */
  cluster: Quality
}>

/**
 * Keeps the comparison of growing clusters with the truth up to date, union by union.
 *
 *   pairwise  P = pairs right / pairs made, R = pairs right / pairs true
 *   B-cubed   P = mean over records of |cluster ∩ entity| / |cluster|, R likewise over |entity|
 *
 * Records without an entity in the truth are left out.
 *
 * Source: A. Bagga, B. Baldwin, Entity-based cross-document coreferencing, 1998; docs/methods/identity.md, "Evaluation".
 */
export class TruthTally {
  private readonly sets: DisjointSets
  private readonly parts: (Map<number, number> | null)[]
  private readonly entitySize: Uint32Array
  private judged = 0
  private truePairs = 0
  private made = 0
  private right = 0
  private precisionSum = 0
  private recallSum = 0
  private exact = 0
  private clusters = 0
  private entities = 0

  /** @param entity per record the code of its entity in the truth, 0 where it has none */
  constructor(entity: Uint32Array) {
    let most = 0
    for (const code of entity) if (code > most) most = code
    this.entitySize = new Uint32Array(most + 1)
    for (const code of entity) this.entitySize[code] = (this.entitySize[code] as number) + 1
    this.sets = new DisjointSets(entity.length)
    this.parts = []
    entity.forEach(code => {
      this.parts.push(code === 0 ? new Map() : new Map([[code, 1]]))
      if (code === 0) return
      this.judged++
      this.precisionSum += 1
      this.recallSum += 1 / (this.entitySize[code] as number)
    })
    this.entitySize.forEach((size, code) => {
      if (code === 0 || size < 2) return
      this.entities++
      this.truePairs += (size * (size - 1)) / 2
    })
  }

  /** Two records that stand for the sides of a union. */
  unite(x: number, y: number): void {
    const [a, b] = [this.sets.root(x), this.sets.root(y)]
    const [left, right] = [this.partsOf(a), this.partsOf(b)]
    const [more, less] = left.size >= right.size ? [left, right] : [right, left]
    this.leave(left)
    this.leave(right)
    for (const [code, count] of less) {
      const own = more.get(code) ?? 0
      this.right += own * count
      more.set(code, own + count)
    }
    const into = this.sets.unite(a, b)
    this.parts[into === a ? b : a] = null
    this.parts[into] = more
    this.enter(more)
  }

  /** How the clusters compare with the truth now. */
  judgement(): Judgement {
    const { judged } = this
    return {
      pairwise: quality(this.right / this.made, this.right / this.truePairs),
      bCubed: quality(this.precisionSum / judged, this.recallSum / judged),
      cluster: quality(this.exact / this.clusters, this.exact / this.entities),
    }
  }

  private leave(parts: ReadonlyMap<number, number>): void {
    this.count(parts, -1)
  }

  private enter(parts: ReadonlyMap<number, number>): void {
    this.count(parts, 1)
  }

  private count(parts: ReadonlyMap<number, number>, sign: 1 | -1): void {
    let size = 0
    let squares = 0
    let recall = 0
    for (const [code, count] of parts) {
      size += count
      squares += count * count
      recall += (count * count) / (this.entitySize[code] as number)
    }
    if (size === 0) return
    this.precisionSum += (sign * squares) / size
    this.recallSum += sign * recall
    this.made += (sign * size * (size - 1)) / 2
    if (size < 2) return
    this.clusters += sign
    const isExact = parts.size === 1 && squares === size * size && recall === size
    if (isExact) this.exact += sign
  }

  private partsOf(root: number): Map<number, number> {
    return this.parts[root] ?? new Map()
  }
}

/**
 * Precision and recall with their harmonic mean.
 *
 * @param precision 0..1, NaN where nothing was made
 * @param recall 0..1, NaN where nothing is true
 *
 * Source: docs/methods/identity.md, "Evaluation".
 */
function quality(precision: number, recall: number): Quality {
  const known = (x: number): number | null => (Number.isNaN(x) ? null : x)
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { precision: known(precision), recall: known(recall), f1: known(f1) }
}
