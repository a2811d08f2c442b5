import type { RecordBlock } from './record-block.ts'

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
 * Finds the fields of one record that the kernel has not taken. Where records end is what `RecordSplitter` says; a record
 * whose shape it and this scanner might judge differently is left to it.
 */
export class RecordScanner {
  private readonly block: RecordBlock
  private readonly delimiter: number
  private readonly plain = new Uint8Array(256)
  private readonly quoted = new Uint8Array(256)
  private bytes: Uint8Array = new Uint8Array(0)
  private limit = 0
  private fields = 0
  /** Line breaks inside quotes. */
  private breaks = 0
  private marks = 0
  private hasEscapes = false

  /** @param block takes the fields. @param delimiter one byte */
  constructor(block: RecordBlock, delimiter: number) {
    this.block = block
    this.delimiter = delimiter
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
   * Writes a record to the row behind the last one of the block, and marks it bad where its quotes are no plain quoting or
   * it has not as many fields as it should; empty ones at its end do not count. The row becomes one of the block where
   * `accept` is called.
   *
   * @param from start of the record in the kernel's memory, before `limit`
   * @param limit end of the bytes at hand
   * @param isLast does the file end there?
   */
  scan(from: number, limit: number, isLast: boolean): ScanResult {
    this.bytes = this.block.kernel.bytes
    this.limit = limit
    this.fields = 0
    this.breaks = 0
    this.marks = 0
    let at = from
    for (;;) {
      const stop = this.bytes[at] === QUOTE && at < limit ? this.scanQuoted(at + 1, isLast) : this.scanPlain(at)
      if (stop < 0) return stop === PARTIAL ? 'partial' : 'odd'
      if (stop < limit && this.bytes[stop] === this.delimiter) at = stop + 1
      else return this.finish(from, stop, isLast)
    }
  }

  /** Takes the record scanned last into the block. @returns where the next one begins */
  accept(): number {
    const { block } = this
    const { calls } = block.kernel
    const row = block.count
    const line = calls.currentLine()
    block.kernel.words[block.place('line', row)] = line
    calls.setLine(line + 1 + this.breaks)
    const isWide = (this.marks & WIDE_MARK) !== 0
    const wide = isWide ? calls.wideBytes(block.read('from', row), block.read('end', row)) : 0
    if (wide < 0) block.markBad(row)
    block.kernel.words[block.place('wide', row)] = Math.max(0, wide)
    block.count = row + 1
    return block.read('next', row)
  }

  private finish(from: number, stop: number, isLast: boolean): ScanResult {
    const { bytes, limit, block } = this
    const isCr = stop < limit && bytes[stop] === CR
    if (!isLast && (stop === limit || (isCr && stop + 1 === limit))) return 'partial'
    const row = block.count
    const { words } = block.kernel
    const isPaired = isCr && stop + 1 < limit && bytes[stop + 1] === LF
    words[block.place('from', row)] = from
    words[block.place('end', row)] = stop
    words[block.place('next', row)] = stop === limit ? stop : stop + (isPaired ? 2 : 1)
    words[block.place('bad', row)] = (this.marks & ODD_MARK) !== 0 || this.fields < block.width ? 1 : 0
    return 'record'
  }

  private keep(start: number, end: number, isEscaped: boolean): void {
    const { block, fields } = this
    if (fields < block.width) {
      block.setCell(fields, block.count, start, end)
      block.setEscaped(fields, block.count, isEscaped)
    } else if (start !== end) this.marks |= ODD_MARK
    this.fields = fields + 1
  }

  /** @returns where the field stops: at a delimiter, a line break or the limit */
  private scanPlain(from: number): number {
    const { bytes, limit, plain } = this
    let at = from
    for (; at < limit; at++) {
      // Within range: at < limit, and there is a class for every byte.
      const kind = plain[bytes[at] as number] as number
      if (kind === STOP) break
      this.marks |= kind
    }
    this.keep(from, at, false)
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
    this.hasEscapes = false
    for (let at = from; at < limit; at++) {
      const kind = quoted[bytes[at] as number] as number
      if (kind === PLAIN) continue
      if (kind === ODD_MARK) {
        if (at + 1 === limit || bytes[at + 1] !== QUOTE) return at
        this.hasEscapes = true
        at++
      } else if (kind === WIDE_MARK) this.marks |= WIDE_MARK
      else if (bytes[at] === CR || bytes[at - 1] !== CR) this.breaks++
    }
    return PARTIAL
  }
}

const PARTIAL = -1
const ODD = -2
