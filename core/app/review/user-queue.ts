import { walkTable } from '#store'
import type { Pair, Question } from './answers.ts'
import { bestFirst } from './best-first.ts'
import { judgedEffect, knownEffects, looksFor } from './exact-effects.ts'
import { bandOf, isThere, type Room, uncertaintyOf, type Weighed, weighedPair } from './room.ts'
import type { LazyReach } from './scores.ts'
import { settledEdges } from './settled-edges.ts'
import { type Found, isWithin, type Wanted } from './wanted.ts'

const STEPS_PER_BIT = 16
type OpenBand = 'auto' | 'review' | 'watch'
const OPEN_BANDS: readonly OpenBand[] = ['review', 'watch', 'auto']

/** A page of pairs of users: there may be very many, so that only those of the page are made. */
export function userPairsPage(room: Room, wanted: Wanted): Found {
  const { desk, answers } = room
  const rows = matchingRows(room, wanted.search)
  const isNamed = (a: number, b: number): boolean => rows === null || rows.has(a) || rows.has(b)
  const answered = [...answers.decided.values()]
    .filter(({ pair }) => pair.question === 'persons' && isThere(room, pair))
    .map(({ pair }) => weighedPair(room, pair))
    .filter(one => wanted.bands.includes(bandOf(room, one)) && isWithin(one.bits, wanted))
    .filter(({ pair }) => isNamed(desk.rowOf.get(pair.a) ?? -1, desk.rowOf.get(pair.b) ?? -1))
  const { edges } = desk.found.joined
  const open = OPEN_BANDS.filter(band => wanted.bands.includes(band))
    .flatMap(band => openEdges(room, band))
    .filter(edge => isWithin((edges.steps[edge] as number) / STEPS_PER_BIT, wanted))
    .filter(edge => isNamed(edges.a[edge] as number, edges.b[edge] as number))
  const { edges: kept, little } = withEffect(room, open, wanted)
  const sorted = sortEdges(room, kept, wanted)
  const { offset, limit } = wanted
  const first = answered.slice(offset, offset + limit)
  const from = Math.max(0, offset - answered.length)
  const rest = sorted.slice(from, from + limit - first.length).map(edge => weighedEdge(room, edge))
  return { matching: answered.length + sorted.length, little, weighed: [...first, ...rest] }
}

/** The pair of users of an edge. */
export function weighedEdge(room: Room, edge: number): Weighed {
  const { edges, ids } = room.desk.found.joined
  const [a, b] = [ids[edges.a[edge] ?? 0] ?? '', ids[edges.b[edge] ?? 0] ?? '']
  return weighedPair(room, { question: 'persons', a, b })
}

/** Edges of a band that no answer has settled. */
function openEdges(room: Room, band: OpenBand): readonly number[] {
  const all = Array.from(room.desk.lineup[band])
  const settled = settledEdges(room)
  return settled.size === 0 ? all : all.filter(edge => !settled.has(edge))
}

/** One number per pair of rows, whatever their order. */
function numberOf({ desk }: Room, { a, b }: Pick<Pair, 'a' | 'b'>): number {
  const [x, y] = [desk.rowOf.get(a) ?? 0, desk.rowOf.get(b) ?? 0]
  return Math.min(x, y) * desk.rowOf.size + Math.max(x, y)
}

/** Edges whose answer moves enough, and how many others there are. */
function withEffect(
  room: Room,
  open: readonly number[],
  { leastEffect }: Wanted,
): Readonly<{ edges: readonly number[]; little: number }> {
  if (leastEffect === 0 || room.scores.runId === null) return { edges: open, little: 0 }
  const edges = open.filter(edge => reachOfEdge(room, edge) >= leastEffect)
  return { edges, little: open.length - edges.length }
}

/** By edge; NaN where it was not asked for yet. */
const reaches = new WeakMap<LazyReach, Float64Array>()

function reachOfEdge({ desk, scores }: Room, edge: number): number {
  if (scores.runId === null) return 1
  const { a, b } = desk.found.joined.edges
  const known = reaches.get(scores.reach) ?? new Float64Array(a.length).fill(Number.NaN)
  reaches.set(scores.reach, known)
  // One of each per edge.
  if (Number.isNaN(known[edge])) known[edge] = scores.reach.between(a[edge] as number, b[edge] as number)
  return known[edge] as number
}

function sortEdges(room: Room, open: readonly number[], wanted: Wanted): readonly number[] {
  const skipped = skippedNumbers(room)
  const isSkipped = (edge: number): boolean => skipped.size > 0 && skipped.has(numberOfEdge(room, edge))
  const [put, others] = [open.filter(isSkipped), skipped.size === 0 ? open : open.filter(edge => !isSkipped(edge))]
  return [...ordered(room, others, wanted), ...ordered(room, put, wanted)]
}

function ordered(room: Room, open: readonly number[], { sort, descending, offset }: Wanted): readonly number[] {
  const { edges } = room.desk.found.joined
  if (sort === 'doubt') return byDoubt(room, open, { isDescending: descending, isFirstPage: offset === 0 })
  const keyOfEdge = (edge: number): number => (sort === 'bits' ? edges.steps[edge] : edges.a[edge]) as number
  const sign = descending ? -1 : 1
  return open.toSorted((x, y) => sign * (keyOfEdge(x) - keyOfEdge(y)) || x - y)
}

type Order = Readonly<{ isDescending: boolean; isFirstPage: boolean }>

function byDoubt(room: Room, open: readonly number[], { isDescending, isFirstPage }: Order): readonly number[] {
  const { steps } = room.desk.found.joined.edges
  const effects = effectsByNumber(room, isFirstPage)
  const effectOf = (edge: number): number | undefined =>
    effects.size === 0 ? undefined : effects.get(numberOfEdge(room, edge))
  const judged = effects.size === 0 ? [] : [...open.keys()].filter(i => effectOf(open[i] as number) !== undefined) // places of open
  const doubts = open.map(edge =>
    uncertaintyOf({ bits: (steps[edge] as number) / STEPS_PER_BIT, relation: null, band: 'review' }),
  )
  const reach = open.map(edge => effectOf(edge) ?? reachOfEdge(room, edge))
  const estimated = doubts.map((doubt, i) => doubt * (reach[i] as number)) // one of each per edge
  const look = (i: number): number => {
    const { pair } = weighedEdge(room, open[i] as number) // i < length
    return (doubts[i] as number) * judgedEffect(room, pair, reach[i] as number)
  }
  const places = bestFirst(estimated, look, { ...looksFor(room, 'persons', isFirstPage), known: judged })
  const sorted = places.map(i => open[i] as number) // places of open
  return isDescending ? sorted : sorted.toReversed()
}

function skippedNumbers(room: Room): ReadonlySet<number> {
  return new Set([...room.answers.skipped].flatMap(key => numberOfKey(room, key) ?? []))
}

/** True effects that are known, by the number of the pair. */
function effectsByNumber(room: Room, isFirstPage: boolean): ReadonlyMap<number, number> {
  const effects = new Map<number, number>()
  for (const [key, effect] of knownEffects(room, isFirstPage)) {
    const number = numberOfKey(room, key)
    if (number !== null) effects.set(number, effect)
  }
  return effects
}

/** Null: not about two users. */
function numberOfKey(room: Room, key: string): number | null {
  const [question, a, b] = JSON.parse(key) as [Question, string, string] // written by keyOf
  return question === 'persons' ? numberOf(room, { a, b }) : null
}

/** As `numberOf` the pair of an edge. */
function numberOfEdge({ desk }: Room, edge: number): number {
  const { a, b } = desk.found.joined.edges
  return (a[edge] as number) * desk.rowOf.size + (b[edge] as number) // edges of the desk
}

/** Rows of the users whose id, name or address has the text; null where nothing is searched. */
function matchingRows({ db, desk }: Room, search: string): ReadonlySet<number> | null {
  const text = search.trim().toLowerCase()
  if (text === '') return null
  const rows = new Set<number>()
  for (const { user_id, name, primary_email } of walkTable(db, 'users', ['user_id', 'name', 'primary_email']))
    if ([user_id, name, primary_email].some(value => value?.toLowerCase().includes(text) === true))
      rows.add(desk.rowOf.get(user_id) ?? -1)
  return rows
}
