import { TextHeap } from '#lib/text-heap'
import { textOfUtf8 } from '#lib/utf8'
import type { CellText } from './code-field.ts'
import { type EventColumns, textSource } from './event-columns.ts'
import type { FieldReader } from './field-reader.ts'
import { isPlainId } from './plain-cells.ts'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'

/** The ids of events: bytes that are certainly an id are copied, others are asked of the reference. */
export class IdField implements FieldReader {
  private readonly first: number
  private readonly read: CellText
  private readonly encode = textSource()
  /** Ids that are not what stands in the cell, and which of them a row has; -1 where it has its cell. */
  private readonly others = new TextHeap()
  private readonly other = new Int32Array(BLOCK_ROWS)

  constructor(field: number, read: CellText) {
    this.first = field * BLOCK_ROWS
    this.read = read
  }

  look(block: RecordBlock): void {
    this.others.clear()
    for (let row = 0; row < block.count; row++) {
      const cell = this.first + row
      this.other[row] = -1
      if (block.isBad[row] === 1) continue
      const { bytes } = block.sourceOf(cell)
      // Within range: a cell of the block.
      if (!isPlainId(bytes, block.starts[cell] as number, block.ends[cell] as number)) this.ask(block, cell, row)
    }
  }

  write(block: RecordBlock, columns: EventColumns, ...[from, to]: [number, number]): void {
    const { first, other, others } = this
    for (let row = from; row < to; row++) {
      const at = other[row] as number
      const cell = first + row
      if (at < 0) columns.id.append(block.sourceOf(cell), block.starts[cell] as number, block.ends[cell] as number)
      else columns.id.append(others.source, others.offsets[at] as number, others.offsets[at + 1] as number)
    }
  }

  private ask(block: RecordBlock, cell: number, row: number): void {
    const text = textOfUtf8(block.sourceOf(cell).bytes, block.starts[cell], block.ends[cell])
    const id = this.read(text)
    if (id === null) block.isBad[row] = 1
    else if (id !== text) {
      const { source, length } = this.encode(id)
      this.other[row] = this.others.count
      this.others.append(source, 0, length)
    }
  }
}
