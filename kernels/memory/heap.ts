import { allocate, copyText, enlarge, release } from './memory'

/** Texts end to end. Fields: number of texts, their offsets (one more), room for offsets, bytes, room for bytes. */
const COUNT: usize = 0
const OFFSETS: usize = 4
const OFFSET_ROOM: usize = 8
const BYTES: usize = 12
const BYTE_ROOM: usize = 16
export const HEAP_BYTES: usize = 64
/** Copying writes up to this much beyond a text. */
const SPARE: usize = 16

export function openHeap(heap: usize, texts: i32, bytes: usize): void {
  const offsets = allocate((<usize>texts + 1) << 2)
  store<u32>(heap, 0, COUNT)
  store<u32>(heap, <u32>offsets, OFFSETS)
  store<u32>(heap, texts, OFFSET_ROOM)
  store<u32>(heap, <u32>allocate(bytes + SPARE), BYTES)
  store<u32>(heap, <u32>bytes, BYTE_ROOM)
  store<u32>(offsets, 0)
}

export function closeHeap(heap: usize): void {
  release(load<u32>(heap, OFFSETS), (<usize>load<u32>(heap, OFFSET_ROOM) + 1) << 2)
  release(load<u32>(heap, BYTES), <usize>load<u32>(heap, BYTE_ROOM) + SPARE)
}

export function heapCount(heap: usize): i32 {
  return load<i32>(heap, COUNT)
}

export function heapOffsets(heap: usize): usize {
  return load<u32>(heap, OFFSETS)
}

export function heapBytes(heap: usize): usize {
  return load<u32>(heap, BYTES)
}

/** Bytes in use. */
export function heapLength(heap: usize): usize {
  return load<u32>(heapOffsets(heap) + ((<usize>heapCount(heap)) << 2))
}

/** Forgets the texts and keeps the room. */
export function clearHeap(heap: usize): void {
  store<u32>(heap, 0, COUNT)
}

/** Makes room for `texts` more of `bytes` bytes. @returns where the bytes go */
export function reserveHeap(heap: usize, texts: i32, bytes: usize): usize {
  const count = heapCount(heap)
  const room = load<i32>(heap, OFFSET_ROOM)
  if (count + texts > room) {
    const wider = max(count + texts, 2 * room)
    const used = (<usize>count + 1) << 2
    store<u32>(heap, <u32>enlarge(heapOffsets(heap), used, (<usize>room + 1) << 2, (<usize>wider + 1) << 2), OFFSETS)
    store<i32>(heap, wider, OFFSET_ROOM)
  }
  const length = heapLength(heap)
  const space = <usize>load<u32>(heap, BYTE_ROOM)
  if (length + bytes > space) {
    const wider = max(length + bytes, 2 * space)
    store<u32>(heap, <u32>enlarge(heapBytes(heap), length, space + SPARE, wider + SPARE), BYTES)
    store<u32>(heap, <u32>wider, BYTE_ROOM)
  }
  return heapBytes(heap) + length
}

/** Ends the text that was written from `reserveHeap` on. */
export function commitText(heap: usize, length: usize): void {
  const count = heapCount(heap)
  const at = heapOffsets(heap) + ((<usize>count) << 2)
  store<u32>(at, load<u32>(at) + <u32>length, 4)
  store<i32>(heap, count + 1, COUNT)
}

/** Appends the bytes [start .. end). */
export function appendText(heap: usize, start: usize, end: usize): void {
  copyText(reserveHeap(heap, 1, end - start), start, end - start)
  commitText(heap, end - start)
}

/** Ends texts whose offsets and bytes were written from `reserveHeap` on. */
export function commitTexts(heap: usize, texts: i32): void {
  store<i32>(heap, heapCount(heap) + texts, COUNT)
}
