import type { Constraints, RefusalReason } from './constraints.ts'
import { DisjointSets } from './disjoint-sets.ts'
import { PooledCodes } from './scoped-codes.ts'

/** Steps of what joins by decision: above every edge. */
export const DECIDED_STEPS = 1 << 20
/** Steps between two trees of a forest: below every edge. */
export const APART_STEPS = -(1 << 20)

/**
 * Clusters while they grow: sets of records, with what each root needs for the constraints and the chain of its leaves.
 *
 * Leaves of a cluster are a chain in which each leaf knows the steps that join it with the next, so that clusters at every
 * threshold are runs of one order.
 */
export class GrowingClusters {
  /** Records that stand for the two sides of each union, the smaller first, and its steps. */
  readonly merges: { a: number[]; b: number[]; steps: number[] } = { a: [], b: [], steps: [] }
  private readonly sets: DisjointSets
  private readonly smallest: Uint32Array
  private readonly tail: Uint32Array
  private readonly next: Int32Array
  private readonly joinNext: Int32Array
  private readonly unique: readonly Uint32Array[]
  private readonly scoped: PooledCodes | null
  private readonly apart = new Map<number, Set<number>>()
  private readonly limits: Constraints['limits']
  /** Per limit the codes of clusters of two or more. */
  private readonly distinct: readonly Map<number, Set<number>>[]
  private readonly mostRecords: number

  constructor(size: number, { cannotLinks, unique, scoped, limits, mostRecords }: Constraints) {
    this.sets = new DisjointSets(size)
    this.smallest = new Uint32Array(size)
    for (let i = 0; i < size; i++) this.smallest[i] = i
    this.tail = this.smallest.slice()
    this.next = new Int32Array(size).fill(-1)
    this.joinNext = new Int32Array(size).fill(APART_STEPS)
    this.unique = unique.map(({ codes }) => codes.slice())
    this.scoped = scoped === undefined ? null : new PooledCodes(scoped)
    this.limits = limits
    this.distinct = limits.map(() => new Map())
    this.mostRecords = mostRecords
    for (const [a, b] of cannotLinks) if (a !== b) this.keepApart(a, b)
  }

  /** The record that stands for the cluster of a record now. */
  root(record: number): number {
    return this.sets.root(record)
  }

  sizeOf(root: number): number {
    return this.sets.sizeOf(root)
  }

  /** What forbids the union of two roots for good; a decision ignores the size. */
  obstacle(a: number, b: number, isDecided: boolean): RefusalReason | null {
    if (this.apart.size > 0 && this.apart.get(a)?.has(b) === true) return 'cannot_link'
    for (const codes of this.unique) {
      const [x, y] = [codes[a] as number, codes[b] as number] // one code per record
      if (x !== 0 && y !== 0 && x !== y) return 'unique_id'
    }
    if (this.scoped?.forbids(a, b) === true) return 'unique_id'
    for (let scope = 0; scope < this.limits.length; scope++) if (this.isPastLimit(scope, a, b)) return 'too_many_ids'
    return !isDecided && this.sizeOf(a) + this.sizeOf(b) > this.mostRecords ? 'too_large' : null
  }

  /** Makes one of two roots, and gives the root of the union. */
  unite(a: number, b: number, steps: number): number {
    const [first, second] = (this.smallest[a] as number) < (this.smallest[b] as number) ? [a, b] : [b, a]
    this.merges.a.push(this.smallest[first] as number)
    this.merges.b.push(this.smallest[second] as number)
    this.merges.steps.push(steps)
    const end = this.tail[first] as number
    this.next[end] = this.smallest[second] as number
    this.joinNext[end] = steps
    const [smallest, tail] = [this.smallest[first] as number, this.tail[second] as number]
    const into = this.sets.unite(a, b)
    const from = into === a ? b : a
    this.smallest[into] = smallest
    this.tail[into] = tail
    this.limits.forEach((_, scope) => void this.poolCodes(scope, into, from))
    this.scoped?.pool(into, from)
    for (const codes of this.unique) codes[into] = (codes[into] as number) || (codes[from] as number)
    this.moveApart(from, into)
    return into
  }

  /** All records, cluster by cluster in the order of their smallest record, and the steps between each and the next. */
  leaves(): Readonly<{ order: Uint32Array; joins: Int32Array }> {
    const size = this.smallest.length
    const order = new Uint32Array(size)
    const joins = new Int32Array(size).fill(APART_STEPS)
    let at = 0
    for (let record = 0; record < size; record++) {
      if (this.smallest[this.root(record)] !== record) continue
      for (let leaf = record; leaf !== -1; leaf = this.next[leaf] as number) {
        joins[at] = this.joinNext[leaf] as number
        order[at++] = leaf
      }
    }
    return { order, joins }
  }

  private isPastLimit(scope: number, a: number, b: number): boolean {
    const most = this.limits[scope]?.most ?? 0
    // Sizes bound the codes: most clusters are smaller than any limit.
    if (this.sizeOf(a) + this.sizeOf(b) <= most) return false
    return new Set([...this.codesOf(scope, a), ...this.codesOf(scope, b)]).size > most
  }

  private codesOf(scope: number, root: number): Set<number> {
    const code = this.limits[scope]?.codes[root] ?? 0
    return this.distinct[scope]?.get(root) ?? new Set(code === 0 ? [] : [code])
  }

  private poolCodes(scope: number, into: number, from: number): void {
    const pooled = new Set([...this.codesOf(scope, into), ...this.codesOf(scope, from)])
    this.distinct[scope]?.set(into, pooled)
    this.distinct[scope]?.delete(from)
  }

  private keepApart(a: number, b: number): void {
    this.apart.set(a, (this.apart.get(a) ?? new Set()).add(b))
    this.apart.set(b, (this.apart.get(b) ?? new Set()).add(a))
  }

  private moveApart(from: number, into: number): void {
    if (this.apart.size === 0) return
    const others = this.apart.get(from)
    if (others === undefined) return
    this.apart.delete(from)
    for (const other of others) {
      this.apart.get(other)?.delete(from)
      this.keepApart(into, other)
    }
  }
}
