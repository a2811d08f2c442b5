import { appendText, commitText, reserveHeap } from '../memory/heap'
import { allocate, copyText } from '../memory/memory'
import { endsOf, escapedOf, startsOf } from './block'
import { textsAt } from './rows'

const CUSTOM: i32 = 2
const QUOTE: u8 = 34
const COMMA: u8 = 44
const OBJECT_OPEN: u8 = 123
const OBJECT_CLOSE: u8 = 125
/** Of a member: its field, and where `"key":` begins and ends. */
const MEMBER_BYTES: usize = 12

let members: usize = 0
let total: i32 = 0

/** @returns where three words go per member: its field, and where `"key":` begins and ends; in the order of the object */
export function openMembers(count: i32): usize {
  total = count
  members = allocate(<usize>count * MEMBER_BYTES)
  return members
}

/** Appends the custom fields of rows [from .. to): an object of the cells that have something, which are JSON or marked as texts. */
export function writeMembers(from: i32, to: i32): void {
  const heap = textsAt(CUSTOM)
  for (let row = from; row < to; row++) {
    const bytes = lengthOf(row)
    if (bytes === 0) {
      appendText(heap, members, members)
      continue
    }
    const start = reserveHeap(heap, 1, bytes + 32)
    commitText(heap, write(row, start) - start)
  }
}

function write(row: i32, start: usize): usize {
  let to = start
  for (let i: usize = 0; i < <usize>total; i++) {
    const member = members + i * MEMBER_BYTES
    const cell = load<i32>(member)
    const isText = load<u8>(escapedOf(cell) + row) !== 0
    const from = <usize>load<u32>(startsOf(cell) + ((<usize>row) << 2))
    const length = <usize>load<u32>(endsOf(cell) + ((<usize>row) << 2)) - from
    if (length === 0 && !isText) continue
    store<u8>(to, to === start ? OBJECT_OPEN : COMMA)
    const key = <usize>load<u32>(member, 8) - load<u32>(member, 4)
    copyText(to + 1, load<u32>(member, 4), key)
    to += 1 + key
    if (isText) store<u8>(to++, QUOTE)
    copyText(to, from, length)
    to += length
    if (isText) store<u8>(to++, QUOTE)
  }
  store<u8>(to, OBJECT_CLOSE)
  return to + 1
}

/** At least the bytes of the object; 0 where there is none. */
function lengthOf(row: i32): usize {
  let bytes: usize = 0
  for (let i: usize = 0; i < <usize>total; i++) {
    const member = members + i * MEMBER_BYTES
    const cell = load<i32>(member)
    const length = load<u32>(endsOf(cell) + ((<usize>row) << 2)) - load<u32>(startsOf(cell) + ((<usize>row) << 2))
    if (length !== 0 || load<u8>(escapedOf(cell) + row) !== 0)
      bytes += <usize>length + <usize>load<u32>(member, 8) - load<u32>(member, 4) + 4
  }
  return bytes
}
