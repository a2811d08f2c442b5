import type { EventKernel } from './kernel.ts'

/** Records looked at together: enough for tight loops, few enough that their bytes stay in the processor's cache. */
export const BLOCK_ROWS = 1024
/** In place of the mark of a bad row. */
const SKIPPED = 2
/** Columns of the records in the kernel. */
const COLUMNS = { from: 0, end: 1, next: 2, line: 3, bad: 4, wide: 5 } as const

/**
 * Some records, taken apart but not read, in the memory of a kernel. The cell of field f in row r is bytes
 * [startsOf(f)[r] .. endsOf(f)[r]) of it.
 */
export class RecordBlock {
  /** Fields of a record. */
  readonly width: number
  readonly kernel: EventKernel
  private readonly records: number

  /** @param worked fields that are worked out from those of the records, numbered behind them */
  constructor(kernel: EventKernel, width: number, worked: number) {
    this.kernel = kernel
    this.width = width
    kernel.calls.openBlock(width, worked)
    this.records = kernel.calls.recordsAt()
  }

  get count(): number {
    return this.kernel.calls.rowCount()
  }

  set count(rows: number) {
    this.kernel.calls.setRowCount(rows)
  }

  /**
   * Where the kernel keeps something of a record: its first byte, the byte behind its last, the first of the next record,
   * its 1-based line, whether it is not plainly readable, the bytes beyond one per UTF-16 unit.
   */
  place(column: keyof typeof COLUMNS, row: number): number {
    return this.records / 4 + COLUMNS[column] * BLOCK_ROWS + row
  }

  read(column: keyof typeof COLUMNS, row: number): number {
    // Within range: a row of the block.
    return this.kernel.words[this.place(column, row)] as number
  }

  isBad(row: number): boolean {
    return this.read('bad', row) !== 0
  }

  markBad(row: number): void {
    this.kernel.words[this.place('bad', row)] = 1
  }

  /** The record belongs to no event: it is neither read nor the reference's. */
  markSkipped(row: number): void {
    this.kernel.words[this.place('bad', row)] = SKIPPED
  }

  isSkipped(row: number): boolean {
    return this.read('bad', row) === SKIPPED
  }

  /** Bytes of a cell. */
  cell(field: number, row: number): Readonly<{ start: number; end: number }> {
    const { words, calls } = this.kernel
    // Within range: a cell of the block.
    const start = words[calls.startsOf(field) / 4 + row] as number
    return { start, end: words[calls.endsOf(field) / 4 + row] as number }
  }

  /** Lets a cell be other bytes. */
  setCell(field: number, row: number, start: number, end: number): void {
    const { words, calls } = this.kernel
    words[calls.startsOf(field) / 4 + row] = start
    words[calls.endsOf(field) / 4 + row] = end
  }

  setEscaped(field: number, row: number, isEscaped: boolean): void {
    const { bytes, calls } = this.kernel
    bytes[calls.escapedOf(field) + row] = isEscaped ? 1 : 0
    if (isEscaped) calls.noteEscapes()
  }

  /**
   * Cuts ASCII blanks off a cell.
   *
   * @returns false where it begins or ends with a character beyond ASCII, which may be a blank too
   */
  trim(field: number, row: number): boolean {
    const { bytes } = this.kernel
    let { start, end } = this.cell(field, row)
    if (start === end) return true
    while (start < end && isBlank(bytes[start] as number)) start++
    while (start < end && isBlank(bytes[end - 1] as number)) end--
    this.setCell(field, row, start, end)
    return start === end || ((bytes[start] as number) < 0x80 && (bytes[end - 1] as number) < 0x80)
  }
}

/** Blanks of ASCII, as `trim` of a text has them. */
function isBlank(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13)
}
