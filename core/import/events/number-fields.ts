import { ByteDictionary } from '#lib/byte-dictionary'
import type { ByteSource } from '#lib/byte-source'
import { textOfUtf8 } from '#lib/utf8'
import { isMissing } from '../values/cell-reader.ts'
import type { EventColumns } from './event-columns.ts'
import type { FieldReader } from './field-reader.ts'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'
import type { TimeCells, TimeEvidence } from './time-cells.ts'

const TIME_KINDS = ['iso', 'zoneless', 'epoch_s', 'epoch_ms', 'epoch_us'] as const

/** The times of events. */
export class TimeField implements FieldReader {
  readonly evidence: TimeEvidence = { epoch_s: 0, epoch_ms: 0, epoch_us: 0, iso: 0, zoneless: 0 }
  private readonly first: number
  private readonly cells: TimeCells
  private readonly values = new Float64Array(BLOCK_ROWS)
  private readonly kinds = new Uint8Array(BLOCK_ROWS)
  private readonly counts = new Float64Array(TIME_KINDS.length)

  constructor(field: number, cells: TimeCells) {
    this.first = field * BLOCK_ROWS
    this.cells = cells
  }

  look(block: RecordBlock): void {
    const { first, cells, values, kinds } = this
    for (let row = 0; row < block.count; row++) {
      const cell = first + row
      if (block.isBad[row] === 1) continue
      const { bytes } = block.sourceOf(cell)
      // Within range: a cell of the block.
      const isTrimmed = block.trim(cell)
      const instant = isTrimmed
        ? cells.read(bytes, block.starts[cell] as number, block.ends[cell] as number)
        : Number.NaN
      values[row] = instant
      kinds[row] = TIME_KINDS.indexOf(cells.kind)
      if (Number.isNaN(instant)) block.isBad[row] = 1
    }
  }

  write(_block: RecordBlock, columns: EventColumns, ...[from, to]: [number, number]): void {
    const { counts, kinds } = this
    columns.columns.timestamp.set(this.values.subarray(from, to), columns.count)
    for (let row = from; row < to; row++) {
      const kind = kinds[row] as number
      counts[kind] = (counts[kind] as number) + 1
    }
    for (const [i, kind] of TIME_KINDS.entries()) this.evidence[kind] = counts[i] as number
    this.evidence.iso += this.evidence.zoneless
  }
}

const MAX_PLAIN_DIGITS = 15
const POINT_FRACTION = /^-?\d{1,15}\.(\d{1,15})$/

/** The weights of events: whole numbers, and decimals whose point cannot be anything else. */
export class WeightField implements FieldReader {
  /** Weights with such a point. */
  points = 0
  private readonly first: number
  private readonly isDecimalPoint: boolean
  private readonly values = new Float64Array(BLOCK_ROWS)
  private readonly isPoint = new Uint8Array(BLOCK_ROWS)

  constructor(field: number, isDecimalPoint: boolean) {
    this.first = field * BLOCK_ROWS
    this.isDecimalPoint = isDecimalPoint
  }

  look(block: RecordBlock): void {
    for (let row = 0; row < block.count; row++) {
      const cell = this.first + row
      this.values[row] = Number.NaN
      this.isPoint[row] = 0
      if (block.isBad[row] === 1) continue
      if (!block.trim(cell)) block.isBad[row] = 1
      // Within range: a cell of the block.
      else if (block.starts[cell] !== block.ends[cell]) this.read(block, cell, row)
    }
  }

  write(_block: RecordBlock, columns: EventColumns, ...[from, to]: [number, number]): void {
    columns.columns.weight.set(this.values.subarray(from, to), columns.count)
    for (let row = from; row < to; row++) this.points += this.isPoint[row] as number
  }

  private read(block: RecordBlock, cell: number, row: number): void {
    const { bytes } = block.sourceOf(cell)
    const whole = wholeNumber(bytes, block.starts[cell] as number, block.ends[cell] as number)
    if (!Number.isNaN(whole)) {
      this.values[row] = whole
      return
    }
    const text = textOfUtf8(bytes, block.starts[cell], block.ends[cell])
    if (isMissing(text, 'number')) return
    // A fraction of three digits may be thousands: that is for the reference to weigh.
    const match = this.isDecimalPoint ? POINT_FRACTION.exec(text) : null
    if (match === null || match[1]?.length === 3) block.isBad[row] = 1
    else {
      this.values[row] = Number(text)
      this.isPoint[row] = 1
    }
  }
}

/** `-?` and up to fifteen digits; NaN for anything else. */
function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  const from = bytes[start] === 45 ? start + 1 : start
  if (from === end || end - from > MAX_PLAIN_DIGITS) return Number.NaN
  let value = 0
  for (let at = from; at < end; at++) {
    const digit = (bytes[at] as number) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = 10 * value + digit
  }
  return from === start ? value : 0 - value
}

const MOST_SPELLINGS = 1024
/** Of a flag: not read, the record is the reference's. */
export const UNREAD = 255

/** Whether events are key events: what a spelling means is asked of the reference once. */
export class KeyEventField implements FieldReader {
  private readonly first: number
  private readonly read: (cell: string) => number
  private readonly values = new Uint8Array(BLOCK_ROWS)
  private spellings = new ByteDictionary(false)
  private readonly meanings = new Uint8Array(MOST_SPELLINGS + 1)

  /** @param read 0 missing, 1 no, 2 yes, UNREAD */
  constructor(field: number, read: (cell: string) => number) {
    this.first = field * BLOCK_ROWS
    this.read = read
  }

  look(block: RecordBlock): void {
    const { first, values } = this
    for (let row = 0; row < block.count; row++) {
      if (block.isBad[row] === 1) continue
      const cell = first + row
      // Within range: a cell of the block.
      const start = block.starts[cell] as number
      const end = block.ends[cell] as number
      const value = start === end ? 0 : this.meaning(block.sourceOf(cell), start, end)
      values[row] = value
      if (value === UNREAD) block.isBad[row] = 1
    }
  }

  write(_block: RecordBlock, columns: EventColumns, ...[from, to]: [number, number]): void {
    columns.columns.isKeyEvent.set(this.values.subarray(from, to), columns.count)
  }

  private meaning(source: ByteSource, start: number, end: number): number {
    const known = this.spellings.find(source, start, end)
    // Every spelling has a meaning.
    if (known > 0) return this.meanings[known] as number
    if (this.spellings.size >= MOST_SPELLINGS) this.spellings = new ByteDictionary(false)
    const value = this.read(textOfUtf8(source.bytes, start, end))
    this.meanings[this.spellings.intern(source, start, end)] = value
    return value
  }
}
