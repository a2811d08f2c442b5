import { sortedColumns } from '../block/radix-order.ts'

/** Weighed pairs of records as columns. */
export type EdgeColumns = Readonly<{ a: Uint32Array; b: Uint32Array; steps: Int32Array }>

/** Words of an edge while edges are sorted: smaller record, larger record. */
const ROW = 2
/** As many steps apart as one pass tells apart. */
const MOST_APART = 1 << 13
const LEAST_DIGIT_BITS = 5
const MOST_DIGIT_BITS = 10
/** Above it a part has many edges of one smaller record. */
const MOVES_PER_EDGE = 6

/**
 * Edges by falling steps, then by smaller record, then by larger one; equal sets of edges give equal columns.
 *
 * One pass puts edges with equal steps into parts, and each part is sorted by records, most of them where they lie near: far memory is
 * written twice, however many digits records have.
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
  return reach.strongest - reach.weakest < MOST_APART ? bySteps(edges, reach) : byFarSteps(edges, reach)
}

/** The highest records and the range of steps. */
type Reach = Readonly<{ left: number; right: number; strongest: number; weakest: number }>

function reachOf({ a, b, steps }: EdgeColumns): Reach {
  let [left, right] = [0, 0]
  let [strongest, weakest] = [steps[0] as number, steps[0] as number] // not empty
  for (let i = 0; i < steps.length; i++) {
    // i < length
    const x = a[i] as number
    const y = b[i] as number
    const own = steps[i] as number
    if (x > left) left = x
    if (y > right) right = y
    if (own > strongest) strongest = own
    if (own < weakest) weakest = own
  }
  return { left, right, strongest, weakest }
}

/** Parts of equal steps, each sorted by records into its place. */
function bySteps(edges: EdgeColumns, reach: Reach): EdgeColumns {
  const { length } = edges.steps
  const starts = new Uint32Array(reach.strongest - reach.weakest + 2)
  const rows = partedRows(edges, reach.strongest, starts)
  let widest = 0
  for (let part = 1; part < starts.length; part++)
    widest = Math.max(widest, (starts[part] as number) - (starts[part - 1] as number))
  const room = new Uint32Array(ROW * widest)
  const counts = new Uint32Array(1 << MOST_DIGIT_BITS)
  const sorted = { a: new Uint32Array(length), b: new Uint32Array(length), steps: new Int32Array(length) }
  for (let part = 1; part < starts.length; part++) {
    const [from, to] = [starts[part - 1] as number, starts[part] as number]
    if (from === to) continue
    sorted.steps.fill(reach.strongest - part + 1, from, to)
    sortPart(rows.subarray(ROW * from, ROW * to), {
      room,
      counts,
      reach,
      target: { a: sorted.a.subarray(from, to), b: sorted.b.subarray(from, to) },
    })
  }
  return sorted
}

/** One stable pass by steps; `starts` then has where each part begins. */
function partedRows({ a, b, steps }: EdgeColumns, strongest: number, starts: Uint32Array): Uint32Array {
  // Steps lie between the weakest and the strongest.
  for (let i = 0; i < steps.length; i++) {
    const part = strongest - (steps[i] as number)
    starts[part + 1] = (starts[part + 1] as number) + 1
  }
  for (let part = 1; part < starts.length; part++)
    starts[part] = (starts[part] as number) + (starts[part - 1] as number)
  const places = starts.map(start => ROW * start)
  const rows = new Uint32Array(ROW * a.length)
  for (let i = 0; i < a.length; i++) {
    const part = strongest - (steps[i] as number)
    const place = places[part] as number
    places[part] = place + ROW
    rows[place] = a[i] as number
    rows[place + 1] = b[i] as number
  }
  return rows
}

type Digit = Readonly<{ word: number; shift: number; mask: number }>

/** Digits of one word of a row, of as many bits as suit so many rows, the least telling first. */
function digitsOf(word: number, bits: number, rows: number): Digit[] {
  const most = Math.min(MOST_DIGIT_BITS, Math.max(LEAST_DIGIT_BITS, bitsOf(rows)))
  const count = Math.ceil(bits / most)
  const width = Math.ceil(bits / Math.max(1, count))
  return Array.from({ length: count }, (_, i) => ({ word, shift: i * width, mask: (1 << width) - 1 }))
}

type Desk = Readonly<{ room: Uint32Array; counts: Uint32Array; reach: Reach; target: Records }>
type Records = Pick<EdgeColumns, 'a' | 'b'>

/**
 * One part by both records. Few edges share their smaller record, so that these are put in order one by one; where many do, passes by
 * the larger record go before those by the smaller one.
 */
function sortPart(rows: Uint32Array, { room, counts, reach, target }: Desk): void {
  const count = rows.length / ROW
  const smaller = digitsOf(0, bitsOf(reach.left), count)
  const sorted = sortBy(smaller, { rows, room, counts })
  if (insertByLarger(sorted, target)) return
  const larger = digitsOf(1, bitsOf(reach.right), count)
  if (sorted !== rows) rows.set(room.subarray(0, rows.length))
  insertByLarger(sortBy([...larger, ...smaller], { rows, room, counts }), target)
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

/** Takes rows that are sorted by smaller record into columns, each in its place by both; false where that takes too many moves. */
function insertByLarger(source: Uint32Array, { a: lefts, b: rights }: Records): boolean {
  const { length } = lefts
  let moves = length * MOVES_PER_EDGE
  // Rows lie within the source.
  for (let at = 0; at < length; at++) {
    const a = source[ROW * at] as number
    const b = source[ROW * at + 1] as number
    let place = at
    for (; place > 0 && lefts[place - 1] === a && (rights[place - 1] as number) > b; place--) {
      rights[place] = rights[place - 1] as number
      moves--
    }
    lefts[at] = a
    rights[place] = b
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
  }
  return true
}

/** The same where steps are too far apart for one pass. */
function byFarSteps({ a, b, steps }: EdgeColumns, { strongest }: Reach): EdgeColumns {
  const below = Uint32Array.from(steps, own => strongest - own)
  const byRecords = sortedColumns(sortedColumns([a, b, below] as const, 1), 0)
  const [lefts, rights, far] = sortedColumns(byRecords, 2)
  return { a: lefts, b: rights, steps: Int32Array.from(far, own => strongest - own) }
}

function bitsOf(value: number): number {
  return 32 - Math.clz32(value)
}
