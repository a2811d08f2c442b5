import type { ByteSource } from './byte-source.ts'
import { grownWords } from './grow.ts'
import { avalanche, hashBytes } from './hash-bytes.ts'
import { TextHeap } from './text-heap.ts'
import { textOfUtf8 } from './utf8.ts'

const FIRST_SLOTS = 64
const MANY_SLOTS = 1 << 18
/** Texts looked up together: the places in memory that they need stay in the processor's first cache. */
const SLICE = 256

/**
 * Texts to be looked up together: text i, of `count`, is bytes [starts[first + i] .. ends[first + i]) of the source.
 * Those with a 1 in `skip[i]` are passed over.
 */
export type TextRun = Readonly<{
  source: ByteSource
  starts: Int32Array
  ends: Int32Array
  first: number
  count: number
  skip: Uint8Array
}>

/**
 * Distinct UTF-8 texts with codes 1, 2, 3 ... in the order they were first met; code 0 is "missing". Looked up by bytes,
 * without a string per lookup. Only ever grows.
 *
 * Open addressing with linear probing, one word a slot: the code in its low bits, and above them those of the lookup hash,
 * which tell nearly all other texts apart. A table of 2^k slots holds codes below 2^k, so that both always fit.
 */
export class ByteDictionary {
  /** Text `code` is the heap's text number code - 1. */
  readonly heap = new TextHeap()
  /** 64-bit hash of each text at [2 code, 2 code + 1], zeros for code 0; empty where the dictionary was made without. */
  hashes: Uint32Array
  private slots = new Int32Array(FIRST_SLOTS)
  private mask = FIRST_SLOTS - 1
  private readonly hasHashes: boolean
  private readonly scratch = new Uint32Array(4)
  private readonly slice = new Int32Array(SLICE)

  constructor(hasHashes = true) {
    this.hasHashes = hasHashes
    this.hashes = new Uint32Array(hasHashes ? 2 * FIRST_SLOTS : 0)
  }

  /** Number of texts, which is the highest code. */
  get size(): number {
    return this.heap.count
  }

  /** Code of source[start .. end), 0 where it is not known. The empty text is a text like any other. */
  find(source: ByteSource, start: number, end: number): number {
    // Slot numbers are masked, so within range; so are all below.
    return (this.slots[this.slotOf(source, start, end, lookupHash(source.view, start, end))] as number) & this.mask
  }

  /** Code of source[start .. end); a text met for the first time gets the next one. */
  intern(source: ByteSource, start: number, end: number): number {
    const hash = lookupHash(source.view, start, end)
    const slot = this.slotOf(source, start, end, hash)
    const known = (this.slots[slot] as number) & this.mask
    if (known !== 0) return known
    this.heap.append(source, start, end)
    const code = this.heap.count
    if (this.hasHashes) this.keepHash(code, source, start, end)
    this.slots[slot] = (hash & ~this.mask) | code
    if (10 * code > 7 * this.mask) this.spread()
    return code
  }

  /**
   * Codes of many texts; 0 where one is not known, empty or passed over. Much faster than one by one: a look-up waits for
   * three places in memory, one after the other, and in passes of their own many wait together.
   *
   * @param codes receives `count` codes
   */
  findAll(run: TextRun, codes: Int32Array): void {
    for (let from = 0; from < run.count; from += SLICE) {
      const to = Math.min(from + SLICE, run.count)
      this.hashSlice(run, from, to)
      this.probeSlice(run, from, codes.subarray(from, to))
      this.verifySlice(run, from, codes.subarray(from, to))
    }
  }

  text(code: number): string {
    const { source, offsets } = this.heap
    return code === 0 ? '' : textOfUtf8(source.bytes, offsets[code - 1], offsets[code])
  }

  bytes(code: number): Uint8Array {
    const { source, offsets } = this.heap
    return code === 0 ? source.bytes.subarray(0, 0) : source.bytes.subarray(offsets[code - 1], offsets[code])
  }

  private hashSlice({ source, starts, ends, first, skip }: TextRun, from: number, to: number): void {
    const { slice } = this
    const { view } = source
    for (let i = from; i < to; i++) {
      slice[i - from] = skip[i] === 1 ? 0 : lookupHash(view, starts[first + i] as number, ends[first + i] as number)
    }
  }

  /** Codes of the texts that may be the ones looked for; 0 where there is none. */
  private probeSlice({ starts, ends, first, skip }: TextRun, from: number, codes: Int32Array): void {
    const { slots, mask, slice } = this
    // The first slots in a pass of their own: nothing depends on these reads, so that all of them are waited for at once.
    for (let i = 0; i < codes.length; i++) codes[i] = slots[(slice[i] as number) & mask] as number
    for (let i = 0; i < codes.length; i++) {
      const cell = first + from + i
      const hash = slice[i] as number
      const tag = hash & ~mask
      let slot = hash & mask
      let word = codes[i] as number
      while (word !== 0 && (word & ~mask) !== tag) {
        slot = (slot + 1) & mask
        word = slots[slot] as number
      }
      codes[i] = skip[from + i] === 1 || starts[cell] === ends[cell] ? 0 : word & mask
    }
  }

  /** Looks anew for those that are not the ones after all. */
  private verifySlice({ source, starts, ends, first }: TextRun, from: number, codes: Int32Array): void {
    const { slice } = this
    const { offsets } = this.heap
    for (let i = 0; i < codes.length; i++) slice[i] = offsets[codes[i] as number] as number
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number
      if (code === 0) continue
      const start = starts[first + from + i] as number
      const end = ends[first + from + i] as number
      if (!this.isText((slice[i] as number) - end + start, code, source, start, end))
        codes[i] = this.find(source, start, end)
    }
  }

  /** The slot that holds the text, or the free one where it belongs. */
  private slotOf(source: ByteSource, start: number, end: number, hash: number): number {
    const { slots, mask } = this
    const { offsets } = this.heap
    const tag = hash & ~mask
    let slot = hash & mask
    for (;;) {
      const word = slots[slot] as number
      if (word === 0) return slot
      const code = word & mask
      if ((word & ~mask) === tag && this.isText(offsets[code - 1] as number, code, source, start, end)) return slot
      slot = (slot + 1) & mask
    }
  }

  /** Does the text of a code begin at `at` in the heap, and is it source[start .. end)? */
  private isText(at: number, code: number, source: ByteSource, ...[start, end]: [number, number]): boolean {
    const { offsets } = this.heap
    const length = end - start
    if (offsets[code - 1] !== at || offsets[code] !== at + length) return false
    const ours = this.heap.source.view
    const theirs = source.view
    let i = 0
    for (; i + 4 <= length; i += 4) {
      if (ours.getInt32(at + i, true) !== theirs.getInt32(start + i, true)) return false
    }
    for (; i < length; i++) if (ours.getUint8(at + i) !== theirs.getUint8(start + i)) return false
    return true
  }

  private keepHash(code: number, source: ByteSource, start: number, end: number): void {
    if (2 * code + 1 >= this.hashes.length) this.hashes = grownWords(this.hashes, 2 * code + 2)
    hashBytes(source.view, start, end, this.scratch, 0)
    this.hashes[2 * code] = this.scratch[0] as number
    this.hashes[2 * code + 1] = this.scratch[1] as number
  }

  /** More slots: four times as many while there are few. The hashes are made anew from the texts, which lie in a row. */
  private spread(): void {
    const mask = this.mask < MANY_SLOTS ? 4 * this.mask + 3 : 2 * this.mask + 1
    const slots = new Int32Array(mask + 1)
    const { offsets, source, count } = this.heap
    for (let code = 1; code <= count; code++) {
      const hash = lookupHash(source.view, offsets[code - 1] as number, offsets[code] as number)
      let slot = hash & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = (hash & ~mask) | code
    }
    this.slots = slots
    this.mask = mask
  }
}

/** Cheap signed 32-bit hash, for finding a slot only. */
function lookupHash(view: DataView, start: number, end: number): number {
  let hash = Math.imul(end - start, 0x9e3779b1)
  let i = start
  for (; i + 4 <= end; i += 4) hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ view.getInt32(i, true), 0x9e3779b1)
  for (; i < end; i++) hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ view.getUint8(i), 0x9e3779b1)
  return avalanche(hash)
}
