import type { Constraints, RefusalReason } from './constraints.ts'
import { PooledCodes } from './scoped-codes.ts'

/** Steps of what joins by decision: above every edge. */
export const DECIDED_STEPS = 1 << 20
/** Steps between two trees of a forest: below every edge. */
export const APART_STEPS = -(1 << 20)

/** Words of a record in the one table that clusters grow in: what a union asks of a record lies in one place of memory. */
const NODE = 4
/** The record above it in its cluster, or minus the size of the cluster where it is the smallest record, which is the root. */
const UP = 0
/** Of a root the last leaf. */
const LAST = 1
/** The next leaf, -1 for none. */
const NEXT = 2
/** Steps between it and the next leaf. */
const JOIN = 3

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
  private readonly united: Readonly<{ a: Uint32Array; b: Uint32Array; steps: Int32Array }>
  private unions = 0
  private readonly size: number
  private readonly nodes: Int32Array
  private readonly unique: readonly Uint32Array[]
  private readonly scoped: PooledCodes | null
  private readonly apart = new Map<number, Set<number>>()
  private readonly limits: Constraints['limits']
  /** Per limit the codes of clusters that have more records than codes are allowed. */
  private readonly distinct: readonly Map<number, Set<number>>[]
  private readonly mostRecords: number

  constructor(size: number, { cannotLinks, unique, scoped, limits, mostRecords }: Constraints) {
    this.size = size
    this.united = { a: new Uint32Array(size), b: new Uint32Array(size), steps: new Int32Array(size) }
    this.nodes = new Int32Array(NODE * size)
    for (let i = 0; i < size; i++) {
      this.nodes[NODE * i + UP] = -1
      this.nodes[NODE * i + LAST] = i
      this.nodes[NODE * i + NEXT] = -1
      this.nodes[NODE * i + JOIN] = APART_STEPS
    }
    this.unique = unique.map(({ codes }) => codes.slice())
    this.scoped = scoped === undefined ? null : new PooledCodes(scoped)
    this.limits = limits
    this.distinct = limits.map(() => new Map())
    this.mostRecords = mostRecords
    for (const [a, b] of cannotLinks) if (a !== b) this.keepApart(a, b)
  }

  /** The record that stands for the cluster of a record now. */
  root(record: number): number {
    const { nodes } = this
    let at = record
    // What is not negative is a record.
    for (let up = nodes[NODE * at + UP] as number; up >= 0; up = nodes[NODE * at + UP] as number) {
      const above = nodes[NODE * up + UP] as number
      if (above < 0) return up
      nodes[NODE * at + UP] = above
      at = above
    }
    return at
  }

  sizeOf(root: number): number {
    return -(this.nodes[NODE * root + UP] as number) // negative for a root
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
    const { nodes, united } = this
    const [into, from] = a < b ? [a, b] : [b, a]
    united.a[this.unions] = into
    united.b[this.unions] = from
    united.steps[this.unions++] = steps
    for (let scope = 0; scope < this.limits.length; scope++) this.poolCodes(scope, into, from)
    const end = nodes[NODE * into + LAST] as number // one of each per record
    nodes[NODE * end + NEXT] = from
    nodes[NODE * end + JOIN] = steps
    nodes[NODE * into + LAST] = nodes[NODE * from + LAST] as number
    nodes[NODE * into + UP] = (nodes[NODE * into + UP] as number) + (nodes[NODE * from + UP] as number)
    nodes[NODE * from + UP] = into
    this.scoped?.pool(into, from)
    for (const codes of this.unique) codes[into] = (codes[into] as number) || (codes[from] as number)
    this.moveApart(from, into)
    return into
  }

  /** The unions so far, in the order in which they were made. */
  merges(): Readonly<{ a: Uint32Array; b: Uint32Array; steps: Int32Array }> {
    const { a, b, steps } = this.united
    return { a: a.slice(0, this.unions), b: b.slice(0, this.unions), steps: steps.slice(0, this.unions) }
  }

  /** All records, cluster by cluster in the order of their smallest record, and the steps between each and the next. */
  leaves(): Readonly<{ order: Uint32Array; joins: Int32Array }> {
    const { nodes, size } = this
    const order = new Uint32Array(size)
    const joins = new Int32Array(size)
    let at = 0
    for (let record = 0; record < size; record++) {
      if ((nodes[NODE * record + UP] as number) >= 0) continue // one of each per record
      for (let leaf = record; leaf !== -1; leaf = nodes[NODE * leaf + NEXT] as number) {
        joins[at] = nodes[NODE * leaf + JOIN] as number
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
    const known = this.distinct[scope]?.get(root)
    if (known !== undefined) return known
    const codes = new Set<number>()
    for (let leaf = root; leaf !== -1; leaf = this.nodes[NODE * leaf + NEXT] as number) {
      const code = this.limits[scope]?.codes[leaf] ?? 0
      if (code !== 0) codes.add(code)
    }
    return codes
  }

  /** Before the chains of two roots are joined. */
  private poolCodes(scope: number, into: number, from: number): void {
    if (this.sizeOf(into) + this.sizeOf(from) <= (this.limits[scope]?.most ?? 0)) return
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
