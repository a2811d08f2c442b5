/** Edges that wait between two roots, by their places; the first is the strongest. */
type Waiting = Map<number, number[]>

const NONE: readonly number[] = []

/** Weak bridges between clusters: each waits until a second edge joins the same two sides. */
export class WaitingBridges {
  private readonly between = new Map<number, Waiting>()
  /** 1 for roots at which edges wait, or waited: nearly every union asks about two of the others. */
  private readonly isMet: Uint8Array

  /** @param size number of records */
  constructor(size: number) {
    this.isMet = new Uint8Array(size)
  }

  /** Edges that wait between two roots. */
  edges(a: number, b: number): readonly number[] {
    if (this.isMet[a] === 0 || this.isMet[b] === 0) return NONE
    return this.between.get(a)?.get(b) ?? NONE
  }

  add(a: number, b: number, edge: number): void {
    this.append(a, b, [edge])
    this.append(b, a, [edge])
  }

  /** Forgets the edges between two roots, and gives them. */
  take(a: number, b: number): readonly number[] {
    const edges = this.edges(a, b)
    if (edges.length === 0) return edges
    this.between.get(a)?.delete(b)
    this.between.get(b)?.delete(a)
    return edges
  }

  /**
   * One root became part of another: what waited at it waits at the other.
   *
   * @returns whether anything waits there now
   */
  move(from: number, into: number): boolean {
    if (this.isMet[from] === 0) return this.isMet[into] === 1 && (this.between.get(into)?.size ?? 0) > 0
    const own = this.between.get(from)
    if (own !== undefined) {
      this.between.delete(from)
      for (const [other, edges] of own) {
        this.between.get(other)?.delete(from)
        this.append(into, other, edges)
        this.append(other, into, edges)
      }
    }
    return (this.between.get(into)?.size ?? 0) > 0
  }

  /** The other root over which two or more edges wait, the one with the strongest first; null where there is none. */
  releasable(root: number): number | null {
    let best: number | null = null
    let earliest = Number.POSITIVE_INFINITY
    for (const [other, edges] of this.between.get(root) ?? []) {
      const strongest = edges[0] as number // a list is never empty
      if (edges.length < 2 || strongest >= earliest) continue
      earliest = strongest
      best = other
    }
    return best
  }

  private append(a: number, b: number, edges: readonly number[]): void {
    this.isMet[a] = 1
    const waiting = this.between.get(a) ?? new Map<number, number[]>()
    this.between.set(a, waiting)
    waiting.set(
      b,
      [...(waiting.get(b) ?? []), ...edges].sort((x, y) => x - y),
    )
  }
}
