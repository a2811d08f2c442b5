import { freedPairs } from '#identity'
import type { Answers, Given, Pair } from './answers.ts'
import type { PersonLineup } from './person-lineup.ts'
import { isThere, type Room, settledGroups } from './room.ts'

/** Places in the edges, listed by a row: those of row i are `places[offsets[i] .. offsets[i + 1])`. */
type Listing = Readonly<{ offsets: Uint32Array; places: Uint32Array }>

/** Open edges by where an answer finds them. */
type EdgeIndex = Readonly<{
  /** Of every band, by their smaller row. */
  byRow: Listing
  /** Proposed and watched ones, by the group of either side. */
  byGroup: Listing
  /** 1 for each edge of a band: what an answer frees is looked up, not searched for. */
  isListed: Uint8Array
}>

const indexes = new WeakMap<PersonLineup, EdgeIndex>()
const settled = new WeakMap<Answers, WeakMap<PersonLineup, ReadonlySet<number>>>()

/**
 * Edges of the lineup that answers have settled: the pairs that were answered themselves, and those between groups that answers have
 * made one. Only what lies next to an answer is looked at.
 *
 * @returns places in the edges
 */
export function settledEdges(room: Room): ReadonlySet<number> {
  const { answers, desk } = room
  const known = settled.get(answers) ?? new WeakMap<PersonLineup, ReadonlySet<number>>()
  settled.set(answers, known)
  const found = known.get(desk.lineup) ?? findSettled(room)
  known.set(desk.lineup, found)
  return found
}

function findSettled(room: Room): ReadonlySet<number> {
  const { answers, desk } = room
  const found = new Set<number>()
  const given = [...answers.decided.values()].filter(({ pair }) => pair.question === 'persons' && isThere(room, pair))
  // Made before the first answer, which is to be as quick as the others.
  const index = indexes.get(desk.lineup) ?? indexOf(room)
  indexes.set(desk.lineup, index)
  const rowsOf = (users: ReadonlySet<string>): number[] => [...users].flatMap(user => desk.rowOf.get(user) ?? [])
  const apart = answers.apart.map(({ sides: [left, right] }) => [rowsOf(left), rowsOf(right)] as const)
  if (given.length + apart.length === 0) return found
  addAnswered(room, index, { given, found })
  addApart(room, index, { apart, found })
  addBetween(room, index, { given, found })
  addFreed(room, index, { given, apart, found })
  return found
}

type Sides = readonly [readonly number[], readonly number[]]
/** Answers, and the rows of two persons that they keep apart. */
type Finding = Readonly<{ given: readonly Given[]; apart: readonly Sides[]; found: Set<number> }>

/** The edges of the pairs that were answered. */
function addAnswered({ desk }: Room, { byRow }: EdgeIndex, { given, found }: Omit<Finding, 'apart'>): void {
  const { edges } = desk.found.joined
  for (const { pair } of given) {
    const [x, y] = [desk.rowOf.get(pair.a) as number, desk.rowOf.get(pair.b) as number] // both are there
    const [low, high] = [Math.min(x, y), Math.max(x, y)]
    for (const edge of listed(byRow, low)) if (edges.b[edge] === high) found.add(edge)
  }
}

/** The edges between two persons that are two. */
function addApart({ desk }: Room, { byRow }: EdgeIndex, { apart, found }: Omit<Finding, 'given'>): void {
  const { edges } = desk.found.joined
  const sides = apart.flatMap(([left, right]) => [[left, new Set(right)] as const, [right, new Set(left)] as const])
  for (const [from, to] of sides)
    for (const row of from) for (const edge of listed(byRow, row)) if (to.has(edges.b[edge] as number)) found.add(edge) // one of each per edge
}

/** The edges between groups that answers have made one. */
function addBetween(room: Room, { byGroup }: EdgeIndex, { given, found }: Omit<Finding, 'apart'>): void {
  const { desk } = room
  const { edges } = desk.found.joined
  const groupOf = settledGroups(room)
  const joined = given.filter(({ decision }) => decision.answer === 'same')
  const touched = new Set(
    joined.flatMap(({ pair }) => [pair.a, pair.b].map(id => desk.lineup.groupOfRow[desk.rowOf.get(id) ?? 0] as number)),
  )
  for (const group of touched) {
    for (const edge of listed(byGroup, group)) {
      // One of each per edge.
      if (groupOf(edges.a[edge] as number) === groupOf(edges.b[edge] as number)) found.add(edge)
    }
  }
}

/** The edges that waited between people whom answers have made one, or of whom they have said which it is not. */
function addFreed({ desk }: Room, { isListed }: EdgeIndex, { given, apart, found }: Finding): void {
  const answered = (answer: string): Pair[] =>
    given.filter(({ decision }) => decision.answer === answer).map(({ pair }) => pair)
  const rows = (pairs: readonly Pair[]) =>
    pairs.map(({ a, b }) => [desk.rowOf.get(a) as number, desk.rowOf.get(b) as number] as const) // both are there
  const [mustLinks, cannotLinks] = [rows(answered('same')), rows(answered('different'))]
  const freed = freedPairs(desk.found.joined, { mustLinks, cannotLinks, sidesApart: apart })
  for (const edge of freed.keys()) if (isListed[edge] === 1) found.add(edge)
}

function listed({ offsets, places }: Listing, row: number): Uint32Array {
  return places.subarray(offsets[row], offsets[row + 1])
}

function indexOf({ desk }: Room): EdgeIndex {
  const { auto, review, watch, groupOfRow } = desk.lineup
  const { edges } = desk.found.joined
  const size = groupOfRow.length
  // One of each per edge, one group per row.
  const rowOf = (edge: number): number => edges.a[edge] as number
  const left = (edge: number): number => groupOfRow[edges.a[edge] as number] as number
  const right = (edge: number): number => groupOfRow[edges.b[edge] as number] as number
  const isListed = new Uint8Array(edges.steps.length)
  for (const band of [auto, review, watch]) for (const edge of band) isListed[edge] = 1
  return {
    isListed,
    byRow: listing(size, [auto, review, watch], [rowOf]),
    byGroup: listing(size, [review, watch], [left, right]),
  }
}

/** Lists places by what each `rowOf` gives for them. */
function listing(size: number, bands: readonly Uint32Array[], rowsOf: readonly ((edge: number) => number)[]): Listing {
  const offsets = new Uint32Array(size + 1)
  const each = (visit: (row: number, edge: number) => void): void => {
    for (const band of bands) for (const edge of band) for (const rowOf of rowsOf) visit(rowOf(edge), edge)
  }
  each(row => {
    offsets[row + 1] = (offsets[row + 1] as number) + 1 // rows are below size
  })
  for (let row = 0; row < size; row++) offsets[row + 1] = (offsets[row + 1] as number) + (offsets[row] as number)
  const places = new Uint32Array(offsets[size] as number)
  const next = offsets.slice()
  each((row, edge) => {
    places[next[row] as number] = edge
    next[row] = (next[row] as number) + 1
  })
  return { offsets, places }
}
