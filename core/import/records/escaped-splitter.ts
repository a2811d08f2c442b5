import { BREAK, type RecordBatch } from './record-batch.ts'
import { RecordSplitter, type SplitterOptions } from './record-splitter.ts'

const LF = 10
const CR = 13
const QUOTE = 34
const BACKSLASH = 92

/**
 * Finds the records of a delimited file in which backslashes escape: a quote, delimiter or line break (CRLF as a whole)
 * behind one is part of its field. A record ends at LF or CRLF only; a CR by itself is a character, as programs that escape
 * write it, and counts as a line all the same; but where the first record ends at one, it ends records. Everything else is as
 * where backslashes mean nothing.
 *
 * Source: docs/methods/import.md, "Backslashes".
 */
class EscapedSplitter extends RecordSplitter {
  private isEscapeQuoted = false
  /** Position of the last escaped byte of the record, -1 where it has none. */
  private escapedAt = -1
  /** Does a CR by itself end records? Null before the first line break. */
  private endsAtCr: boolean | null = null

  protected override step(): void {
    if (this.state === 'escape' || this.state === 'escapedCr') this.passEscaped()
    else super.step()
  }

  protected override isQuoteOpen(): boolean {
    if (this.state === 'escape' || this.state === 'escapedCr') return this.isEscapeQuoted
    return super.isQuoteOpen()
  }

  protected override scanPlain(): void {
    const { buffer } = this
    const limit = this.limit()
    for (let pos = this.pos; pos < limit; pos++) {
      // Within range: pos < length.
      const byte = buffer[pos] as number
      if (byte === CR && this.endsAtCr !== false) {
        this.breakAt(pos, byte)
        return
      }
      if (byte === CR) this.line++
      else if (byte === LF || byte === BACKSLASH || (byte === QUOTE && this.isOpening(pos))) {
        this.turn(pos, byte)
        return
      }
    }
    this.reach(limit)
  }

  /** What comes behind a byte outside quotes that is no part of its field as it stands. */
  private turn(pos: number, byte: number): void {
    if (byte === LF) this.breakBehindCr(pos)
    else if (byte === BACKSLASH) this.escapeAt(pos, false)
    else {
      this.state = 'quoted'
      this.pos = pos + 1
    }
  }

  protected override settleCr(isCrLf: boolean): void {
    super.settleCr(isCrLf)
    this.endsAtCr ??= !isCrLf
  }

  protected override scanQuoted(): void {
    const { buffer } = this
    const limit = this.limit()
    for (let pos = this.pos; pos < limit; pos++) {
      const byte = buffer[pos] as number
      if (byte === BACKSLASH) {
        this.escapeAt(pos, true)
        return
      }
      if (byte === QUOTE) {
        this.state = 'quoteSeen'
        this.pos = pos + 1
        return
      }
      if (byte === LF || byte === CR) this.countBreak(pos, byte)
    }
    this.reach(limit)
  }

  protected override opensField(quote: number, delimiter: Uint8Array): boolean {
    const isEscaped = this.escapedAt >= 0 && this.fieldStart(quote, delimiter) - delimiter.length === this.escapedAt
    return !isEscaped && super.opensField(quote, delimiter)
  }

  protected override closeRecord(end: number, next: number): void {
    super.closeRecord(end, next)
    this.escapedAt = -1
  }

  protected override emit(): void {
    if (this.escapedAt >= 0) this.escapedAt -= this.recordStart
    super.emit()
  }

  private isOpening(quote: number): boolean {
    return this.delimiter !== null && this.opensField(quote, this.delimiter)
  }

  private escapeAt(pos: number, isQuoted: boolean): void {
    this.state = 'escape'
    this.isEscapeQuoted = isQuoted
    this.pos = pos + 1
  }

  /** Passes over the byte behind a backslash; of CRLF over both. */
  private passEscaped(): void {
    const byte = this.buffer[this.pos]
    const isSecond = this.state === 'escapedCr'
    this.state = this.isEscapeQuoted ? 'quoted' : 'plain'
    if (isSecond && byte !== LF) return
    this.escapedAt = this.pos
    if (byte === CR || (byte === LF && !isSecond)) {
      if (this.firstBreak < 0) this.firstBreak = this.pos
      this.line++
    }
    if (byte === CR) this.state = 'escapedCr'
    this.pos++
  }

  /** Ends the record at a LF, or at the CR before it. */
  private breakBehindCr(pos: number): void {
    const isCrLf = pos > this.recordStart && this.buffer[pos - 1] === CR && this.escapedAt !== pos - 1
    if (isCrLf) this.line--
    this.breaks |= isCrLf ? BREAK.crlf : BREAK.lf
    this.endsAtCr ??= false
    this.closeRecord(isCrLf ? pos - 1 : pos, pos + 1)
  }
}

/** @param escapes does a backslash take the meaning from the byte behind it? */
export function createSplitter(
  options: SplitterOptions,
  escapes: boolean,
  onBatch: (batch: RecordBatch) => void,
): RecordSplitter {
  return escapes ? new EscapedSplitter(options, onBatch) : new RecordSplitter(options, onBatch)
}
