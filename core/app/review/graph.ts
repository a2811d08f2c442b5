import type { Output, Parsed } from '#contract/contract'
import {
  APART_STEPS,
  clusterAround,
  DECIDED_STEPS,
  type Forest,
  mergesAt,
  NEVER_RELEASED,
  REFUSALS,
  thresholdFigures,
} from '#identity'
import { answeredPairs } from './answered-pairs.ts'
import { pageOfRuns, type Run, runsAt, runsThat } from './cluster-runs.ts'
import type { Desk } from './desk.ts'
import { sideOf, wordsOf } from './queue.ts'
import { type Room, rowOf, thresholdsOf, weighedPair } from './room.ts'
import { userOf } from './whereabouts.ts'

type Clusters = Output<'identity.clusters'>
type Graph = Output<'identity.cluster'>
type Thresholds = Output<'identity.thresholds'>
type Moves = Output<'identity.moves'>
type Member = Moves['moves'][number]['left']['members'][number]

const STEPS_PER_BIT = 16
const MOST_MEMBERS = 5
const MOST_NODES = 300
const MOST_EDGES = 1500

const stepsOf = (room: Room, bits: number | undefined): number =>
  bits === undefined ? room.desk.settings.autoSteps : Math.round(bits * STEPS_PER_BIT)
const bitsOf = (steps: number): number => steps / STEPS_PER_BIT

/** A page of the clusters at a threshold. */
export function clusterPage(room: Room, wanted: Parsed<'identity.clusters'>): Clusters {
  const { forest, ids } = room.desk.found.joined
  const threshold = stepsOf(room, wanted.bits)
  const text = wanted.search.trim().toLowerCase()
  const runs = runsAt(forest, threshold)
  const idOf = (place: number): string => ids[forest.order[place] ?? 0] ?? ''
  const isNamed = ({ from, to }: Run): boolean => {
    for (let place = from; place <= to; place++) {
      const { key, title, subtitle } = sideOf(room, 'user', idOf(place))
      if ([key, title, subtitle].some(one => one?.toLowerCase().includes(text) === true)) return true
    }
    return false
  }
  const found = text === '' ? runs : runsThat(runs, isNamed)
  const shown = pageOfRuns(found, wanted)
  const records = new Set(shown.flatMap(({ from, to }) => Array.from(forest.order.subarray(from, to + 1))))
  const refused = refusedAmong(forest, records, threshold)
  const page = shown.map(({ from, to, weakest }) => {
    const places = Array.from({ length: to - from + 1 }, (_, i) => from + i)
    return {
      clusterId: ids[Math.min(...places.map(place => forest.order[place] as number))] ?? '', // places of the order
      size: places.length,
      weakest: weakest === DECIDED_STEPS ? null : bitsOf(weakest),
      refused: places.reduce((sum, place) => sum + (refused.get(forest.order[place] ?? -1) ?? 0), 0),
      members: places.slice(0, MOST_MEMBERS).map(place => memberOf(room, idOf(place))),
    }
  })
  return {
    state: room.state,
    bits: bitsOf(threshold),
    clusters: forest.size - mergesAt(forest, threshold),
    matching: found.from.length,
    page,
  }
}

function memberOf(room: Room, id: string): Member {
  const { key, title, subtitle } = sideOf(room, 'user', id)
  return { key, title, subtitle }
}

function isRefusedAt({ refusals }: Forest, i: number, threshold: number): boolean {
  const released = refusals.releasedAt[i] as number // one per refusal
  return (refusals.steps[i] as number) >= threshold && (released === NEVER_RELEASED || released < threshold)
}

/** Edges that stand refused at each of some records. */
function refusedAmong(forest: Forest, records: ReadonlySet<number>, threshold: number): ReadonlyMap<number, number> {
  const { a, b } = forest.refusals
  const counts = new Map<number, number>()
  for (let i = 0; i < a.length; i++) {
    const ends = [a[i] as number, b[i] as number].filter(record => records.has(record)) // i < length
    if (ends.length === 0 || !isRefusedAt(forest, i, threshold)) continue
    for (const record of ends) counts.set(record, (counts.get(record) ?? 0) + 1)
  }
  return counts
}

/** One cluster with its edges, and what stands refused at its border. */
export function clusterGraph(room: Room, { key, bits }: Parsed<'identity.cluster'>): Graph {
  const { desk } = room
  const { forest, ids } = desk.found.joined
  const threshold = stepsOf(room, bits)
  const place = placesIn(forest)[rowOf(desk, userOf(room, key).to)] as number // a row of the users
  const own = clusterAround(forest, place, threshold)
  const records = Array.from(own.subarray(0, MOST_NODES))
  const nodeOf = new Map(records.map((record, i) => [record, i]))
  const edges = [...decidedEdges(desk, room, nodeOf), ...innerEdges(room, { nodeOf, threshold })]
  const refused = refusedEdges(room, { nodeOf, threshold, most: MOST_NODES })
  const outside = [...nodeOf.keys()].slice(records.length)
  const all = [...markBridges(edges, nodeOf.size), ...refused]
  return {
    state: room.state,
    bits: bitsOf(threshold),
    clusterId: ids[own[0] ?? 0] ?? '',
    nodes: [
      ...records.map(record => ({ ...memberOf(room, ids[record] ?? ''), cluster: 0 })),
      ...outside.map((record, i) => ({ ...memberOf(room, ids[record] ?? ''), cluster: i + 1 })),
    ],
    edges: all.slice(0, MOST_EDGES),
    leftOut: { nodes: own.length - records.length, edges: Math.max(0, all.length - MOST_EDGES) },
  }
}

type Edge = Graph['edges'][number]
type Inside = Readonly<{ nodeOf: Map<number, number>; threshold: number }>

function decidedEdges({ rowOf: rows }: Desk, { answers }: Room, nodeOf: ReadonlyMap<number, number>): Edge[] {
  return [...answers.decided.values()].flatMap(({ pair, decision }) => {
    const [a, b] = [nodeOf.get(rows.get(pair.a) ?? -1), nodeOf.get(rows.get(pair.b) ?? -1)]
    if (pair.question !== 'persons' || decision.answer !== 'same' || a === undefined || b === undefined) return []
    return [{ a, b, bits: null, isBridge: false, isDecided: true, refused: null, strongest: 'answered with the same' }]
  })
}

function innerEdges(room: Room, { nodeOf, threshold }: Inside): Edge[] {
  const { given: edges } = room.desk.found.joined
  const found: Edge[] = []
  for (let i = 0; i < edges.steps.length && (edges.steps[i] as number) >= threshold; i++) {
    // One of each per edge.
    const [x, y] = [edges.a[i] as number, edges.b[i] as number]
    const [a, b] = [nodeOf.get(x), nodeOf.get(y)]
    if (a === undefined || b === undefined) continue
    const bits = bitsOf(edges.steps[i] as number)
    found.push({ a, b, bits, isBridge: false, isDecided: false, refused: null, strongest: strongestOf(room, x, y) })
  }
  return found
}

function strongestOf(room: Room, x: number, y: number): string {
  const { ids } = room.desk.found.joined
  const { lines } = weighedPair(room, { question: 'persons', a: ids[x] ?? '', b: ids[y] ?? '' })
  const [first] = lines.filter(({ kind }) => kind === 'evidence').toSorted((p, q) => q.bits - p.bits)
  return first === undefined ? '' : wordsOf({ ...first, value: '' })
}

/** Edges that were refused, with the records on the other side as further nodes. */
function refusedEdges(room: Room, { nodeOf, threshold, most }: Inside & Readonly<{ most: number }>): Edge[] {
  const { forest } = room.desk.found.joined
  const inside = new Set(nodeOf.keys())
  const nodeFor = (record: number): number | undefined => {
    if (!nodeOf.has(record) && nodeOf.size < 2 * most) nodeOf.set(record, nodeOf.size)
    return nodeOf.get(record)
  }
  return Array.from(forest.refusals.steps, (_, i): Edge[] => {
    // One of each per refusal.
    const [x, y] = [forest.refusals.a[i] as number, forest.refusals.b[i] as number]
    if (!isRefusedAt(forest, i, threshold) || (!inside.has(x) && !inside.has(y))) return []
    const [a, b] = [nodeFor(x), nodeFor(y)]
    return a === undefined || b === undefined ? [] : [refusedEdge(room, { a, b, i })]
  }).flat()
}

function refusedEdge(room: Room, { a, b, i }: Readonly<{ a: number; b: number; i: number }>): Edge {
  const { refusals } = room.desk.found.joined.forest
  const steps = refusals.steps[i] as number // one per refusal
  const isDecided = steps === DECIDED_STEPS
  return {
    a,
    b,
    bits: isDecided ? null : bitsOf(steps),
    isBridge: false,
    isDecided,
    refused: REFUSALS[refusals.reason[i] ?? 0] ?? 'cannot_link',
    strongest: strongestOf(room, refusals.a[i] ?? 0, refusals.b[i] ?? 0),
  }
}

/** Marks the edges without which their cluster falls apart (R. Tarjan, 1974). */
function markBridges(edges: readonly Edge[], nodes: number): Edge[] {
  const near: { to: number; edge: number }[][] = Array.from({ length: nodes }, () => [])
  edges.forEach(({ a, b }, edge) => {
    near[a]?.push({ to: b, edge })
    near[b]?.push({ to: a, edge })
  })
  const entered = new Int32Array(nodes).fill(-1)
  const lowest = new Int32Array(nodes)
  const bridges = new Set<number>()
  let time = 0
  const visit = (node: number, by: number): void => {
    lowest[node] = entered[node] = time++
    for (const { to, edge } of near[node] ?? []) {
      if (edge === by) continue
      if (entered[to] === -1) {
        visit(to, edge)
        if ((lowest[to] as number) > (entered[node] as number)) bridges.add(edge) // one of each per node
      }
      lowest[node] = Math.min(lowest[node] as number, lowest[to] as number)
    }
  }
  for (let node = 0; node < nodes; node++) if (entered[node] === -1) visit(node, -1)
  return edges.map((edge, i) => ({ ...edge, isBridge: bridges.has(i) }))
}

const figuresOf = new WeakMap<Forest, Known>()

/** Figures of every threshold at which something changes, strongest first. */
export function figuresOfAll(room: Room): Thresholds {
  const { forest } = room.desk.found.joined
  return {
    state: room.state,
    thresholds: thresholdsOf(room, 'persons'),
    records: forest.size,
    ...figuresIn(forest),
    answered: answeredPairs(room, placesIn),
  }
}

type Known = Readonly<{ figures: Thresholds['figures']; above: NonNullable<Thresholds['above']> }>

/** Made once for a forest. */
function figuresIn(forest: Forest): Known {
  const known = figuresOf.get(forest) ?? figuresAt(forest)
  figuresOf.set(forest, known)
  return known
}

/** Decisions alone are above every threshold and have no bits; they are in every figure. */
function figuresAt(forest: Forest): Known {
  const { size } = forest
  const nothing = { clusters: size, mergedRecords: 0, largest: Math.min(1, size), refused: 0 }
  const all = thresholdFigures(forest)
    .filter(({ steps }) => steps > APART_STEPS)
    .map(({ steps, clusters, mergedRecords, largest, refused }) => ({
      steps,
      joined: { clusters, mergedRecords, largest, refused },
    }))
  return {
    figures: all.flatMap(({ steps, joined }) => (steps < DECIDED_STEPS ? [{ bits: bitsOf(steps), ...joined }] : [])),
    above: all.findLast(({ steps }) => steps >= DECIDED_STEPS)?.joined ?? nothing,
  }
}

const placesOf = new WeakMap<Forest, Uint32Array>()

/** Where each record stands in the order of a forest. */
function placesIn(forest: Forest): Uint32Array {
  const known = placesOf.get(forest)
  if (known !== undefined) return known
  const places = new Uint32Array(forest.order.length)
  for (let place = 0; place < places.length; place++) places[forest.order[place] as number] = place // a permutation
  placesOf.set(forest, places)
  return places
}

/** What joins or falls apart between two cuts. */
export function movesOf(room: Room, { from, to, limit }: Parsed<'identity.moves'>): Moves {
  const { forest, ids } = room.desk.found.joined
  const [high, low] = [stepsOf(room, Math.max(from, to)), stepsOf(room, Math.min(from, to))]
  const [first, last] = [mergesAt(forest, high), mergesAt(forest, low)]
  const placeOf = placesIn(forest)
  const group = (record: number, steps: number): Moves['moves'][number]['left'] => {
    const members = clusterAround(forest, placeOf[record] as number, steps) // one place per record
    const shown = Array.from(members.subarray(0, MOST_MEMBERS), one => memberOf(room, ids[one] ?? ''))
    return { size: members.length, members: shown }
  }
  const moves = Array.from({ length: Math.max(0, Math.min(last, first + limit) - first) }, (_, k) => {
    const i = first + k
    const steps = forest.merges.steps[i] as number // i < last
    // Just above the union the two sides are still apart.
    return {
      bits: bitsOf(steps),
      left: group(forest.merges.a[i] as number, steps + 1),
      right: group(forest.merges.b[i] as number, steps + 1),
    }
  })
  return {
    state: room.state,
    direction: from === to ? 'none' : to < from ? 'join' : 'apart',
    total: last - first,
    moves,
    before: figureAt(forest, from),
    after: figureAt(forest, to),
  }
}

function figureAt(forest: Forest, bits: number): Moves['before'] {
  const { figures, above } = figuresIn(forest)
  return { ...(figures.findLast(one => one.bits >= bits) ?? above), bits }
}
