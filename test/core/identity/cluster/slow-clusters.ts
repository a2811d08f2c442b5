import type { Constraints } from '../../../../core/identity/cluster/constraints.ts'

/** One weighed pair. */
export type Edge = Readonly<{ a: number; b: number; steps: number }>

type Side = Set<number>

/**
 * The rules of clustering, written down as plainly as they can be: sets of records, looked through from the start each time.
 * Gives the clusters as sorted lists, in order.
 */
export function slowClusters(size: number, edges: readonly Edge[], constraints: Constraints): number[][] {
  const state: State = {
    clusters: Array.from({ length: size }, (_, record) => new Set([record])),
    waiting: [],
    constraints,
  }
  for (const link of inOrder(constraints.mustLinks.map(([a, b]) => ({ a, b, steps: 0 })))) {
    const [a, b] = [sideOf(state, link.a), sideOf(state, link.b)]
    if (a !== b && !isApart(constraints, a, b)) unite(state, a, b)
  }
  for (const edge of inOrder(edges)) {
    const [a, b] = [sideOf(state, edge.a), sideOf(state, edge.b)]
    if (a === b || isForbidden(constraints, a, b) || isTooLarge(constraints, a, b)) continue
    const isWeak = edge.steps < constraints.bridgeSteps && a.size >= 3 && b.size >= 3
    if (isWeak && !state.waiting.some(other => isBetween(other, a, b))) state.waiting.push(edge)
    else {
      unite(state, a, b)
      release(state, edge.a)
    }
  }
  return state.clusters.map(side => [...side].sort((x, y) => x - y)).sort((x, y) => (x[0] ?? 0) - (y[0] ?? 0))
}

type State = { clusters: Side[]; waiting: Edge[]; readonly constraints: Constraints }

function inOrder(edges: readonly Edge[]): Edge[] {
  return edges
    .map(({ a, b, steps }) => ({ a: Math.min(a, b), b: Math.max(a, b), steps }))
    .sort((x, y) => y.steps - x.steps || x.a - y.a || x.b - y.b)
}

/** Unites with the cluster of a record, again and again, what two waiting edges join to it. */
function release(state: State, record: number): void {
  for (;;) {
    const grown = sideOf(state, record)
    const released = state.waiting.find(edge => isReleased(state, edge, grown))
    if (released === undefined) break
    unite(state, sideOf(state, released.a), sideOf(state, released.b))
  }
  state.waiting = state.waiting.filter(one => sideOf(state, one.a) !== sideOf(state, one.b))
}

function isReleased(state: State, { a, b }: Edge, grown: Side): boolean {
  if (grown.has(a) === grown.has(b)) return false
  const other = sideOf(state, grown.has(a) ? b : a)
  const isFree = !isForbidden(state.constraints, grown, other) && !isTooLarge(state.constraints, grown, other)
  return isFree && state.waiting.filter(edge => isBetween(edge, grown, other)).length >= 2
}

function isBetween({ a, b }: Edge, x: Side, y: Side): boolean {
  return (x.has(a) && y.has(b)) || (x.has(b) && y.has(a))
}

function sideOf({ clusters }: State, record: number): Side {
  return clusters.find(side => side.has(record)) as Side
}

function unite(state: State, a: Side, b: Side): void {
  state.clusters = [...state.clusters.filter(side => side !== a && side !== b), new Set([...a, ...b])]
}

function isForbidden(constraints: Constraints, a: Side, b: Side): boolean {
  // Answers may have given a person more codes than are allowed: what adds none is none too many.
  const isMore = (codes: Uint32Array): boolean =>
    codesIn(codes, [...a, ...b]) > Math.max(codesIn(codes, [...a]), codesIn(codes, [...b]))
  const passes = constraints.limits.some(({ codes, most }) => codesIn(codes, [...a, ...b]) > most && isMore(codes))
  return isApart(constraints, a, b) || passes
}

/** What holds for decisions, too. */
function isApart({ cannotLinks, sidesApart = [], unique }: Constraints, a: Side, b: Side): boolean {
  return (
    cannotLinks.some(([x, y]) => x !== y && isBetween({ a: x, b: y, steps: 0 }, a, b)) ||
    sidesApart.some(([left, right]) => left.some(x => right.some(y => isBetween({ a: x, b: y, steps: 0 }, a, b)))) ||
    unique.some(({ codes }) => codesIn(codes, [...a, ...b]) > 1)
  )
}

function codesIn(codes: Uint32Array, records: readonly number[]): number {
  return new Set(records.map(record => codes[record]).filter(code => code !== 0)).size
}

function isTooLarge({ mostRecords }: Constraints, a: Side, b: Side): boolean {
  return a.size + b.size > mostRecords
}
