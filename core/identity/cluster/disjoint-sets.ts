/**
 * Sets of records that only grow together: union by size, paths halved while they are walked.
 *
 * Source: R. Tarjan, J. van Leeuwen, Worst-case analysis of set union algorithms, J. ACM 31 (1984).
 */
export class DisjointSets {
  /** The record above each; minus the number of records for one that stands for its set. */
  private readonly parent: Int32Array

  /** @param size number of records, each a set of its own at first */
  constructor(size: number) {
    this.parent = new Int32Array(size).fill(-1)
  }

  /** The record that stands for the set of a record now. */
  root(record: number): number {
    const { parent } = this
    let at = record
    // Parents are records where they are not negative.
    for (let up = parent[at] as number; up >= 0; up = parent[at] as number) {
      const above = parent[up] as number
      if (above < 0) return up
      parent[at] = above
      at = above
    }
    return at
  }

  /** Records in the set of a root. */
  sizeOf(root: number): number {
    return -(this.parent[root] as number) // negative for a root
  }

  /** Makes one of the sets of two different roots; gives the root of the larger one, the first where both are as large. */
  unite(a: number, b: number): number {
    const [p, q] = [this.sizeOf(a), this.sizeOf(b)]
    const [into, from] = p >= q ? [a, b] : [b, a]
    this.parent[from] = into
    this.parent[into] = -(p + q)
    return into
  }
}
