import { RecordBits } from './record-bits.ts'

/** Edges that wait between two clusters, by their places, the strongest first; one list for both directions. */
type Waiting = readonly number[]

const NONE: Waiting = []
const NO_PLACE = 0

/**
 * Weak bridges between clusters: each waits until a second edge joins the same two sides.
 *
 * A cluster at which edges wait has a place here, which it keeps as it grows; of two such places the one with fewer neighbours goes into
 * the other.
 */
export class WaitingBridges {
  /** Roots with a place: nearly every union is of two without. */
  private readonly met: RecordBits
  /** Place of each root, 0 for none. */
  private readonly placeOf: Uint32Array
  private readonly roots: number[] = [-1]
  /** Per place what waits to other places. */
  private readonly neighbours: Map<number, Waiting>[] = [new Map()]

  /** @param size number of records */
  constructor(size: number) {
    this.met = new RecordBits(size)
    this.placeOf = new Uint32Array(size)
  }

  /** Does an edge wait at one of two roots, or did one? */
  isMet(a: number, b: number): boolean {
    return this.met.has(a) || this.met.has(b)
  }

  /** Edges that wait between two roots. */
  edges(a: number, b: number): Waiting {
    const [x, y] = [this.placeOf[a] as number, this.placeOf[b] as number] // one of each per record
    return x === NO_PLACE || y === NO_PLACE ? NONE : (this.neighbours[x]?.get(y) ?? NONE)
  }

  add(a: number, b: number, edge: number): void {
    this.join(this.placeFor(a), this.placeFor(b), [edge])
  }

  /** Forgets the edges between two roots, and gives them. */
  take(a: number, b: number): Waiting {
    const edges = this.edges(a, b)
    if (edges.length > 0) this.part(this.placeOf[a] as number, this.placeOf[b] as number) // both have one
    return edges
  }

  /**
   * Two roots, between which nothing waits, become one: what waited at either waits there.
   *
   * @param into the root of the union, one of both
   * @param from the other
   * @returns places to which two or more edges wait now
   */
  unite(into: number, from: number): readonly number[] {
    const [x, y] = [this.placeOf[into] as number, this.placeOf[from] as number] // one of each per record
    if (y === NO_PLACE) return NONE
    const isLarger = x !== NO_PLACE && this.countAt(x) >= this.countAt(y)
    const [kept, left] = isLarger ? [x, y] : [y, x]
    this.settle(into, kept)
    return left === NO_PLACE ? NONE : this.move(left, kept)
  }

  /** The root over which the strongest edge waits, of places to which some do; null where there is none. */
  strongest(root: number, places: Iterable<number>): number | null {
    const own = this.neighbours[this.placeOf[root] as number] // one place per record
    let best: number | null = null
    let earliest = Number.POSITIVE_INFINITY
    for (const place of places) {
      const edge = own?.get(place)?.[0] ?? Number.POSITIVE_INFINITY
      if (edge >= earliest) continue
      earliest = edge
      best = this.roots[place] as number // one per place
    }
    return best
  }

  private countAt(place: number): number {
    return this.neighbours[place]?.size ?? 0
  }

  private placeFor(root: number): number {
    const known = this.placeOf[root] as number // one per record
    if (known !== NO_PLACE) return known
    const place = this.roots.push(root) - 1
    this.neighbours.push(new Map())
    this.settle(root, place)
    return place
  }

  private settle(root: number, place: number): void {
    this.met.add(root)
    this.placeOf[root] = place
    this.roots[place] = root
  }

  private join(x: number, y: number, edges: Waiting): void {
    this.neighbours[x]?.set(y, edges)
    this.neighbours[y]?.set(x, edges)
  }

  private part(x: number, y: number): void {
    this.neighbours[x]?.delete(y)
    this.neighbours[y]?.delete(x)
  }

  private move(left: number, kept: number): number[] {
    const doubled: number[] = []
    for (const [other, edges] of this.neighbours[left] ?? []) {
      this.neighbours[other]?.delete(left)
      const own = this.neighbours[kept]?.get(other)
      if (own !== undefined) doubled.push(other)
      this.join(kept, other, own === undefined ? edges : [...own, ...edges].sort((x, y) => x - y))
    }
    this.neighbours[left] = new Map()
    return doubled
  }
}
