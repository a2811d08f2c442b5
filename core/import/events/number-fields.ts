import { textOfUtf8 } from '#lib/utf8'
import { isMissing } from '../values/cell-reader.ts'
import { NEVER_PLAIN } from './code-field.ts'
import { type EventColumns, IS_DATE, KEY_EVENT, TIMESTAMP, WEIGHT } from './event-columns.ts'
import type { FieldReader } from './field-reader.ts'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'
import type { TimeCells, TimeEvidence } from './time-cells.ts'

/** Position = what the kernel says of a time, for the first two. */
const TIME_KINDS = ['iso', 'zoneless', 'epoch_s', 'epoch_ms', 'epoch_us'] as const
const ASK = 255

/** The times of events. */
export class TimeField implements FieldReader {
  readonly evidence: TimeEvidence = { epoch_s: 0, epoch_ms: 0, epoch_us: 0, iso: 0, zoneless: 0 }
  private readonly field: number
  private readonly columns: EventColumns
  private readonly block: RecordBlock
  private readonly cells: TimeCells
  private readonly isUtc: boolean
  private readonly values: number
  private readonly kinds: number
  private readonly counts = new Float64Array(TIME_KINDS.length)

  /** @param cells for times that the kernel does not read. @param isUtc do times without an offset count as UTC? */
  constructor(columns: EventColumns, block: RecordBlock, field: number, cells: TimeCells) {
    const { calls } = columns.kernel
    this.field = field
    this.columns = columns
    this.block = block
    this.cells = cells
    this.isUtc = cells.isUtc
    this.values = calls.allocate(8 * BLOCK_ROWS)
    this.kinds = calls.allocate(BLOCK_ROWS)
  }

  look(): void {
    const { block, field } = this
    const { kernel } = this.columns
    if (kernel.calls.lookTimes(field, this.isUtc ? 1 : 0, this.values, this.kinds) === 0) return
    for (let row = 0; row < block.count; row++) {
      if (!block.isBad(row) && kernel.bytes[this.kinds + row] === ASK) this.ask(row)
    }
  }

  write(from: number, to: number): void {
    const { counts, columns, kinds } = this
    const { kernel } = columns
    copyNumbers(columns, { from: this.values, column: TIMESTAMP }, from, to)
    const flags = kernel.calls.columnAt(IS_DATE) + columns.count
    const { bytes } = kernel
    bytes.fill(0, flags, flags + to - from)
    for (let row = from; row < to; row++) {
      // Within range: a row of the block has a kind, and a kind a count.
      const kind = bytes[kinds + row] as number
      counts[kind] = (counts[kind] as number) + 1
    }
    for (const [i, kind] of TIME_KINDS.entries()) this.evidence[kind] = counts[i] as number
    this.evidence.iso += this.evidence.zoneless
  }

  private ask(row: number): void {
    const { block, cells, columns, field } = this
    const { bytes, numbers } = columns.kernel
    const isTrimmed = block.trim(field, row)
    const { start, end } = block.cell(field, row)
    const instant = isTrimmed ? cells.read(bytes, start, end) : Number.NaN
    numbers[this.values / 8 + row] = instant
    bytes[this.kinds + row] = TIME_KINDS.indexOf(cells.kind)
    if (Number.isNaN(instant)) block.markBad(row)
  }
}

function copyNumbers(
  { kernel, count }: EventColumns,
  what: Readonly<{ from: number; column: number }>,
  ...[from, to]: [number, number]
): void {
  const source = what.from / 8
  const target = kernel.calls.columnAt(what.column) / 8 + count
  kernel.numbers.copyWithin(target, source + from, source + to)
}

const POINT_FRACTION = /^-?\d{1,15}\.(\d{1,15})$/

/** The weights of events: whole numbers, and decimals whose point cannot be anything else. */
export class WeightField implements FieldReader {
  /** Weights with such a point. */
  points = 0
  private readonly field: number
  private readonly columns: EventColumns
  private readonly block: RecordBlock
  private readonly isDecimalPoint: boolean
  private readonly values: number
  private readonly kinds: number
  private hasPoints = false

  constructor(columns: EventColumns, block: RecordBlock, field: number, isDecimalPoint: boolean) {
    const { calls } = columns.kernel
    this.field = field
    this.columns = columns
    this.block = block
    this.isDecimalPoint = isDecimalPoint
    this.values = calls.allocate(8 * BLOCK_ROWS)
    this.kinds = calls.allocate(BLOCK_ROWS)
  }

  look(): void {
    const { block, field } = this
    const { kernel } = this.columns
    this.hasPoints = false
    if (kernel.calls.lookWeights(field, this.values, this.kinds) === 0) return
    for (let row = 0; row < block.count; row++) {
      if (!block.isBad(row) && kernel.bytes[this.kinds + row] !== 0) this.ask(row)
    }
  }

  write(from: number, to: number): void {
    const { columns } = this
    copyNumbers(columns, { from: this.values, column: WEIGHT }, from, to)
    if (!this.hasPoints) return
    const { bytes } = columns.kernel
    for (let row = from; row < to; row++) if (bytes[this.kinds + row] === 2) this.points++
  }

  /** Of a weight that the kernel does not read: 0 where it is whole or missing, 2 where it has a point. */
  private ask(row: number): void {
    const { block, columns, field } = this
    const { bytes, numbers } = columns.kernel
    bytes[this.kinds + row] = 0
    const isTrimmed = block.trim(field, row)
    const { start, end } = block.cell(field, row)
    const text = isTrimmed ? textOfUtf8(bytes, start, end) : 'x'
    if (text === '' || (isTrimmed && isMissing(text, 'number'))) return
    const match = this.isDecimalPoint ? POINT_FRACTION.exec(text) : null
    if (WHOLE.test(text)) numbers[this.values / 8 + row] = Number(text) + 0
    // A fraction of three digits may be thousands: that is for the reference to weigh.
    else if (match === null || match[1]?.length === 3) block.markBad(row)
    else {
      numbers[this.values / 8 + row] = Number(text)
      bytes[this.kinds + row] = 2
      this.hasPoints = true
    }
  }
}

/** The weights of a file that has none. */
export function noWeights(columns: EventColumns): FieldReader {
  return {
    look() {},
    write(from, to) {
      const first = columns.kernel.calls.columnAt(WEIGHT) / 8 + columns.count
      columns.kernel.numbers.fill(Number.NaN, first, first + to - from)
    },
  }
}

/** The same of key events. */
export function noKeyEvents(columns: EventColumns): FieldReader {
  return {
    look() {},
    write(from, to) {
      const first = columns.kernel.calls.columnAt(KEY_EVENT) + columns.count
      columns.kernel.bytes.fill(0, first, first + to - from)
    },
  }
}

const WHOLE = /^-?\d{1,15}$/
const MOST_SPELLINGS = 1024
/** Of a flag: not read, the record is the reference's. */
export const UNREAD = 255

/** Whether events are key events: what a spelling means is asked of the reference once. */
export class KeyEventField implements FieldReader {
  private readonly field: number
  private readonly columns: EventColumns
  private readonly block: RecordBlock
  private readonly read: (cell: string) => number
  private readonly values: number
  private readonly looked: number
  private readonly spellings: number
  private meanings = [0]

  /** @param read 0 missing, 1 no, 2 yes, UNREAD */
  constructor(columns: EventColumns, block: RecordBlock, field: number, read: (cell: string) => number) {
    const { calls } = columns.kernel
    this.field = field
    this.columns = columns
    this.block = block
    this.read = read
    this.values = calls.allocate(BLOCK_ROWS)
    this.looked = calls.allocate(12 * BLOCK_ROWS)
    this.spellings = calls.openDictionary()
  }

  look(): void {
    const { block, columns, field, looked } = this
    const { kernel } = columns
    this.renew()
    kernel.calls.lookCodes(field, this.spellings, NEVER_PLAIN, 0, looked)
    const { integers, bytes } = kernel
    const { count } = block
    for (let row = 0; row < count; row++) {
      // Within range: a row of the block.
      const code = integers[looked / 4 + row] as number
      if (code >= 0) bytes[this.values + row] = this.meanings[code] ?? UNREAD
      else if (!block.isBad(row)) bytes[this.values + row] = this.ask(row)
      if (bytes[this.values + row] === UNREAD) block.markBad(row)
    }
  }

  write(from: number, to: number): void {
    const { kernel, count } = this.columns
    const target = kernel.calls.columnAt(KEY_EVENT) + count
    kernel.bytes.copyWithin(target, this.values + from, this.values + to)
  }

  private renew(): void {
    if (this.meanings.length <= MOST_SPELLINGS) return
    this.columns.kernel.calls.clearDictionary(this.spellings)
    this.meanings = [0]
  }

  private ask(row: number): number {
    const { kernel } = this.columns
    const { calls } = kernel
    const { start, end } = this.block.cell(this.field, row)
    const known = calls.find(this.spellings, start, end)
    // Every spelling has a meaning.
    if (known > 0) return this.meanings[known] as number
    const value = this.read(textOfUtf8(kernel.bytes, start, end))
    this.meanings[calls.intern(this.spellings, start, end)] = value
    return value
  }
}
