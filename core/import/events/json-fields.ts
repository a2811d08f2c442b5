import { ByteDictionary } from '#lib/byte-dictionary'
import { TextHeap } from '#lib/text-heap'
import { textOfUtf8 } from '#lib/utf8'
import type { ColumnPlan } from '#schema/import'
import { type CustomWriter, customWriter } from '../custom-fields.ts'
import { isMissing } from '../values/cell-reader.ts'
import { type EventColumns, textSource } from './event-columns.ts'
import type { FieldReader } from './field-reader.ts'
import { JsonCells } from './json-cells.ts'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'

/** Longest spelling of "nothing". */
const LONGEST_MISSING = 11

/** The properties of events: objects in JSON. */
export class PropertiesField implements FieldReader {
  private readonly first: number
  private readonly json = new JsonCells()
  /** The objects of the block; each row's lies at [starts .. ends). */
  private readonly objects = new TextHeap()
  private readonly starts = new Int32Array(BLOCK_ROWS)
  private readonly ends = new Int32Array(BLOCK_ROWS)

  constructor(field: number) {
    this.first = field * BLOCK_ROWS
  }

  look(block: RecordBlock): void {
    this.objects.clear()
    for (let row = 0; row < block.count; row++) {
      const cell = this.first + row
      this.starts[row] = 0
      this.ends[row] = 0
      if (block.isBad[row] === 1) continue
      if (!block.trim(cell)) block.isBad[row] = 1
      else if (block.starts[cell] !== block.ends[cell]) this.read(block, cell, row)
    }
  }

  write(_block: RecordBlock, columns: EventColumns, ...[from, to]: [number, number]): void {
    const { source } = this.objects
    // Every row of the block has both ends.
    for (let row = from; row < to; row++) {
      columns.properties.append(source, this.starts[row] as number, this.ends[row] as number)
    }
  }

  private read(block: RecordBlock, cell: number, row: number): void {
    const { bytes } = block.sourceOf(cell)
    const start = block.starts[cell] as number
    const end = block.ends[cell] as number
    const from = this.objects.length
    const to = this.json.copy(bytes, start, end, this.objects)
    if (to >= 0) {
      this.objects.commit(to)
      this.starts[row] = from
      this.ends[row] = to
    } else if (end - start > LONGEST_MISSING || !isMissing(textOfUtf8(bytes, start, end), 'json')) block.isBad[row] = 1
  }
}

/** Between the cells of a key; no byte of UTF-8. */
const BETWEEN = 0xff
/** Combinations remembered; then they are learnt anew. */
const MOST_KEYS = 16_384

/** The custom fields of records: written by the reference once per combination of cells. */
export class CustomFields implements FieldReader {
  private readonly fields: readonly number[]
  private readonly width: number
  private readonly writer: CustomWriter
  private readonly encode = textSource()
  private keys = new ByteDictionary(false)
  private written = new TextHeap()
  /** The custom cells of the record at hand, each with BETWEEN behind it, in the first `end` bytes. */
  private readonly key = new TextHeap(1, 1024)
  private end = 0

  constructor(plan: readonly ColumnPlan[]) {
    this.fields = plan.flatMap(({ match }, at) => (match === 'custom' ? at : []))
    this.width = plan.length
    this.writer = customWriter(plan, false)
  }

  /** Every cell is one. */
  look(): void {}

  write(block: RecordBlock, columns: EventColumns, ...[from, to]: [number, number]): void {
    for (let row = from; row < to; row++) {
      this.gather(block, row)
      // A key of separators alone: all cells are empty.
      const at = this.end === this.fields.length ? -1 : this.known() - 1
      const { offsets, source } = this.written
      if (at < 0) columns.custom.append(source, 0, 0)
      else columns.custom.append(source, offsets[at] as number, offsets[at + 1] as number)
    }
  }

  private gather(block: RecordBlock, row: number): void {
    this.end = 0
    for (const field of this.fields) {
      const cell = field * BLOCK_ROWS + row
      const bytes = block.sourceOf(cell).bytes.subarray(block.starts[cell], block.ends[cell])
      this.key.reserve(this.end + bytes.length + 1)
      this.key.source.bytes.set(bytes, this.end)
      this.end += bytes.length
      this.key.source.bytes[this.end++] = BETWEEN
    }
  }

  private known(): number {
    const code = this.keys.find(this.key.source, 0, this.end)
    if (code > 0) return code
    if (this.keys.size >= MOST_KEYS) {
      this.keys = new ByteDictionary(false)
      this.written = new TextHeap()
    }
    const cells = new Array<string>(this.width).fill('')
    let start = 0
    for (const field of this.fields) {
      const stop = this.key.source.bytes.indexOf(BETWEEN, start)
      cells[field] = textOfUtf8(this.key.source.bytes, start, stop)
      start = stop + 1
    }
    const { source, length } = this.encode(this.writer.write(cells, []) ?? '')
    this.written.append(source, 0, length)
    return this.keys.intern(this.key.source, 0, this.end)
  }
}
