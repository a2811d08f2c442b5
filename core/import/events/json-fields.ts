import { textOfUtf8 } from '#lib/utf8'
import type { ColumnPlan } from '#schema/import'
import { type CustomWriter, customWriter } from '../custom-fields.ts'
import { isMissing } from '../values/cell-reader.ts'
import { CUSTOM, type EventColumns, PROPERTIES } from './event-columns.ts'
import type { FieldReader } from './field-reader.ts'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'

/** Longest spelling of "nothing". */
const LONGEST_MISSING = 11

/** The properties of events: objects in JSON. */
export class PropertiesField implements FieldReader {
  private readonly field: number
  private readonly columns: EventColumns
  private readonly block: RecordBlock
  private readonly kinds: number
  private readonly copies: number

  constructor(columns: EventColumns, block: RecordBlock, field: number) {
    this.field = field
    this.columns = columns
    this.block = block
    this.kinds = columns.kernel.calls.allocate(BLOCK_ROWS)
    this.copies = columns.kernel.calls.openObjects()
  }

  look(): void {
    const { block, field } = this
    const { kernel } = this.columns
    if (kernel.calls.lookObjects(field, this.kinds, this.copies) === 0) return
    for (let row = 0; row < block.count; row++) {
      if (!block.isBad(row) && kernel.bytes[this.kinds + row] !== 0) this.readTrimmed(row)
    }
  }

  write(from: number, to: number): void {
    this.columns.kernel.calls.writeTexts(PROPERTIES, this.field, from, to)
  }

  /** The kernel takes an object that begins with its cell only. */
  private readTrimmed(row: number): void {
    const { block, field } = this
    const { calls, bytes } = this.columns.kernel
    if (!block.trim(field, row)) {
      block.markBad(row)
      return
    }
    const { start, end } = block.cell(field, row)
    if (start === end || calls.lookObject(field, row, this.copies) !== 0) return
    if (end - start <= LONGEST_MISSING && isMissing(textOfUtf8(bytes, start, end), 'json')) {
      block.setCell(field, row, start, start)
    } else block.markBad(row)
  }
}

/** The properties of a file that has none. */
export function noProperties(columns: EventColumns): FieldReader {
  return { look() {}, write: (from, to) => void columns.kernel.calls.writeNoTexts(PROPERTIES, to - from) }
}

/** Between the cells of a key; no byte of UTF-8. */
const BETWEEN = 0xff
/** Combinations remembered; then they are learnt anew. */
const MOST_KEYS = 16_384

/** The custom fields of records: written by the reference once per combination of cells. */
export class CustomFields implements FieldReader {
  private readonly fields: readonly number[]
  private readonly width: number
  private readonly columns: EventColumns
  private readonly writer: CustomWriter

  constructor(columns: EventColumns, plan: readonly ColumnPlan[]) {
    this.columns = columns
    this.fields = plan.flatMap(({ match }, at) => (match === 'custom' ? at : []))
    this.width = plan.length
    this.writer = customWriter(plan, false)
    if (this.fields.length === 0) return
    const { kernel } = columns
    const at = kernel.calls.openCustoms(this.fields.length)
    kernel.words.set(this.fields, at / 4)
  }

  /** Every cell is one. */
  look(): void {}

  write(from: number, to: number): void {
    const { calls } = this.columns.kernel
    if (this.fields.length === 0) calls.writeNoTexts(CUSTOM, to - from)
    else
      for (let row = from; row < to; ) {
        row = calls.writeCustoms(row, to)
        if (row < to) this.learn()
      }
  }

  private learn(): void {
    const { kernel } = this.columns
    const { calls } = kernel
    const cells = new Array<string>(this.width).fill('')
    let start = calls.keyAt()
    for (const field of this.fields) {
      const stop = kernel.bytes.indexOf(BETWEEN, start)
      cells[field] = textOfUtf8(kernel.bytes, start, stop)
      start = stop + 1
    }
    const text = this.writer.write(cells, []) ?? ''
    const known = this.columns.handOver(text, (from, to) => calls.learnCustom(from, to))
    if (known >= MOST_KEYS) calls.forgetCustoms()
  }
}
