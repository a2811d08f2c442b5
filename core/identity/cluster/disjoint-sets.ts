/**
 * Sets of records that only grow together: union by size, paths halved while they are walked.
 *
 * Source: R. Tarjan, J. van Leeuwen, Worst-case analysis of set union algorithms, J. ACM 31 (1984).
 */
export class DisjointSets {
  private readonly parent: Uint32Array
  private readonly sizes: Uint32Array

  /** @param size number of records, each a set of its own at first */
  constructor(size: number) {
    this.parent = new Uint32Array(size)
    for (let record = 0; record < size; record++) this.parent[record] = record
    this.sizes = new Uint32Array(size).fill(1)
  }

  /** The record that stands for the set of a record now. */
  root(record: number): number {
    let at = record
    // Parents are records.
    for (let up = this.parent[at] as number; up !== at; up = this.parent[at] as number) {
      const above = this.parent[up] as number
      this.parent[at] = above
      at = above
    }
    return at
  }

  /** Records in the set of a root. */
  sizeOf(root: number): number {
    return this.sizes[root] as number // one size per record
  }

  /** Makes one of the sets of two different roots; gives the root of the larger one, the first where both are as large. */
  unite(a: number, b: number): number {
    const [p, q] = [this.sizeOf(a), this.sizeOf(b)]
    const [into, from] = p >= q ? [a, b] : [b, a]
    this.parent[from] = into
    this.sizes[into] = p + q
    return into
  }
}
