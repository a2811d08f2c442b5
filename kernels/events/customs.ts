import { appendText, clearHeap, HEAP_BYTES, heapBytes, heapOffsets, openHeap } from '../memory/heap'
import { allocate, copyText, enlarge } from '../memory/memory'
import { endsOf, startsOf } from './block'
import { clearDictionary, findText, internText, openDictionary } from './dictionary'
import { hashText } from './hash'
import { textsAt } from './rows'

/** Between the cells of a key; no byte of UTF-8. */
const BETWEEN: u8 = 0xff
const CUSTOM: i32 = 2

let fields: usize = 0
let total: i32 = 0
let keys: usize = 0
const written: usize = allocate(HEAP_BYTES)
let key: usize = 0
let room: usize = 0
let length: usize = 0

/** @returns where the numbers of the custom fields go, a word each */
export function openCustoms(count: i32): usize {
  total = count
  fields = allocate((<usize>count) << 2)
  keys = openDictionary()
  openHeap(written, 64, 1024)
  room = 1024
  key = allocate(room + 256)
  return fields
}

/**
 * Appends the custom fields of rows [from .. to): the text that belongs to their cells.
 *
 * @returns the first row whose cells are not known; `keyAt` then has them, each with BETWEEN behind it
 */
export function writeCustoms(from: i32, to: i32): i32 {
  const heap = textsAt(CUSTOM)
  for (let row = from; row < to; row++) {
    gather(row)
    // A key of separators alone: all cells are empty.
    if (length === <usize>total) {
      appendText(heap, key, key)
      continue
    }
    const code = findText(keys, key, <i32>length, hashText(key, <i32>length))
    if (code === 0) return row
    const offset = heapOffsets(written) + ((<usize>code) << 2)
    appendText(heap, heapBytes(written) + load<u32>(offset - 4), heapBytes(written) + load<u32>(offset))
  }
  return to
}

export function keyAt(): usize {
  return key
}

export function keyLength(): usize {
  return length
}

/** Keeps what belongs to the cells at `keyAt`. @returns how many are known now */
export function learnCustom(start: usize, end: usize): u32 {
  appendText(written, start, end)
  return internText(keys, key, <i32>length, hashText(key, <i32>length))
}

export function forgetCustoms(): void {
  clearDictionary(keys)
  clearHeap(written)
}

function gather(row: i32): void {
  length = 0
  for (let i = 0; i < total; i++) {
    const field = load<i32>(fields + ((<usize>i) << 2))
    const start = <usize>load<u32>(startsOf(field) + ((<usize>row) << 2))
    const bytes = <usize>load<u32>(endsOf(field) + ((<usize>row) << 2)) - start
    reserve(length + bytes + 1)
    copyText(key + length, start, bytes)
    length += bytes
    store<u8>(key + length, BETWEEN)
    length++
  }
}

function reserve(bytes: usize): void {
  if (bytes <= room) return
  key = enlarge(key, length, room + 256, (bytes << 1) + 256)
  room = bytes << 1
}
