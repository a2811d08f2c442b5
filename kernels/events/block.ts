import { allocate, enlarge } from '../memory/memory'

/** Records looked at together. The cell of field f in row r is number f * ROWS + r: bytes [start .. end). */
export const ROWS: i32 = 1024
export const QUOTE: u8 = 34

let width: i32 = 0
let starts: usize = 0
let ends: usize = 0
let escaped: usize = 0
const records: usize = allocate(6 * 4 * ROWS)
let hasEscapes: bool = false
let count: i32 = 0
let scratch: usize = 0
let scratchRoom: usize = 0

/** Makes the block for records of so many fields, and so many more that are worked out from these. Called once. */
export function openBlock(fields: i32, worked: i32): void {
  width = fields
  const cells = <usize>(fields + worked) * ROWS
  starts = allocate(cells << 2)
  ends = allocate(cells << 2)
  escaped = allocate(cells)
}

export function fieldCount(): i32 {
  return width
}

/** Starts of the cells of a field, 4 bytes each. */
export function startsOf(field: i32): usize {
  return starts + ((<usize>field * ROWS) << 2)
}

/** Ends of the cells of a field, 4 bytes each. */
export function endsOf(field: i32): usize {
  return ends + ((<usize>field * ROWS) << 2)
}

/** A byte per cell of a field: 1 where doubled quotes are to be made single. */
export function escapedOf(field: i32): usize {
  return escaped + <usize>field * ROWS
}

/** Six columns of words, a row each: start, end, start of the next record, line, bad, bytes beyond one per UTF-16 unit. */
export function recordsAt(): usize {
  return records
}

export function fromOf(row: i32): usize {
  return load<u32>(records + ((<usize>row) << 2))
}

export function endOf(row: i32): usize {
  return load<u32>(records + ((<usize>row) << 2), 4 * ROWS)
}

export function keepWide(row: i32, wide: i32): void {
  store<i32>(records + ((<usize>row) << 2), wide, 20 * ROWS)
}

export function isBad(row: i32): bool {
  return load<u32>(records + ((<usize>row) << 2), 16 * ROWS) !== 0
}

export function markBad(row: i32): void {
  store<u32>(records + ((<usize>row) << 2), 1, 16 * ROWS)
}

/** Ends the record of a row. */
export function keepRecord(row: i32, from: usize, end: usize, next: usize): void {
  const at = records + ((<usize>row) << 2)
  store<u32>(at, <u32>from)
  store<u32>(at, <u32>end, 4 * ROWS)
  store<u32>(at, <u32>next, 8 * ROWS)
}

export function keepJudgement(row: i32, line: u32, bad: bool, wide: i32): void {
  const at = records + ((<usize>row) << 2)
  store<u32>(at, line, 12 * ROWS)
  store<u32>(at, bad ? 1 : 0, 16 * ROWS)
  store<i32>(at, wide, 20 * ROWS)
}

export function rowCount(): i32 {
  return count
}

export function setRowCount(rows: i32): void {
  count = rows
}

export function noteEscapes(): void {
  hasEscapes = true
}

/** Forgets the records. */
export function clearBlock(): void {
  count = 0
  hasEscapes = false
}

/** Makes the doubled quotes in cells single, in a place of their own: a record stays as it is in the file. */
export function unquote(): void {
  if (!hasEscapes) return
  let used: usize = 0
  makeScratch(escapedBytes())
  for (let field = 0; field < width; field++) {
    for (let row = 0; row < count; row++) {
      if (load<u8>(escapedOf(field) + row) === 0 || isBad(row)) continue
      used = unescapeCell(startsOf(field) + ((<usize>row) << 2), endsOf(field) + ((<usize>row) << 2), used)
    }
  }
}

function escapedBytes(): usize {
  let bytes: usize = 0
  for (let field = 0; field < width; field++) {
    for (let row = 0; row < count; row++) {
      if (load<u8>(escapedOf(field) + row) === 0) continue
      bytes += load<u32>(endsOf(field) + ((<usize>row) << 2)) - load<u32>(startsOf(field) + ((<usize>row) << 2)) + 32
    }
  }
  return bytes
}

function makeScratch(bytes: usize): void {
  if (bytes <= scratchRoom) return
  scratch = enlarge(scratch, 0, scratchRoom, bytes)
  scratchRoom = bytes
}

function unescapeCell(startAt: usize, endAt: usize, used: usize): usize {
  let from = <usize>load<u32>(startAt)
  const end = <usize>load<u32>(endAt)
  const target = scratch + used
  let to = target
  while (from < end) {
    const bytes = v128.load(from)
    const quotes = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(QUOTE)))
    v128.store(to, bytes)
    const plain = min<usize>(quotes === 0 ? 16 : ctz<i32>(quotes) + 1, end - from)
    to += plain
    from += plain
    // A quote in a quoted cell is always one of two.
    if (load<u8>(from - 1) === QUOTE) from++
  }
  store<u32>(startAt, <u32>target)
  store<u32>(endAt, <u32>to)
  return used + (to - target) + 16
}
