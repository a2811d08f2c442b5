import type { Constraints } from './constraints.ts'
import type { Edges } from './edges.ts'

/** How many codes of each scope growing clusters have; clusters of fewer records than codes are allowed cost nothing. */
export class LimitedCodes {
  private readonly limits: Constraints['limits']
  /** No cluster of so many records passes a limit. */
  private readonly least: number
  /** The next record of each in its cluster, round and round. */
  private readonly ring: Uint32Array
  /** Per limit the codes of clusters that have more records than codes are allowed. */
  private readonly distinct: readonly Map<number, Set<number>>[]

  constructor(size: number, limits: Constraints['limits']) {
    this.limits = limits
    this.least = Math.min(...limits.map(({ most }) => most))
    this.ring = new Uint32Array(size)
    for (let record = 0; record < size; record++) this.ring[record] = record
    this.distinct = limits.map(() => new Map())
  }

  /** Reads what `pool` will read for the records of some edges; the sum keeps the reading from being left out. */
  readAhead({ a, b }: Edges, from: number, to: number): number {
    const { ring } = this
    let sum = 0
    for (let edge = from; edge < to; edge++)
      sum = (sum + (ring[a[edge] as number] as number) + (ring[b[edge] as number] as number)) | 0 // from <= edge < to
    return sum
  }

  /**
   * Would the union of two roots, of so many records, have more codes of a scope than are allowed? Where a decision gave one of them more,
   * what adds none is none too many.
   */
  forbids(a: number, b: number, records: number): boolean {
    if (records <= this.least) return false
    return this.limits.some(({ most }, scope) => {
      if (records <= most) return false
      const [more, fewer] = bySize(this.codesOf(scope, a), this.codesOf(scope, b))
      let count = more.size
      for (const code of fewer) if (!more.has(code)) count++
      return count > most && count > more.size
    })
  }

  /** One root becomes part of another; the union has so many records. */
  pool(into: number, from: number, records: number): void {
    const { ring } = this
    if (records > this.least) this.poolScopes(into, from, records)
    const next = ring[into] as number // one of each per record
    ring[into] = ring[from] as number
    ring[from] = next
  }

  private poolScopes(into: number, from: number, records: number): void {
    for (let scope = 0; scope < this.limits.length; scope++)
      if (records > (this.limits[scope]?.most ?? 0)) this.poolScope(scope, into, from)
  }

  private poolScope(scope: number, into: number, from: number): void {
    const [more, fewer] = bySize(this.codesOf(scope, into), this.codesOf(scope, from))
    for (const code of fewer) more.add(code)
    this.distinct[scope]?.set(into, more)
    this.distinct[scope]?.delete(from)
  }

  private codesOf(scope: number, root: number): Set<number> {
    const known = this.distinct[scope]?.get(root)
    if (known !== undefined) return known
    const codes = new Set<number>()
    const own = this.limits[scope]?.codes
    let record = root
    do {
      const code = own?.[record] ?? 0
      if (code !== 0) codes.add(code)
      record = this.ring[record] as number // one per record
    } while (record !== root)
    return codes
  }
}

function bySize(a: Set<number>, b: Set<number>): readonly [Set<number>, Set<number>] {
  return a.size >= b.size ? [a, b] : [b, a]
}
