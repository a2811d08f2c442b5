import { type ByteSource, byteSource } from './byte-source.ts'
import { grown, grownWords } from './grow.ts'

/** Texts of any length laid end to end: text i is bytes[offsets[i] .. offsets[i + 1]). Grows by appending only. */
export class TextHeap {
  count = 0
  source: ByteSource
  offsets: Uint32Array

  constructor(texts = 64, bytes = 1024) {
    this.offsets = new Uint32Array(texts + 1)
    this.source = byteSource(new Uint8Array(bytes))
  }

  /** Bytes in use. */
  get length(): number {
    return this.offsets[this.count] as number
  }

  /** Makes room for `bytes` more bytes and returns where they go; `commit` then says how many were written. */
  reserve(bytes: number): number {
    // Within range: the offset after the last text is always there.
    const at = this.offsets[this.count] as number
    if (at + bytes > this.source.bytes.length) this.source = byteSource(grown(this.source.bytes, at + bytes))
    return at
  }

  /** Ends the text that was written from `reserve()` on. */
  commit(end: number): void {
    if (this.count + 2 > this.offsets.length) this.offsets = grownWords(this.offsets, this.count + 2)
    this.offsets[++this.count] = end
  }

  /** Appends source[start .. end). */
  append(source: ByteSource, start: number, end: number): void {
    const to = this.reserve(end - start)
    copyShort(source, start, end, this.source, to)
    this.commit(to + end - start)
  }

  /** Appends texts [from .. to) of a column. */
  appendAll(column: Readonly<{ offsets: Uint32Array; bytes: Uint8Array }>, from: number, to: number): void {
    const { offsets, bytes } = column
    // Within range: the caller names texts of the column.
    const start = offsets[from] as number
    const end = offsets[to] as number
    const at = this.reserve(end - start)
    const needed = this.count + to - from + 1
    if (needed > this.offsets.length) this.offsets = grownWords(this.offsets, needed)
    this.source.bytes.set(bytes.subarray(start, end), at)
    for (let i = from + 1; i <= to; i++) this.offsets[++this.count] = at + (offsets[i] as number) - start
  }

  /** Forgets the texts and keeps the room. */
  clear(): void {
    this.count = 0
  }
}

/** Copies word by word: for the few dozen bytes of a cell that beats the call of a native copy. */
function copyShort(from: ByteSource, start: number, end: number, to: ByteSource, at: number): void {
  const length = end - start
  if (length > 256) {
    to.bytes.set(from.bytes.subarray(start, end), at)
    return
  }
  const source = from.view
  const target = to.view
  let i = 0
  for (; i + 4 <= length; i += 4) target.setInt32(at + i, source.getInt32(start + i, true), true)
  for (; i < length; i++) target.setUint8(at + i, source.getUint8(start + i))
}
