/** Two sets of records: no cluster has one of each. */
export type SidesApart = readonly [one: readonly number[], other: readonly number[]]

/** What roots have of sets that are kept apart: each root a few codes, one per set, instead of a pair for every two records. */
export class CodedSides {
  /** Codes of each root that has any: 2 * place of the pair of sets, and 1 more for its other side. */
  private readonly codes = new Map<number, Set<number>>()

  /** @param rootOf who has the codes of a record at first */
  constructor(sides: readonly SidesApart[], rootOf: (record: number) => number = record => record) {
    for (const [place, pair] of sides.entries())
      for (const [side, records] of pair.entries())
        for (const record of records) this.add(rootOf(record), 2 * place + side)
  }

  /** The roots that have codes. */
  roots(): Iterable<number> {
    return this.codes.keys()
  }

  /** Has one root a record of a set, and the other one of the set that is kept apart from it? */
  forbids(a: number, b: number): boolean {
    const [own, others] = [this.codes.get(a), this.codes.get(b)]
    if (own === undefined || others === undefined) return false
    const [few, many] = own.size < others.size ? [own, others] : [others, own]
    for (const code of few) if (many.has(code ^ 1)) return true
    return false
  }

  /** Gives what one root has to another. */
  pool(into: number, from: number): void {
    const [own, others] = [this.codes.get(into), this.codes.get(from)]
    if (others === undefined) return
    this.codes.delete(from)
    const [few, many] = own === undefined ? [[], others] : own.size < others.size ? [own, others] : [others, own]
    for (const code of few) many.add(code)
    this.codes.set(into, many)
  }

  private add(root: number, code: number): void {
    const own = this.codes.get(root)
    if (own === undefined) this.codes.set(root, new Set([code]))
    else own.add(code)
  }
}
