import { createList } from '../columns/list.ts'
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
  /** Unions in the order in which they were made, so by falling steps: two records that stand for the sides. */
  merges: Readonly<{ a: Uint32Array; b: Uint32Array; steps: Int32Array }>
  refusals: Refusals
}>

/** A bridge that was never released. */
export const NEVER_RELEASED = -(1 << 30)
const LEAST_SIDE = 3

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
    clusters: new GrowingClusters(size, constraints),
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
  for (let edge = 0; edge < sorted.steps.length; edge++) take(run, edge)
  return {
    size,
    ...run.clusters.leaves(),
    merges: run.clusters.merges(),
    refusals: refusalsOf(run, refusedDecisions),
  }
}

type Run = Readonly<{
  clusters: GrowingClusters
  bridges: WaitingBridges
  refused: { edge: number[]; reason: RefusalReason[]; releasedAt: Map<number, number> }
  edges: Edges
  bridgeSteps: number
}>

function take({ clusters, bridges, refused, edges, bridgeSteps }: Run, edge: number): void {
  // Within range: one of each per edge.
  const [a, b] = [clusters.root(edges.a[edge] as number), clusters.root(edges.b[edge] as number)]
  if (a === b) return
  const steps = edges.steps[edge] as number
  const isWeak = steps < bridgeSteps && clusters.sizeOf(a) >= LEAST_SIDE && clusters.sizeOf(b) >= LEAST_SIDE
  const isBridge = isWeak && bridges.edges(a, b).length === 0
  const reason = clusters.obstacle(a, b, false) ?? (isBridge ? 'weak_bridge' : null)
  if (reason !== null) {
    refused.edge.push(edge)
    refused.reason.push(reason)
    if (reason === 'weak_bridge') bridges.add(a, b, edge)
  } else uniteAndRelease({ clusters, bridges, refused }, [a, b], steps)
}

/** A union brings the bridges of both sides together: those that two edges carry now are released by it, one by one. */
function uniteAndRelease(
  { clusters, bridges, refused }: Pick<Run, 'clusters' | 'bridges' | 'refused'>,
  sides: readonly [number, number],
  steps: number,
): void {
  let [a, b] = sides
  for (;;) {
    for (const edge of bridges.take(a, b)) refused.releasedAt.set(edge, steps)
    const into = clusters.unite(a, b, steps)
    if (!bridges.move(into === a ? b : a, into)) return
    let other = bridges.releasable(into)
    while (other !== null && clusters.obstacle(into, other, false) !== null) {
      bridges.take(into, other)
      other = bridges.releasable(into)
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
  const [a, b, steps, reason, releasedAt] = [createList(), createList(), createList(), createList(), createList()]
  const push = (x: number, y: number, weight: number, why: RefusalReason, released: number): void => {
    a.push(x)
    b.push(y)
    steps.push(weight)
    reason.push(REFUSALS.indexOf(why))
    releasedAt.push(released)
  }
  for (const [x, y, why] of decisions) push(x, y, DECIDED_STEPS, why, NEVER_RELEASED)
  refused.edge.forEach((edge, i) => {
    const why = refused.reason[i] as RefusalReason // one reason per edge
    const released = refused.releasedAt.get(edge) ?? NEVER_RELEASED
    push(edges.a[edge] as number, edges.b[edge] as number, edges.steps[edge] as number, why, released)
  })
  return {
    a: a.words(),
    b: b.words(),
    steps: Int32Array.from(steps.words()),
    reason: Uint8Array.from(reason.words()),
    releasedAt: Int32Array.from(releasedAt.words()),
  }
}
