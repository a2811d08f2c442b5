import { walkTable } from '#store'
import type { Band, Pair, Question } from './answers.ts'
import { bandOf, isThere, type Room, settledGroups, uncertaintyOf, type Weighed, weighedPair } from './room.ts'
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
  const sorted = sortEdges(room, open, wanted)
  const { offset, limit } = wanted
  const first = answered.slice(offset, offset + limit)
  const from = Math.max(0, offset - answered.length)
  const rest = sorted.slice(from, from + limit - first.length).map(edge => weighedEdge(room, edge))
  return { matching: answered.length + sorted.length, weighed: [...first, ...rest] }
}

/** The pair of users of an edge. */
export function weighedEdge(room: Room, edge: number): Weighed {
  const { edges, columns } = room.desk.found.joined
  const [a, b] = [columns.ids[edges.a[edge] ?? 0] ?? '', columns.ids[edges.b[edge] ?? 0] ?? '']
  return weighedPair(room, { question: 'persons', a, b })
}

/** How many pairs of users stand where. */
export function countUserPairs(room: Room, counts: Record<Band, number>): void {
  for (const { pair } of room.answers.decided.values())
    if (pair.question === 'persons' && isThere(room, pair)) counts[bandOf(room, weighedPair(room, pair))]++
  for (const band of OPEN_BANDS) counts[band] += openEdges(room, band).length
}

/** Edges of a band that no answer has settled. */
function openEdges(room: Room, band: OpenBand): readonly number[] {
  const { desk, answers } = room
  const { edges, columns } = desk.found.joined
  const all = Array.from(desk.lineup[band])
  const given = [...answers.decided.values()].filter(({ pair }) => pair.question === 'persons' && isThere(room, pair))
  if (given.length === 0) return all
  const decided = new Set(given.map(({ pair }) => numberOf(room, pair)))
  const settled = settledGroups(room)
  return all.filter(edge => {
    const [a, b] = [edges.a[edge] as number, edges.b[edge] as number] // one of each per edge
    return !decided.has(a * columns.ids.length + b) && (band === 'auto' || settled(a) !== settled(b))
  })
}

/** One number per pair of rows, whatever their order. */
function numberOf({ desk }: Room, { a, b }: Pick<Pair, 'a' | 'b'>): number {
  const [x, y] = [desk.rowOf.get(a) ?? 0, desk.rowOf.get(b) ?? 0]
  return Math.min(x, y) * desk.rowOf.size + Math.max(x, y)
}

function sortEdges(room: Room, open: readonly number[], wanted: Wanted): readonly number[] {
  const { edges } = room.desk.found.joined
  const size = room.desk.rowOf.size
  const skipped = skippedNumbers(room)
  const sign = wanted.descending ? -1 : 1
  const keys = new Map(open.map(edge => [edge, orderOf(room, edge, wanted.sort)]))
  const isSkipped = (edge: number): number =>
    skipped.size > 0 && skipped.has((edges.a[edge] as number) * size + (edges.b[edge] as number)) ? 1 : 0
  return open.toSorted(
    (x, y) => isSkipped(x) - isSkipped(y) || sign * ((keys.get(x) ?? 0) - (keys.get(y) ?? 0)) || x - y,
  )
}

function skippedNumbers(room: Room): ReadonlySet<number> {
  const numbers = [...room.answers.skipped].flatMap(key => {
    const [question, a, b] = JSON.parse(key) as [Question, string, string] // written by keyOf
    return question === 'persons' ? [numberOf(room, { a, b })] : []
  })
  return new Set(numbers)
}

function orderOf({ desk, scores }: Room, edge: number, sort: Wanted['sort']): number {
  const { edges } = desk.found.joined
  // One of each per edge, one score per row.
  const [a, b] = [edges.a[edge] as number, edges.b[edge] as number]
  const bits = (edges.steps[edge] as number) / STEPS_PER_BIT
  if (sort === 'bits') return bits
  if (sort === 'name') return a
  const effects = [scores.ofRow[a] as number, scores.ofRow[b] as number].filter(score => !Number.isNaN(score))
  const effect = scores.runId === null ? 1 : Math.max(0, ...effects)
  return uncertaintyOf({ bits, relation: null, band: 'review' }) * effect
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
