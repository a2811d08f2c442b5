import { invariant } from '#lib/errors'
import { BREAK, newlineOf, type RecordBatch, type RecordFault } from './record-batch.ts'

const LF = 10
const CR = 13
const QUOTE = 34
const SPACE = 32
const TAB = 9
/** Bytes scanned between two looks at whether a batch is full. */
const SLICE_BYTES = 1 << 16
/** A batch is handed on when it holds this much. */
const BATCH_BYTES = 1 << 16
/** What is kept of a record that is longer than the cap. */
const KEPT_BYTES = 1 << 12
/** Bytes that may be read twice for one byte of file, so that a hostile file stays linear. */
const REREAD_FACTOR = 8

type State = 'plain' | 'quoted' | 'quoteSeen' | 'afterQuote' | 'stray' | 'discard' | 'afterCr' | 'escape' | 'escapedCr'

export type SplitterOptions = Readonly<{
  /** UTF-8 bytes of the delimiter; null: quotes mean nothing, every line is a record. */
  delimiter: Uint8Array | null
  maxRecordBytes: number
  /** Does a quote open a field behind blanks too? */
  skipsBlanks?: true | undefined
}>

/**
 * Finds the records of a delimited file in its UTF-8 bytes, before any text is made.
 *
 * A record ends at CR, LF or CRLF outside quotes. A quote opens a field only as its first byte, or behind blanks where these are skipped; inside, two quotes are
 * one; after the closing one only blanks may come before the delimiter or the line break. Where that fails:
 *
 * - text after a closing quote in a record of one line: `row/stray-quote`, the record ends with its line;
 * - a quote that is not closed within the cap or the file, or is followed by text on a later line: only the line where
 *   the record starts is at fault (`row/unterminated-quote`), and records are looked for again from the next line on;
 * - a line longer than the cap: `row/too-long`, its first 4 KiB are kept and the rest is passed over.
 *
 * Rows and line numbers do not depend on how the file is cut into chunks.
 *
 * Source: docs/methods/import.md, "Records".
 */
export class RecordSplitter {
  protected readonly delimiter: Uint8Array | null
  private readonly cap: number
  private readonly skipsBlanks: boolean
  private readonly onBatch: (batch: RecordBatch) => void
  protected buffer = new Uint8Array(2 * SLICE_BYTES)
  private length = 0
  protected pos = 0
  protected state: State = 'plain'
  /** Bytes before the start of the buffer. */
  private passed = 0
  private reread = 0
  protected recordStart = 0
  protected line = 1
  private recordLine = 1
  /** Position of the first line break inside the record, -1 where it has none. */
  protected firstBreak = -1
  private fault: RecordFault = 'none'
  private starts: number[] = []
  private ends: number[] = []
  private lines: number[] = []
  private faults: RecordFault[] = []
  private isClean = true
  protected breaks = 0

  constructor(options: SplitterOptions, onBatch: (batch: RecordBatch) => void) {
    invariant(options.maxRecordBytes >= KEPT_BYTES, 'a record may be at least as long as what is kept of a long one')
    this.delimiter = options.delimiter
    this.cap = options.maxRecordBytes
    this.skipsBlanks = options.skipsBlanks === true
    this.onBatch = onBatch
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
      this.append(chunk.subarray(from, from + SLICE_BYTES))
      this.scan()
      if (this.recordStart >= BATCH_BYTES) this.emit()
    }
  }

  end(): void {
    if (this.state === 'afterCr') this.settleCr(false)
    while (this.recordStart < this.length) {
      if (this.isQuoteOpen() && this.rewind()) this.scan()
      else {
        if (this.isQuoteOpen()) this.fault = 'row/unterminated-quote'
        this.closeRecord(this.length, this.length)
        this.breaks |= BREAK.none
      }
      if (this.state === 'afterCr') this.settleCr(false)
    }
    this.emit()
  }

  private append(slice: Uint8Array): void {
    const needed = this.length + slice.length
    if (needed > this.buffer.length) {
      const wider = new Uint8Array(2 * needed)
      wider.set(this.buffer.subarray(0, this.length))
      this.buffer = wider
    }
    this.buffer.set(slice, this.length)
    this.length = needed
  }

  private scan(): void {
    while (this.pos < this.length) this.step()
  }

  protected step(): void {
    if (this.state === 'plain') this.scanPlain()
    else if (this.state === 'quoted') this.scanQuoted()
    else if (this.state === 'quoteSeen' || this.state === 'afterQuote') this.judgeAfterQuote()
    else if (this.state === 'stray') this.scanToBreak()
    else if (this.state === 'discard') this.discard()
    else this.settleCr(this.buffer[this.pos] === LF)
  }

  /** Would the end of the file leave a quote open? */
  protected isQuoteOpen(): boolean {
    return this.state === 'quoted'
  }

  /** Up to where the record may reach. */
  protected limit(): number {
    return Math.min(this.length, this.recordStart + this.cap + 1)
  }

  protected scanPlain(): void {
    const { buffer } = this
    const limit = this.limit()
    for (let pos = this.pos; pos < limit; pos++) {
      // Within range: pos < length.
      const byte = buffer[pos] as number
      if (byte > QUOTE) continue
      if (byte === LF || byte === CR) {
        this.breakAt(pos, byte)
        return
      }
      if (byte === QUOTE && this.delimiter !== null && this.opensField(pos, this.delimiter)) {
        this.state = 'quoted'
        this.pos = pos + 1
        return
      }
    }
    this.reach(limit)
  }

  protected opensField(quote: number, delimiter: Uint8Array): boolean {
    const pos = this.fieldStart(quote, delimiter)
    if (pos === this.recordStart) return true
    const from = pos - delimiter.length
    if (from < this.recordStart) return false
    for (let i = 0; i < delimiter.length; i++) if (this.buffer[from + i] !== delimiter[i]) return false
    return true
  }

  /** Where the field of a quote begins: at its blanks where these are skipped. */
  protected fieldStart(quote: number, delimiter: Uint8Array): number {
    return this.skipsBlanks ? this.behindBlanks(quote, delimiter) : quote
  }

  /** Where the blanks before a quote begin. */
  private behindBlanks(quote: number, [first]: Uint8Array): number {
    let pos = quote
    for (; pos > this.recordStart; pos--) {
      const byte = this.buffer[pos - 1]
      if ((byte !== SPACE && byte !== TAB) || byte === first) break
    }
    return pos
  }

  protected scanQuoted(): void {
    const { buffer } = this
    const limit = this.limit()
    for (let pos = this.pos; pos < limit; pos++) {
      const byte = buffer[pos] as number
      if (byte > QUOTE) continue
      if (byte === QUOTE) {
        this.state = 'quoteSeen'
        this.pos = pos + 1
        return
      }
      if (byte === LF || byte === CR) this.countBreak(pos, byte)
    }
    this.reach(limit)
  }

  /** Counts a line break inside quotes. */
  protected countBreak(pos: number, byte: number): void {
    if (this.firstBreak < 0) this.firstBreak = pos
    if (byte === CR || this.buffer[pos - 1] !== CR) this.line++
  }

  private judgeAfterQuote(): void {
    const byte = this.buffer[this.pos]
    if (byte === QUOTE && this.state === 'quoteSeen') {
      this.state = 'quoted'
      this.pos++
    } else if (byte === LF || byte === CR || byte === this.delimiter?.[0]) this.state = 'plain'
    else if (byte === SPACE || byte === TAB) {
      this.state = 'afterQuote'
      this.pos++
    } else if (!this.rewind()) {
      this.fault = 'row/stray-quote'
      this.state = 'stray'
    }
    if (this.pos > this.recordStart + this.cap) this.reach(this.pos)
  }

  private scanToBreak(): void {
    const limit = this.limit()
    for (let pos = this.pos; pos < limit; pos++) {
      const byte = this.buffer[pos] as number
      if (byte !== LF && byte !== CR) continue
      this.breakAt(pos, byte)
      return
    }
    this.reach(limit)
  }

  /** All bytes up to `limit` belong to the record; what now where that is more than the cap? */
  protected reach(limit: number): void {
    this.pos = limit
    if (limit <= this.recordStart + this.cap) return
    if (this.state === 'quoted' && this.rewind()) return
    this.fault = 'row/too-long'
    this.state = 'discard'
  }

  private discard(): void {
    const keptEnd = this.recordStart + KEPT_BYTES
    let pos = this.pos
    while (pos < this.length && this.buffer[pos] !== LF && this.buffer[pos] !== CR) pos++
    this.buffer.copyWithin(keptEnd, pos, this.length)
    this.passed += pos - keptEnd
    this.length -= pos - keptEnd
    this.pos = keptEnd
    if (this.pos < this.length) this.breakAt(this.pos, this.buffer[this.pos] as number)
  }

  /** Takes the line where the record starts for the whole of it. @returns false where the record has only one line */
  private rewind(): boolean {
    if (this.firstBreak < 0) return false
    this.reread += this.pos - this.firstBreak
    if (this.reread > REREAD_FACTOR * (this.passed + this.recordStart + this.cap)) return false
    this.fault = 'row/unterminated-quote'
    this.pos = this.firstBreak
    this.line = this.recordLine
    this.state = 'stray'
    return true
  }

  protected breakAt(pos: number, byte: number): void {
    this.closeRecord(pos, pos + 1)
    if (byte === LF) this.breaks |= BREAK.lf
    else this.state = 'afterCr'
  }

  protected settleCr(isCrLf: boolean): void {
    this.breaks |= isCrLf ? BREAK.crlf : BREAK.cr
    if (isCrLf) {
      this.pos++
      this.recordStart = this.pos
    }
    this.state = 'plain'
  }

  protected closeRecord(end: number, next: number): void {
    this.starts.push(this.recordStart)
    this.ends.push(end)
    this.lines.push(this.recordLine)
    this.faults.push(this.fault)
    if (this.fault !== 'none') this.isClean = false
    this.recordLine = ++this.line
    this.recordStart = next
    this.pos = next
    this.firstBreak = -1
    this.fault = 'none'
    this.state = 'plain'
  }

  protected emit(): void {
    const { buffer, starts, ends, lines, faults, isClean, recordStart: end } = this
    if (starts.length > 0) {
      if (this.state === 'afterCr') this.breaks |= BREAK.none
      const newline = newlineOf(this.breaks)
      this.onBatch({ count: starts.length, bytes: buffer, starts, ends, lines, faults, isClean, end, newline })
      this.starts = []
      this.ends = []
      this.lines = []
      this.faults = []
      this.isClean = true
      this.breaks = 0
    }
    buffer.copyWithin(0, end, this.length)
    this.passed += end
    this.length -= end
    this.pos -= end
    if (this.firstBreak >= 0) this.firstBreak -= end
    this.recordStart = 0
  }
}
