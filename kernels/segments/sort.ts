import { allocate, release } from '../memory/memory'

/** Stretches up to this length are sorted by insertion. */
const SMALL: i32 = 24
let next: usize = 0
let nextRoom: usize = 0
let spare: usize = 0
let spareRoom: usize = 0

/**
 * Row numbers in the order of workspace code, then time; equal ones keep their order.
 *
 * @param rows numbers of rows, ascending. @param to receives them. Both a word per row
 * @param workspaces code per row number. @param times ms per row number
 */
export function sortRows(rows: usize, count: i32, workspaces: usize, times: usize, to: usize): void {
  const codes = countByCode(rows, count, workspaces)
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const row = load<u32>(rows + i)
    const slot = next + ((<usize>load<u32>(workspaces + ((<usize>row) << 2))) << 2)
    const place = load<u32>(slot)
    store<u32>(to + ((<usize>place) << 2), row)
    store<u32>(slot, place + 1)
  }
  if (spareRoom < (<usize>count) << 2) {
    release(spare, spareRoom)
    spareRoom = (<usize>count) << 2
    spare = allocate(spareRoom)
  }
  let from: u32 = 0
  for (let code: usize = 0; code < <usize>codes; code++) {
    const end = load<u32>(next + (code << 2))
    if (end - from > 1) sortStretch(to + ((<usize>from) << 2), <i32>(end - from), times)
    from = end
  }
}

/** Sets `next` to where the rows of each code begin. @returns how many codes there are */
function countByCode(rows: usize, count: i32, workspaces: usize): u32 {
  let highest: u32 = 0
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    highest = max(highest, load<u32>(workspaces + ((<usize>load<u32>(rows + i)) << 2)))
  }
  const needed = (<usize>highest + 2) << 2
  if (needed > nextRoom) {
    release(next, nextRoom)
    next = allocate(needed)
    nextRoom = needed
  }
  memory.fill(next, 0, needed)
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const slot = next + ((<usize>load<u32>(workspaces + ((<usize>load<u32>(rows + i)) << 2))) << 2)
    store<u32>(slot, load<u32>(slot, 4) + 1, 4)
  }
  for (let at: usize = 4; at < needed; at += 4) {
    store<u32>(next + at, load<u32>(next + at) + load<u32>(next + at - 4))
  }
  return highest + 1
}

function timeOf(times: usize, row: u32): f64 {
  return load<f64>(times + ((<usize>row) << 3))
}

function sortStretch(at: usize, count: i32, times: usize): void {
  if (isSorted(at, count, times)) return
  for (let start = 0; start < count; start += SMALL) {
    insertionSort(at + ((<usize>start) << 2), min(SMALL, count - start), times)
  }
  for (let width = SMALL; width < count; width *= 2) {
    for (let start = 0; start + width < count; start += 2 * width) {
      merge(at + ((<usize>start) << 2), width, min(width, count - start - width), times)
    }
  }
}

function isSorted(at: usize, count: i32, times: usize): bool {
  let before = timeOf(times, load<u32>(at))
  for (let i: usize = 4; i < (<usize>count) << 2; i += 4) {
    const now = timeOf(times, load<u32>(at + i))
    if (now < before) return false
    before = now
  }
  return true
}

function insertionSort(at: usize, count: i32, times: usize): void {
  for (let i = 1; i < count; i++) {
    const row = load<u32>(at + ((<usize>i) << 2))
    const time = timeOf(times, row)
    let place = at + ((<usize>i) << 2)
    while (place > at && timeOf(times, load<u32>(place - 4)) > time) {
      store<u32>(place, load<u32>(place - 4))
      place -= 4
    }
    store<u32>(place, row)
  }
}

/** Merges two sorted stretches that follow each other. */
function merge(at: usize, left: i32, right: i32, times: usize): void {
  const middle = at + ((<usize>left) << 2)
  const end = middle + ((<usize>right) << 2)
  if (timeOf(times, load<u32>(middle - 4)) <= timeOf(times, load<u32>(middle))) return
  memory.copy(spare, at, (<usize>left) << 2)
  const spareEnd = spare + ((<usize>left) << 2)
  let one = spare
  let other = middle
  let to = at
  while (one < spareEnd && other < end) {
    const isLeft = timeOf(times, load<u32>(one)) <= timeOf(times, load<u32>(other))
    store<u32>(to, load<u32>(isLeft ? one : other))
    if (isLeft) one += 4
    else other += 4
    to += 4
  }
  memory.copy(to, one, spareEnd - one)
}
