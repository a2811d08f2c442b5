import { sortedColumns } from '../block/radix-order.ts'

/** Weighed pairs of records as columns. */
export type EdgeColumns = Readonly<{ a: Uint32Array; b: Uint32Array; steps: Int32Array }>

/** Words of an edge while edges are sorted: smaller record, larger record, what its steps lack of the most. */
const ROW = 3
/** As many steps apart as one pass tells apart. */
const MOST_APART = 1 << 16
/** At most so many parts, each of about so many edges: small enough for the nearest memory. */
const PART_BITS = 11
const EDGES_PER_PART = 512
const DIGIT_BITS = 10
/** A word shifted by 32 bits is the word itself. */
const MOST_SHIFT = 31
/** Above it a part has many edges of one smaller record. */
const MOVES_PER_WORD = 2

/**
 * Edges by falling steps, then by smaller record, then by larger one; equal sets of edges give equal columns.
 *
 * Edges go into parts by the first digits of their smaller record, each part is sorted by records where it lies near, and one pass over
 * all of them brings the steps into order: far memory is written twice, however many digits records have.
 *
 * @param edges in any order
 * @returns new columns
 *
 * Source: D. Knuth, The Art of Computer Programming 3, 5.2.5 (radix sorting); docs/methods/identity.md, "Clusters".
 */
export function sortedEdges(edges: EdgeColumns): EdgeColumns {
  const { length } = edges.steps
  if (length === 0) return edges
  const reach = reachOf(edges)
  const rows = byRecords(edges, reach)
  return reach.strongest - reach.weakest < MOST_APART ? bySteps(rows, length, reach) : byFarSteps(rows, length, reach)
}

/** The highest records and the range of steps. */
type Reach = Readonly<{ left: number; right: number; strongest: number; weakest: number }>

function reachOf({ a, b, steps }: EdgeColumns): Reach {
  let [left, right] = [0, 0]
  let [strongest, weakest] = [steps[0] as number, steps[0] as number] // not empty
  for (let i = 0; i < steps.length; i++) {
    // i < length
    const [x, y, own] = [a[i] as number, b[i] as number, steps[i] as number]
    if (x > left) left = x
    if (y > right) right = y
    if (own > strongest) strongest = own
    if (own < weakest) weakest = own
  }
  return { left, right, strongest, weakest }
}

/** Rows by smaller record, then by larger one. */
function byRecords(edges: EdgeColumns, reach: Reach): Uint32Array {
  const { length } = edges.steps
  const wanted = Math.min(PART_BITS, bitsOf(length / EDGES_PER_PART))
  const shift = Math.min(MOST_SHIFT, Math.max(0, bitsOf(reach.left) - wanted))
  const starts = new Uint32Array((reach.left >>> shift) + 2)
  const rows = partedRows(edges, reach.strongest, shift, starts)
  let widest = 0
  for (let part = 1; part < starts.length; part++)
    widest = Math.max(widest, (starts[part] as number) - (starts[part - 1] as number))
  const room = new Uint32Array(ROW * widest)
  const smaller = digitsOf(0, shift)
  const both = [...digitsOf(1, bitsOf(reach.right)), ...smaller]
  const desk = { room, smaller, both, counts: new Uint32Array(1 << DIGIT_BITS) }
  for (let part = 1; part < starts.length; part++)
    sortPart(rows.subarray(ROW * (starts[part - 1] as number), ROW * (starts[part] as number)), desk)
  return rows
}

/** One stable pass by the first digits of the smaller record; `starts` then has where each part begins. */
function partedRows({ a, b, steps }: EdgeColumns, strongest: number, shift: number, starts: Uint32Array): Uint32Array {
  // Digits are below the number of parts.
  for (let i = 0; i < a.length; i++) {
    const part = (a[i] as number) >>> shift
    starts[part + 1] = (starts[part + 1] as number) + 1
  }
  for (let part = 1; part < starts.length; part++)
    starts[part] = (starts[part] as number) + (starts[part - 1] as number)
  const places = starts.slice()
  const rows = new Uint32Array(ROW * a.length)
  for (let i = 0; i < a.length; i++) {
    const record = a[i] as number
    const part = record >>> shift
    const place = places[part] as number
    places[part] = place + 1
    rows[ROW * place] = record
    rows[ROW * place + 1] = b[i] as number
    rows[ROW * place + 2] = strongest - (steps[i] as number)
  }
  return rows
}

type Digit = Readonly<{ word: number; shift: number; mask: number }>

/** Digits of so many bits of one word of a row, the least telling first. */
function digitsOf(word: number, bits: number): Digit[] {
  const count = Math.ceil(bits / DIGIT_BITS)
  const width = Math.ceil(bits / Math.max(1, count))
  return Array.from({ length: count }, (_, i) => ({ word, shift: i * width, mask: (1 << width) - 1 }))
}

type Desk = Readonly<{ room: Uint32Array; smaller: readonly Digit[]; both: readonly Digit[]; counts: Uint32Array }>

/**
 * One part by both records. Few edges share their smaller record, so that these are put in order one by one; where many do, passes by
 * the larger record go before those by the smaller one.
 */
function sortPart(rows: Uint32Array, { room, smaller, both, counts }: Desk): void {
  if (rows.length <= ROW) return
  const parted = sortBy(smaller, { rows, room, counts })
  if (insertByLarger(parted, rows)) return
  if (parted === room) rows.set(room.subarray(0, rows.length))
  if (sortBy(both, { rows, room, counts }) === room) rows.set(room.subarray(0, rows.length))
}

/** Passes by digits, the least telling first; gives the table that the rows are in now. */
function sortBy(
  digits: readonly Digit[],
  { rows, room, counts }: Pick<Desk, 'room' | 'counts'> & Readonly<{ rows: Uint32Array }>,
): Uint32Array {
  let [source, target] = [rows, room]
  for (const digit of digits) {
    if (!passByDigit(source, target, { digit, counts, end: rows.length })) continue
    const sorted = target
    target = source
    source = sorted
  }
  return source
}

/** Takes rows that are sorted by smaller record into a table, each in its place by both; false where that takes too many moves. */
function insertByLarger(source: Uint32Array, target: Uint32Array): boolean {
  const end = target.length
  let moves = end * MOVES_PER_WORD
  // Rows lie within both tables.
  for (let at = 0; at < end; at += ROW) {
    const [a, b, below] = [source[at] as number, source[at + 1] as number, source[at + 2] as number]
    let place = at
    for (; place > 0 && target[place - ROW] === a && (target[place - 2] as number) > b; place -= ROW) {
      target[place] = a
      target[place + 1] = target[place - 2] as number
      target[place + 2] = target[place - 1] as number
      moves--
    }
    target[place] = a
    target[place + 1] = b
    target[place + 2] = below
    if (moves < 0) return false
  }
  return true
}

/** One stable pass over the words before the end; false where all rows have one digit, so that nothing moves. */
function passByDigit(
  source: Uint32Array,
  target: Uint32Array,
  { digit: { word, shift, mask }, counts, end }: Readonly<{ digit: Digit; counts: Uint32Array; end: number }>,
): boolean {
  counts.fill(0, 0, mask + 1)
  // Digits are masked, rows lie within both tables.
  for (let at = word; at < end; at += ROW) {
    const value = ((source[at] as number) >>> shift) & mask
    counts[value] = (counts[value] as number) + 1
  }
  let sum = 0
  for (let value = 0; value <= mask; value++) {
    const count = counts[value] as number
    if (ROW * count === end) return false
    counts[value] = sum
    sum += count * ROW
  }
  for (let at = 0; at < end; at += ROW) {
    const value = ((source[at + word] as number) >>> shift) & mask
    const place = counts[value] as number
    counts[value] = place + ROW
    target[place] = source[at] as number
    target[place + 1] = source[at + 1] as number
    target[place + 2] = source[at + 2] as number
  }
  return true
}

/** One stable pass by steps. */
function bySteps(rows: Uint32Array, length: number, { strongest, weakest }: Reach): EdgeColumns {
  const places = new Uint32Array(strongest - weakest + 2)
  // Steps lie between the weakest and the strongest.
  for (let at = 2; at < rows.length; at += ROW) {
    const below = rows[at] as number
    places[below + 1] = (places[below + 1] as number) + 1
  }
  for (let below = 1; below < places.length; below++)
    places[below] = (places[below] as number) + (places[below - 1] as number)
  const edges = { a: new Uint32Array(length), b: new Uint32Array(length), steps: new Int32Array(length) }
  const { a, b, steps } = edges
  for (let at = 0; at < rows.length; at += ROW) {
    const below = rows[at + 2] as number
    const place = places[below] as number
    places[below] = place + 1
    a[place] = rows[at] as number
    b[place] = rows[at + 1] as number
    steps[place] = strongest - below
  }
  return edges
}

/** The same where steps are too far apart for one pass. */
function byFarSteps(rows: Uint32Array, length: number, { strongest }: Reach): EdgeColumns {
  const column = (word: number): Uint32Array => Uint32Array.from({ length }, (_, i) => rows[ROW * i + word] as number)
  const [a, b, below] = sortedColumns([column(0), column(1), column(2)] as const, 2)
  return { a, b, steps: Int32Array.from(below, own => strongest - own) }
}

function bitsOf(value: number): number {
  return 32 - Math.clz32(value)
}
