/** Per record a scope and a code in it, 0 for none: SSO subjects of very many providers, of which a record has one. */
export type ScopedCodes = Readonly<{ scopes: Uint32Array; codes: Uint32Array }>

/** Codes of growing clusters, at most one of each scope; as many scopes as there may be, at the cost of those that occur. */
export class PooledCodes {
  private readonly own: ScopedCodes
  /** Scope -> code, of roots whose clusters have codes besides those of the root itself. */
  private readonly pooled = new Map<number, Map<number, number>>()

  constructor(own: ScopedCodes) {
    this.own = own
  }

  /** Would the union of two roots have two codes of a scope? */
  forbids(a: number, b: number): boolean {
    const [left, right] = [this.codesOf(a), this.codesOf(b)]
    if (left === null || right === null) return false
    for (const [scope, code] of left) if ((right.get(scope) ?? code) !== code) return true
    return false
  }

  /** One root became part of another. */
  pool(into: number, from: number): void {
    const codes = this.codesOf(from)
    this.pooled.delete(from)
    if (codes === null) return
    this.pooled.set(into, new Map([...(this.codesOf(into) ?? []), ...codes]))
  }

  private codesOf(root: number): ReadonlyMap<number, number> | null {
    const known = this.pooled.get(root)
    if (known !== undefined) return known
    const code = this.own.codes[root] ?? 0
    return code === 0 ? null : new Map([[this.own.scopes[root] ?? 0, code]])
  }
}
