import { type Constraints, REFUSALS, type RefusalReason } from './constraints.ts'
import { type Edges, inWeightOrder } from './edges.ts'
import { DECIDED_STEPS, GrowingClusters } from './growing-clusters.ts'
import { WaitingBridges } from './waiting-bridges.ts'

/** Edges that joined nothing when they were looked at. */
export type Refusals = Readonly<{
  a: Uint32Array
  b: Uint32Array
  steps: Int32Array
  /** Index in `REFUSALS`. */
  reason: Uint8Array
  /** Steps at which a bridge was released after all; that of no edge where it never was. */
  releasedAt: Int32Array
}>

/** The clusters of every threshold. */
export type Forest = Readonly<{
  size: number
  /** All records; the clusters at a threshold are runs of it. */
  order: Uint32Array
  /** Steps that join each record of `order` with the next. */
  joins: Int32Array
  /**
   * Unions in the order in which they were made, so by falling steps: the smallest records of both sides, of which `a` is the smaller one
   * and so that of the union.
   */
  merges: Readonly<{ a: Uint32Array; b: Uint32Array; steps: Int32Array }>
  refusals: Refusals
}>

/** A bridge that was never released. */
export const NEVER_RELEASED = -(1 << 30)
const LEAST_SIDE = 3
/** Of two clusters of so many records together one has too few for a bridge. */
const NO_BRIDGE = 2 * LEAST_SIDE - 1
/** Edges whose records are read together. */
const AHEAD = 32

/**
 * Clusters records under constraints, for every threshold at once.
 *
 * Decisions first, then Kruskal over the edges by falling steps. An edge is refused that would break a cannot-link, put two
 * codes of a scope together, or pass the size; one that is the only edge between two clusters of three or more and weak
 * waits, is looked at again at each union of its two sides, and the union then has the steps of the edge that released it.
 * Each check reads stronger edges only, so that a cut through the forest is what a run with those edges alone would give.
 *
 * @param size number of records, named by 0 .. size - 1 in the order of their keys
 * @param edges in any order
 * @param constraints decisions, unique ids, size, bridges
 *
 * Source: docs/methods/identity.md, "Clusters".
 */
export function clusterRecords(size: number, edges: Edges, constraints: Constraints): Forest {
  const sorted = inWeightOrder(edges)
  const run: Run = {
    clusters: new GrowingClusters(
      size,
      Math.min(size, sorted.steps.length + constraints.mustLinks.length),
      constraints,
    ),
    bridges: new WaitingBridges(size),
    refused: { edge: [], reason: [], releasedAt: new Map() },
    edges: sorted,
    bridgeSteps: constraints.bridgeSteps,
  }
  const decided = [...constraints.mustLinks]
    .map(([x, y]) => (x < y ? ([x, y] as const) : ([y, x] as const)))
    .sort(([a, b], [c, d]) => a - c || b - d)
  const refusedDecisions: (readonly [number, number, RefusalReason])[] = []
  for (const [x, y] of decided) {
    const [a, b] = [run.clusters.root(x), run.clusters.root(y)]
    if (a === b) continue
    const reason = run.clusters.obstacle(a, b, true)
    if (reason === null) run.clusters.unite(a, b, DECIDED_STEPS)
    else refusedDecisions.push([x, y, reason])
  }
  takeAll(run)
  return {
    size,
    ...run.clusters.leaves(),
    merges: run.clusters.merges(),
    refusals: refusalsOf(run, refusedDecisions),
  }
}

/** Two roots. */
type Sides = readonly [number, number]

type Run = Readonly<{
  clusters: GrowingClusters
  bridges: WaitingBridges
  refused: { edge: number[]; reason: RefusalReason[]; releasedAt: Map<number, number> }
  edges: Edges
  bridgeSteps: number
}>

/**
 * Takes edges from the strongest to the weakest. Where their records lie in memory is asked for some edges ahead, all at once; the sum
 * that comes back says nothing, but keeps the reading from being left out.
 */
function takeAll(run: Run): number {
  const { clusters, edges } = run
  let sum = 0
  for (let from = 0; from < edges.steps.length; from += AHEAD) {
    const to = Math.min(from + AHEAD, edges.steps.length)
    sum = (sum + clusters.readAhead(edges, from, to)) | 0
    takeSome(run, from, to)
  }
  return sum
}

/** Nearly all unions are of few records at which nothing waits: those go the short way. */
function takeSome(run: Run, from: number, to: number): void {
  const { clusters, bridges } = run
  const { a: lefts, b: rights, steps } = run.edges
  for (let edge = from; edge < to; edge++) {
    // Within range: one of each per edge.
    const a = clusters.root(lefts[edge] as number)
    const b = clusters.root(rights[edge] as number)
    if (a === b) continue
    const records = clusters.sizeOf(a) + clusters.sizeOf(b)
    const isFree = records <= NO_BRIDGE && clusters.isFree(a, b, records)
    if (isFree && (records <= LEAST_SIDE || !bridges.isMet(a, b))) clusters.unite(a, b, steps[edge] as number)
    else take(run, edge, [a, b])
  }
}

function take({ clusters, bridges, refused, edges, bridgeSteps }: Run, edge: number, [a, b]: Sides): void {
  const steps = edges.steps[edge] as number // one per edge
  const isWeak = steps < bridgeSteps && clusters.sizeOf(a) >= LEAST_SIDE && clusters.sizeOf(b) >= LEAST_SIDE
  const isBridge = isWeak && bridges.edges(a, b).length === 0
  const reason = clusters.obstacle(a, b, false) ?? (isBridge ? 'weak_bridge' : null)
  if (reason !== null) {
    refused.edge.push(edge)
    refused.reason.push(reason)
    if (reason === 'weak_bridge') bridges.add(a, b, edge)
  } else if (bridges.isMet(a, b)) uniteAndRelease({ clusters, bridges, refused }, [a, b], steps)
  else clusters.unite(a, b, steps)
}

/** A union brings the bridges of both sides together: those that two edges carry now are released by it, one by one. */
function uniteAndRelease(
  { clusters, bridges, refused }: Pick<Run, 'clusters' | 'bridges' | 'refused'>,
  sides: Sides,
  steps: number,
): void {
  const doubled = new Set<number>()
  let [a, b] = sides
  for (;;) {
    for (const edge of bridges.take(a, b)) refused.releasedAt.set(edge, steps)
    const into = clusters.unite(a, b, steps)
    for (const place of bridges.unite(into, into === a ? b : a)) doubled.add(place)
    let other = bridges.strongest(into, doubled)
    while (other !== null && clusters.obstacle(into, other, false) !== null) {
      bridges.take(into, other)
      other = bridges.strongest(into, doubled)
    }
    if (other === null) return
    a = into
    b = other
  }
}

function refusalsOf(
  { refused, edges }: Run,
  decisions: readonly (readonly [number, number, RefusalReason])[],
): Refusals {
  const count = decisions.length + refused.edge.length
  const [a, b, steps] = [new Uint32Array(count), new Uint32Array(count), new Int32Array(count).fill(DECIDED_STEPS)]
  const [reason, releasedAt] = [new Uint8Array(count), new Int32Array(count).fill(NEVER_RELEASED)]
  decisions.forEach(([x, y, why], i) => {
    a[i] = x
    b[i] = y
    reason[i] = REFUSALS.indexOf(why)
  })
  refused.edge.forEach((edge, i) => {
    const at = decisions.length + i
    // One of each per edge, one reason per refusal.
    a[at] = edges.a[edge] as number
    b[at] = edges.b[edge] as number
    steps[at] = edges.steps[edge] as number
    reason[at] = REFUSALS.indexOf(refused.reason[i] as RefusalReason)
    releasedAt[at] = refused.releasedAt.get(edge) ?? NEVER_RELEASED
  })
  return { a, b, steps, reason, releasedAt }
}
