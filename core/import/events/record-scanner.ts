import type { ByteSource } from '#lib/byte-source'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'

const QUOTE = 34
const LF = 10
const CR = 13
const BLANK = 32
const TAB = 9

/** Classes of bytes; the marks are also the bits of `marks`. */
const PLAIN = 0
const STOP = 1
const WIDE_MARK = 2
const ODD_MARK = 4

/** `partial`: the bytes end before the record does. `odd`: its quotes are such that only the splitter finds its end. */
export type ScanResult = 'record' | 'partial' | 'odd'

/**
 * Finds the fields of one record in its bytes. Where records end is what `RecordSplitter` says; a record whose shape it
 * and this scanner might judge differently is left to it.
 */
export class RecordScanner {
  /** Line breaks inside quotes of the record scanned last. */
  breaks = 0
  private readonly block: RecordBlock
  private readonly delimiter: number
  private readonly plain = new Uint8Array(256)
  private readonly quoted = new Uint8Array(256)
  private readonly hasWords: boolean
  private bytes: Uint8Array = new Uint8Array(0)
  private view = new DataView(this.bytes.buffer)
  private limit = 0
  private fields = 0
  private marks = 0
  private hasEscapes = 0

  /** @param block takes the fields. @param delimiter one byte */
  constructor(block: RecordBlock, delimiter: number) {
    this.block = block
    this.delimiter = delimiter
    this.hasWords = delimiter < 0x2d
    this.plain.fill(WIDE_MARK, 0x80)
    this.quoted.fill(WIDE_MARK, 0x80)
    for (const byte of [LF, CR]) {
      this.plain[byte] = STOP
      this.quoted[byte] = STOP
    }
    this.plain[QUOTE] = ODD_MARK
    this.quoted[QUOTE] = ODD_MARK
    this.plain[delimiter] = STOP
  }

  /**
   * Writes the fields of a record to the row behind the last one of the block, and marks it bad where its quotes are no
   * plain quoting or it has not as many fields as it should; empty ones at its end do not count.
   *
   * @param from start of the record, before `limit`
   * @param limit end of the bytes at hand
   * @param isLast does the file end there?
   */
  scan({ bytes, view }: ByteSource, from: number, limit: number, isLast: boolean): ScanResult {
    this.bytes = bytes
    this.view = view
    this.limit = limit
    this.fields = 0
    this.breaks = 0
    this.marks = 0
    let at = from
    for (;;) {
      const stop = bytes[at] === QUOTE && at < limit ? this.scanQuoted(at + 1, isLast) : this.scanPlain(at)
      if (stop < 0) return stop === PARTIAL ? 'partial' : 'odd'
      if (stop < limit && bytes[stop] === this.delimiter) at = stop + 1
      else return this.finish(from, stop, isLast)
    }
  }

  private finish(from: number, stop: number, isLast: boolean): ScanResult {
    const { bytes, limit, block } = this
    const isCr = stop < limit && bytes[stop] === CR
    if (!isLast && (stop === limit || (isCr && stop + 1 === limit))) return 'partial'
    const row = block.count
    block.from[row] = from
    block.end[row] = stop
    if (stop === limit) block.next[row] = stop
    else block.next[row] = isCr && stop + 1 < limit && bytes[stop + 1] === LF ? stop + 2 : stop + 1
    block.isWide[row] = this.marks & WIDE_MARK
    block.isBad[row] = (this.marks & ODD_MARK) !== 0 || this.fields < block.width ? 1 : 0
    return 'record'
  }

  private keep(start: number, end: number, escaped: number): void {
    const { block, fields } = this
    if (fields < block.width) {
      const cell = fields * BLOCK_ROWS + block.count
      block.starts[cell] = start
      block.ends[cell] = end
      block.escaped[cell] = escaped
      if (escaped === 1) block.hasEscapes = true
    } else if (start !== end) this.marks |= ODD_MARK
    this.fields = fields + 1
  }

  /** @returns where the field stops: at a delimiter, a line break or the limit */
  private scanPlain(from: number): number {
    const { bytes, view, limit, plain, hasWords } = this
    let marks = 0
    let at = from
    for (;;) {
      if (hasWords) while (at + 4 <= limit && isWordPlain(view.getInt32(at, true))) at += 4
      if (at >= limit) break
      // Within range: at < limit, and there is a class for every byte.
      const kind = plain[bytes[at] as number] as number
      if (kind === STOP) break
      marks |= kind
      at++
    }
    this.marks |= marks
    this.keep(from, at, 0)
    return at
  }

  /** @returns as `scanPlain`; PARTIAL where the limit comes first, ODD where text follows the closing quote */
  private scanQuoted(from: number, isLast: boolean): number {
    const { bytes, limit } = this
    const close = this.closingQuote(from)
    if (close < 0 || (close + 1 === limit && !isLast)) return PARTIAL
    this.keep(from, close, this.hasEscapes)
    let at = close + 1
    while (at < limit && (bytes[at] === BLANK || bytes[at] === TAB) && bytes[at] !== this.delimiter) {
      this.marks |= ODD_MARK
      at++
    }
    return at === limit || this.plain[bytes[at] as number] === STOP ? at : ODD
  }

  private closingQuote(from: number): number {
    const { bytes, limit, quoted } = this
    this.hasEscapes = 0
    for (let at = from; at < limit; at++) {
      const kind = quoted[bytes[at] as number] as number
      if (kind === PLAIN) continue
      if (kind === ODD_MARK) {
        if (at + 1 === limit || bytes[at + 1] !== QUOTE) return at
        this.hasEscapes = 1
        at++
      } else if (kind === WIDE_MARK) this.marks |= WIDE_MARK
      else if (bytes[at] === CR || bytes[at - 1] !== CR) this.breaks++
    }
    return PARTIAL
  }
}

/** Are all four bytes ASCII from `-` on? Then none is a comma, a tab, a quote or a line break. */
function isWordPlain(word: number): boolean {
  return (((word - 0x2d2d2d2d) | word) & 0x80808080) === 0
}

const PARTIAL = -1
const ODD = -2
