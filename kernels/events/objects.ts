import { allocate, enlarge } from '../memory/memory'
import { endsOf, isBad, rowCount, startsOf } from './block'
import { copyObject } from './json'

let room: usize = 1 << 16
let objects: usize = allocate(1 << 16)
let used: usize = 0

/**
 * Checks the JSON objects of a field and copies them without blanks; the cells are then those of the copies.
 *
 * @param kinds receives 1 for rows to be asked about, else 0
 * @returns how many are to be asked about
 */
export function lookObjects(field: i32, kinds: usize): i32 {
  const count = rowCount()
  const starts = startsOf(field)
  const ends = endsOf(field)
  reserve(starts, ends)
  let asked = 0
  for (let row = 0; row < count; row++) {
    const at = (<usize>row) << 2
    const start = <usize>load<u32>(starts + at)
    const end = <usize>load<u32>(ends + at)
    const isAsked = start !== end && !isBad(row) && !keep(start, end, starts + at, ends + at)
    store<u8>(kinds + row, isAsked ? 1 : 0)
    if (isAsked) asked++
  }
  return asked
}

/** The same for one cell, which is known to be no longer than it was. */
export function lookObject(field: i32, row: i32): bool {
  const starts = startsOf(field) + ((<usize>row) << 2)
  const ends = endsOf(field) + ((<usize>row) << 2)
  return keep(load<u32>(starts), load<u32>(ends), starts, ends)
}

function keep(start: usize, end: usize, startAt: usize, endAt: usize): bool {
  const from = objects + used
  const to = copyObject(start, end, from)
  if (to === 0) return false
  store<u32>(startAt, <u32>from)
  store<u32>(endAt, <u32>to)
  used += to - from + 16
  return true
}

/** Room for all cells of the block twice: some are copied again. */
function reserve(starts: usize, ends: usize): void {
  let bytes: usize = 0
  for (let row = 0; row < rowCount(); row++) {
    if (isBad(row)) continue
    bytes += load<u32>(ends + ((<usize>row) << 2)) - load<u32>(starts + ((<usize>row) << 2)) + 32
  }
  used = 0
  if (bytes << 1 <= room) return
  objects = enlarge(objects, 0, room, bytes << 1)
  room = bytes << 1
}
