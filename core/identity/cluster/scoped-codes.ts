import type { Edges } from './edges.ts'
import { RecordBits } from './record-bits.ts'

/** Per record a scope and a code in it, 0 for none: SSO subjects of very many providers, of which a record has one. */
export type ScopedCodes = Readonly<{ scopes: Uint32Array; codes: Uint32Array }>

/** In place of a code: the cluster has codes of several scopes. */
const SEVERAL = -1

/** Codes of growing clusters, at most one of each scope; as many scopes as there may be, at the cost of those that occur. */
export class PooledCodes {
  /** Of roots: code and scope in one number, of a cluster that has one; 0 for none. */
  private readonly own: Float64Array
  /** Roots of which it is not 0: those without are told without reaching for far memory. */
  private readonly met: RecordBits
  private readonly scopeCount: number
  /** Scope -> code with its scope, of roots whose clusters have several. */
  private readonly pooled = new Map<number, Map<number, number>>()

  constructor({ scopes, codes }: ScopedCodes) {
    let most = 0
    for (let i = 0; i < scopes.length; i++) most = Math.max(most, scopes[i] as number) // i < length
    this.scopeCount = most + 1
    this.own = new Float64Array(codes.length)
    this.met = new RecordBits(codes.length)
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number // i < length, one scope per code
      if (code === 0) continue
      this.own[i] = code * this.scopeCount + (scopes[i] as number)
      this.met.add(i)
    }
  }

  /** Reads what `forbids` will read for the records of some edges; the sum keeps the reading from being left out. */
  readAhead({ a, b }: Edges, from: number, to: number): number {
    const { own } = this
    let sum = 0
    for (let edge = from; edge < to; edge++)
      sum += (own[a[edge] as number] as number) + (own[b[edge] as number] as number) // from <= edge < to
    return sum
  }

  /** Would the union of two roots have two codes of a scope? */
  forbids(a: number, b: number): boolean {
    if (!(this.met.has(a) && this.met.has(b))) return false
    const [x, y] = [this.own[a] as number, this.own[b] as number] // one per record
    if (x > 0 && y > 0) return x !== y && x % this.scopeCount === y % this.scopeCount
    const [left, right] = [this.codesOf(a), this.codesOf(b)]
    for (const [scope, code] of left) if ((right.get(scope) ?? code) !== code) return true
    return false
  }

  /** One root became part of another; their union was not forbidden. */
  pool(into: number, from: number): void {
    if (!this.met.has(from)) return
    const [x, y] = [this.own[into] as number, this.own[from] as number] // one per record
    this.met.add(into)
    if (x === y && x !== SEVERAL) return
    if (x === 0 && y !== SEVERAL) this.own[into] = y
    else this.poolSeveral(into, from)
  }

  private poolSeveral(into: number, from: number): void {
    const [own, others] = [this.codesOf(into), this.codesOf(from)]
    const [more, fewer] = own.size >= others.size ? [own, others] : [others, own]
    for (const [scope, code] of fewer) more.set(scope, code)
    this.pooled.delete(from)
    this.pooled.set(into, more)
    this.own[into] = SEVERAL
  }

  private codesOf(root: number): Map<number, number> {
    const known = this.pooled.get(root)
    if (known !== undefined) return known
    const code = this.own[root] as number // one per record
    return new Map(code === 0 ? [] : [[code % this.scopeCount, code]])
  }
}
