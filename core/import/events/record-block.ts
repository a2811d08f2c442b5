import { type ByteSource, byteSource } from '#lib/byte-source'
import { grown } from '#lib/grow'

/** Records looked at together: enough for tight loops, few enough that their bytes stay in the processor's cache. */
export const BLOCK_ROWS = 1024

/**
 * Some records of one run of bytes, taken apart but not read. The cell of field f in row r is number
 * `f * BLOCK_ROWS + r`: bytes [starts .. ends) of `sourceOf(cell)`.
 */
export class RecordBlock {
  count = 0
  source: ByteSource = byteSource(new Uint8Array(0))
  /** Fields of a record. */
  readonly width: number
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** 1 where the cell has doubled quotes, and lies in the scratch once `unescape` was called. */
  readonly escaped: Uint8Array
  /** Record r is bytes [from .. end) and ends, with its line break, at `next`. */
  readonly from = new Int32Array(BLOCK_ROWS)
  readonly end = new Int32Array(BLOCK_ROWS)
  readonly next = new Int32Array(BLOCK_ROWS)
  /** 1-based line of the record's start. */
  readonly line = new Float64Array(BLOCK_ROWS)
  /** 1: not plainly readable, the record is the reference's. */
  readonly isBad = new Uint8Array(BLOCK_ROWS)
  /** 1: there are bytes beyond ASCII in it. */
  readonly isWide = new Uint8Array(BLOCK_ROWS)
  hasEscapes = false
  private scratch = byteSource(new Uint8Array(4096))

  constructor(width: number) {
    this.width = width
    this.starts = new Int32Array(width * BLOCK_ROWS)
    this.ends = new Int32Array(width * BLOCK_ROWS)
    this.escaped = new Uint8Array(width * BLOCK_ROWS)
  }

  clear(): void {
    this.count = 0
    this.hasEscapes = false
  }

  sourceOf(cell: number): ByteSource {
    return this.hasEscapes && this.escaped[cell] === 1 ? this.scratch : this.source
  }

  /** Makes the doubled quotes in cells single. */
  unescape(): void {
    if (!this.hasEscapes) return
    let used = 0
    for (let field = 0; field < this.width; field++) {
      const first = field * BLOCK_ROWS
      for (let row = 0; row < this.count; row++) {
        if (this.isBad[row] === 0 && this.escaped[first + row] === 1) used = this.unescapeCell(first + row, used)
      }
    }
  }

  private unescapeCell(cell: number, used: number): number {
    const { bytes } = this.source
    // Within range: the cell is one of the block.
    const start = this.starts[cell] as number
    const end = this.ends[cell] as number
    const needed = used + end - start
    if (needed > this.scratch.bytes.length) this.scratch = byteSource(grown(this.scratch.bytes, needed))
    const target = this.scratch.bytes
    let to = used
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number
      target[to++] = byte
      if (byte === 34) at++
    }
    this.starts[cell] = used
    this.ends[cell] = to
    return to
  }

  /**
   * Cuts ASCII blanks off a cell. Call after `unescape`.
   *
   * @returns false where it begins or ends with a character beyond ASCII, which may be a blank too
   */
  trim(cell: number): boolean {
    const { bytes } = this.sourceOf(cell)
    let start = this.starts[cell] as number
    let end = this.ends[cell] as number
    if (start === end) return true
    while (start < end && isBlank(bytes[start] as number)) start++
    while (start < end && isBlank(bytes[end - 1] as number)) end--
    this.starts[cell] = start
    this.ends[cell] = end
    return start === end || ((bytes[start] as number) < 0x80 && (bytes[end - 1] as number) < 0x80)
  }
}

/** Blanks of ASCII, as `trim` of a text has them. */
function isBlank(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13)
}
