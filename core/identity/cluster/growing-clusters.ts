import type { Constraints, RefusalReason } from './constraints.ts'
import type { Edges } from './edges.ts'
import { LimitedCodes } from './limited-codes.ts'
import { RecordBits } from './record-bits.ts'
import { PooledCodes } from './scoped-codes.ts'
import { CodedSides } from './sides-apart.ts'

/** Steps of what joins by decision: above every edge. */
export const DECIDED_STEPS = 1 << 20
/** Steps between two trees of a forest: below every edge. */
export const APART_STEPS = -(1 << 20)

/**
 * Clusters while they grow: sets of records, with what each root needs for the constraints and the chain of its leaves. The smallest
 * record of a cluster is its root and its first leaf; paths to it are halved while they are walked.
 *
 * Leaves of a cluster are a chain in which each leaf knows the steps that join it with the next, so that clusters at every
 * threshold are runs of one order.
 *
 * Source: R. Tarjan, J. van Leeuwen, Worst-case analysis of set union algorithms, J. ACM 31 (1984).
 */
export class GrowingClusters {
  /** Records that stand for the two sides of each union, the smaller first, and its steps: there are fewer unions than records. */
  private readonly united: Readonly<{ a: Uint32Array; b: Uint32Array; steps: Int32Array; before: Uint32Array }>
  private unions = 0
  /** The record above each in its cluster, or minus the size of the cluster where it is the smallest record, which is the root. */
  private readonly above: Int32Array
  private readonly unique: readonly Uint32Array[]
  private readonly scoped: PooledCodes | null
  /** Roots that are kept apart from others; null where nobody is. */
  private readonly met: RecordBits | null
  private readonly apart = new Map<number, Set<number>>()
  private readonly sides: CodedSides
  private readonly limits: LimitedCodes | null
  private readonly mostRecords: number
  /** No cluster of so many records passes the size or a limit; 0 where ids are unique. */
  private readonly mostFree: number

  constructor(size: number, mostUnions: number, constraints: Constraints) {
    const { cannotLinks, sidesApart = [], unique, scoped, limits, mostRecords } = constraints
    this.united = {
      a: new Uint32Array(mostUnions),
      b: new Uint32Array(mostUnions),
      steps: new Int32Array(mostUnions),
      before: new Uint32Array(mostUnions),
    }
    this.above = new Int32Array(size).fill(-1)
    this.unique = unique.map(({ codes }) => codes.slice())
    this.scoped = scoped === undefined ? null : new PooledCodes(scoped)
    this.limits = limits.length === 0 ? null : new LimitedCodes(size, limits)
    this.mostRecords = mostRecords
    this.mostFree = unique.length > 0 ? 0 : Math.min(mostRecords, ...limits.map(({ most }) => most))
    this.met = cannotLinks.length + sidesApart.length === 0 ? null : new RecordBits(size)
    this.sides = new CodedSides(sidesApart)
    for (const record of this.sides.roots()) this.met?.add(record)
    for (const [a, b] of cannotLinks) if (a !== b) this.keepApart(a, b)
  }

  /** The record that stands for the cluster of a record now. */
  root(record: number): number {
    const { above } = this
    let at = record
    // What is not negative is a record.
    for (let up = above[at] as number; up >= 0; up = above[at] as number) {
      const next = above[up] as number
      if (next < 0) return up
      above[at] = next
      at = next
    }
    return at
  }

  /** Reads what is asked first about the records of some edges; the sum keeps the reading from being left out. */
  readAhead(edges: Edges, from: number, to: number): number {
    const { above } = this
    const { a, b } = edges
    let sum = (this.limits?.readAhead(edges, from, to) ?? 0) + (this.scoped?.readAhead(edges, from, to) ?? 0)
    for (let edge = from; edge < to; edge++)
      sum = (sum + (above[a[edge] as number] as number) + (above[b[edge] as number] as number)) | 0 // from <= edge < to
    return sum
  }

  sizeOf(root: number): number {
    return -(this.above[root] as number) // negative for a root
  }

  /** Is it plain that nothing forbids the union of two roots, of so many records? */
  isFree(a: number, b: number, records: number): boolean {
    return records <= this.mostFree && !this.isBarred(a, b)
  }

  /** What forbids the union of two roots for good; a decision ignores size and limits. */
  obstacle(a: number, b: number, isDecided: boolean): RefusalReason | null {
    if (this.isApart(a, b)) return 'cannot_link'
    for (const codes of this.unique) {
      const [x, y] = [codes[a] as number, codes[b] as number] // one code per record
      if (x !== 0 && y !== 0 && x !== y) return 'unique_id'
    }
    if (this.scoped?.forbids(a, b) === true) return 'unique_id'
    if (isDecided) return null
    const records = this.sizeOf(a) + this.sizeOf(b)
    if (this.limits?.forbids(a, b, records) === true) return 'too_many_ids'
    return records > this.mostRecords ? 'too_large' : null
  }

  /** Makes one of two roots, and gives the root of the union. */
  unite(a: number, b: number, steps: number): number {
    const { above, united } = this
    const into = a < b ? a : b
    const from = a < b ? b : a
    const union = this.unions++
    const [size, all] = [above[into] as number, (above[into] as number) + (above[from] as number)] // one of each per record
    united.a[union] = into
    united.b[union] = from
    united.steps[union] = steps
    united.before[union] = -size
    above[into] = all
    above[from] = into
    this.limits?.pool(into, from, -all)
    this.scoped?.pool(into, from)
    if (this.unique.length > 0) this.poolUnique(into, from)
    if (this.met?.has(from) === true) this.moveApart(from, into)
    return into
  }

  /** The unions so far, in the order in which they were made. */
  merges(): Readonly<{ a: Uint32Array; b: Uint32Array; steps: Int32Array }> {
    const { a, b, steps } = this.united
    return { a: a.subarray(0, this.unions), b: b.subarray(0, this.unions), steps: steps.subarray(0, this.unions) }
  }

  /**
   * All records, cluster by cluster in the order of their smallest record, and the steps between each and the next. Within a cluster
   * each union puts the leaves of one side behind those of the other, so that the last unions tell where the first ones begin. It
   * writes the places over what was known of clusters: the last thing that is asked.
   */
  leaves(): Readonly<{ order: Uint32Array; joins: Int32Array }> {
    const { above: places, united } = this
    const order = new Uint32Array(places.length)
    const joins = new Int32Array(places.length).fill(APART_STEPS)
    // One place per record, one of each per union.
    let next = 0
    for (let record = 0; record < places.length; record++) {
      const up = places[record] as number
      if (up >= 0) continue
      places[record] = next
      order[next] = record
      next -= up
    }
    for (let union = this.unions - 1; union >= 0; union--) {
      const from = united.b[union] as number
      const place = (places[united.a[union] as number] as number) + (united.before[union] as number)
      places[from] = place
      order[place] = from
      joins[place - 1] = united.steps[union] as number
    }
    return { order, joins }
  }

  private poolUnique(into: number, from: number): void {
    for (const codes of this.unique) codes[into] = (codes[into] as number) || (codes[from] as number)
  }

  private isBarred(a: number, b: number): boolean {
    return this.scoped?.forbids(a, b) === true || this.isApart(a, b)
  }

  private isApart(a: number, b: number): boolean {
    if (this.met?.has(a) !== true || !this.met.has(b)) return false
    return this.apart.get(a)?.has(b) === true || this.sides.forbids(a, b)
  }

  private keepApart(a: number, b: number): void {
    this.met?.add(a)
    this.met?.add(b)
    this.apart.set(a, (this.apart.get(a) ?? new Set()).add(b))
    this.apart.set(b, (this.apart.get(b) ?? new Set()).add(a))
  }

  private moveApart(from: number, into: number): void {
    this.met?.add(into)
    this.sides.pool(into, from)
    const others = this.apart.get(from)
    if (others === undefined) return
    this.apart.delete(from)
    for (const other of others) {
      this.apart.get(other)?.delete(from)
      this.keepApart(into, other)
    }
  }
}
