import { allocate, enlarge } from '../memory/memory'
import { endsOf, isBad, rowCount, startsOf } from './block'
import { copyObject } from './json'

/** Copies of the objects of one field: where they are, the bytes there, those in use. */
const ROOM: usize = 4
const USED: usize = 8
const FIRST_ROOM: usize = 1 << 16

/** A place for the copies of one field: they stay as they are until it is looked at again. */
export function openObjects(): usize {
  const copies = allocate(12)
  store<u32>(copies, <u32>allocate(FIRST_ROOM))
  store<u32>(copies, <u32>FIRST_ROOM, ROOM)
  store<u32>(copies, 0, USED)
  return copies
}

/**
 * Checks the JSON objects of a field and copies them without blanks; the cells are then those of the copies.
 *
 * @param kinds receives 1 for rows to be asked about, else 0
 * @returns how many are to be asked about
 */
export function lookObjects(field: i32, kinds: usize, copies: usize): i32 {
  const count = rowCount()
  const starts = startsOf(field)
  const ends = endsOf(field)
  reserve(starts, ends, copies)
  let asked = 0
  for (let row = 0; row < count; row++) {
    const at = (<usize>row) << 2
    const start = <usize>load<u32>(starts + at)
    const end = <usize>load<u32>(ends + at)
    const isAsked = start !== end && !isBad(row) && !keep(start, end, starts + at, ends + at, copies)
    store<u8>(kinds + row, isAsked ? 1 : 0)
    if (isAsked) asked++
  }
  return asked
}

/** The same for one cell, which is known to be no longer than it was. */
export function lookObject(field: i32, row: i32, copies: usize): bool {
  const starts = startsOf(field) + ((<usize>row) << 2)
  const ends = endsOf(field) + ((<usize>row) << 2)
  return keep(load<u32>(starts), load<u32>(ends), starts, ends, copies)
}

function keep(start: usize, end: usize, startAt: usize, endAt: usize, copies: usize): bool {
  const used = load<u32>(copies, USED)
  const from = <usize>load<u32>(copies) + used
  const to = copyObject(start, end, from)
  if (to === 0) return false
  store<u32>(startAt, <u32>from)
  store<u32>(endAt, <u32>to)
  store<u32>(copies, used + <u32>(to - from) + 16, USED)
  return true
}

/** Room for all cells of the block twice: some are copied again. */
function reserve(starts: usize, ends: usize, copies: usize): void {
  let bytes: usize = 0
  for (let row = 0; row < rowCount(); row++) {
    if (isBad(row)) continue
    bytes += load<u32>(ends + ((<usize>row) << 2)) - load<u32>(starts + ((<usize>row) << 2)) + 32
  }
  const room = load<u32>(copies, ROOM)
  store<u32>(copies, 0, USED)
  if (bytes << 1 <= <usize>room) return
  store<u32>(copies, <u32>enlarge(load<u32>(copies), 0, room, bytes << 1))
  store<u32>(copies, <u32>(bytes << 1), ROOM)
}
