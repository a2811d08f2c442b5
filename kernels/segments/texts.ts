import { commitTexts, heapBytes, heapCount, heapOffsets, reserveHeap } from '../memory/heap'
import { allocate, copyText, release } from '../memory/memory'

/** What was made last: offsets and codes, how many there are, and the bytes of their texts. */
let offsets: usize = 0
let offsetRoom: usize = 0
let codes: usize = 0
let codeRoom: usize = 0
/** The place of the text of each code. */
let named: usize = 0
let textTotal: i32 = 0
let byteTotal: usize = 0
/** Code in the segment per text of a heap. */
let own: usize = 0
let ownRoom: usize = 0

export function gatheredOffsets(): usize {
  return offsets
}
export function gatheredCodes(): usize {
  return codes
}
export function gatheredTexts(): i32 {
  return textTotal
}
export function gatheredLength(): usize {
  return byteTotal
}

/** Makes room for texts of a column. @returns where their bytes go; offsets go to `newOffsets`, one more than texts */
export function reserveTexts(heap: usize, texts: i32, length: usize): usize {
  return reserveHeap(heap, texts, length)
}

export function newOffsets(heap: usize): usize {
  return heapOffsets(heap) + ((<usize>heapCount(heap)) << 2)
}

/** Ends texts whose bytes and offsets were laid down: the offsets began with `first`. */
export function addTexts(heap: usize, texts: i32, base: u32, first: u32): void {
  const at = newOffsets(heap)
  for (let i: usize = 0; i <= (<usize>texts) << 2; i += 4) store<u32>(at + i, load<u32>(at + i) - first + base)
  commitTexts(heap, texts)
}

/** Offsets of the texts of some rows, end to end; `layTexts` puts them somewhere. */
export function gatherTexts(heap: usize, rows: usize, count: i32): void {
  const from = heapOffsets(heap)
  reserveOffsets(count)
  let end: u32 = 0
  store<u32>(offsets, 0)
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const place = from + ((<usize>load<u32>(rows + i)) << 2)
    end += load<u32>(place, 4) - load<u32>(place)
    store<u32>(offsets + i, end, 4)
  }
  textTotal = count
  byteTotal = end
}

/** @param target has room for the texts gathered last, and 16 bytes more */
export function layTexts(heap: usize, rows: usize, count: i32, target: usize): void {
  const from = heapOffsets(heap)
  const source = heapBytes(heap)
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const at = load<u32>(offsets + i)
    const length = load<u32>(offsets + i, 4) - at
    if (length === 0) continue
    copyText(target + at, source + load<u32>(from + ((<usize>load<u32>(rows + i)) << 2)), length)
  }
}

/**
 * Codes of some rows with the texts behind them: those texts only, in the order in which the rows name them; `layOwnTexts` puts
 * them somewhere. In passes without branches, so that many places in memory are waited for at once.
 *
 * @param places a word per row of the heap's run: the text's number from 1, 0 for none
 */
export function ownTexts(heap: usize, places: usize, rows: usize, count: i32): void {
  reserveOwn(heapCount(heap))
  reserveOffsets(count)
  reserveCodes(count)
  const end = (<usize>count) << 2
  for (let i: usize = 0; i < end; i += 4) store<u32>(codes + i, load<u32>(places + ((<usize>load<u32>(rows + i)) << 2)))
  let total: u32 = 0
  store<u32>(own, 0)
  for (let i: usize = 0; i < end; i += 4) {
    const place = load<u32>(codes + i)
    const slot = own + ((<usize>place) << 2)
    const known = load<u32>(slot)
    const isNew = u32(known === 0) & u32(place !== 0)
    // Where it has a code already, the next new one is written here instead.
    store<u32>(named + ((<usize>total) << 2), place, 4)
    total += isNew
    const code = isNew !== 0 ? total : known
    store<u32>(slot, code)
    store<u32>(codes + i, code)
  }
  textTotal = total
  gatherNamed(heap)
}

/** Offsets of the texts at the places in `named`, from the first on. */
function gatherNamed(heap: usize): void {
  const from = heapOffsets(heap)
  const last = (<usize>textTotal) << 2
  let end: u32 = 0
  store<u32>(offsets, 0)
  for (let i: usize = 4; i <= last; i += 4) {
    const text = from + ((<usize>load<u32>(named + i)) << 2)
    end += load<u32>(text) - load<u32>(text - 4)
    store<u32>(offsets + i, end)
  }
  byteTotal = end
}

/** @param target has room for the texts whose codes were made last, and 16 bytes more */
export function layOwnTexts(heap: usize, target: usize): void {
  const from = heapOffsets(heap)
  const source = heapBytes(heap)
  const last = (<usize>textTotal) << 2
  for (let i: usize = 4; i <= last; i += 4) {
    const at = load<u32>(offsets + i - 4)
    const text = from + ((<usize>load<u32>(named + i)) << 2)
    copyText(target + at, source + load<u32>(text - 4), load<u32>(offsets + i) - at)
  }
}

function reserveCodes(count: i32): void {
  const needed = (<usize>count + 2) << 2
  if (needed <= codeRoom) return
  release(codes, codeRoom)
  release(named, codeRoom)
  codeRoom = needed
  codes = allocate(needed)
  named = allocate(needed)
}

function reserveOwn(texts: i32): void {
  const needed = (<usize>texts + 1) << 2
  if (needed > ownRoom) {
    release(own, ownRoom)
    own = allocate(needed)
    ownRoom = needed
  }
  memory.fill(own, 0, needed)
}

function reserveOffsets(count: i32): void {
  const needed = (<usize>count + 1) << 2
  if (needed <= offsetRoom) return
  release(offsets, offsetRoom)
  offsets = allocate(needed)
  offsetRoom = needed
}
