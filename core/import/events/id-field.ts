import { textOfUtf8, utf8Of } from '#lib/utf8'
import type { CellText } from './code-field.ts'
import { type EventColumns, IDS } from './event-columns.ts'
import type { FieldReader } from './field-reader.ts'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'

/** What the kernel says of an id: text that certainly is one, or to be asked about. */
const TEXT = 0
const ASK = 2

/** The ids of events: bytes that are certainly an id are taken as they are, others are asked of the reference. */
export class IdField implements FieldReader {
  private readonly field: number
  private readonly columns: EventColumns
  private readonly block: RecordBlock
  private readonly read: CellText
  private readonly kinds: number
  private readonly uuids: number

  constructor(columns: EventColumns, block: RecordBlock, field: number, read: CellText) {
    const { calls } = columns.kernel
    this.field = field
    this.columns = columns
    this.block = block
    this.read = read
    this.kinds = calls.allocate(BLOCK_ROWS)
    this.uuids = calls.allocate(16 * BLOCK_ROWS)
  }

  look(): void {
    const { block, field } = this
    const { kernel } = this.columns
    if (kernel.calls.lookIds(field, this.kinds, this.uuids) === 0) return
    for (let row = 0; row < block.count; row++) {
      if (!block.isBad(row) && kernel.bytes[this.kinds + row] === ASK) this.ask(row)
    }
  }

  write(from: number, to: number): void {
    this.columns.kernel.calls.writeIds(this.field, this.kinds, this.uuids, from, to)
  }

  private ask(row: number): void {
    const { block, field } = this
    const { bytes } = this.columns.kernel
    const { start, end } = block.cell(field, row)
    const text = textOfUtf8(bytes, start, end)
    const id = this.read(text)
    const at = id === null ? -1 : text.indexOf(id)
    if (id === null || at < 0) {
      block.markBad(row)
      return
    }
    // An id is its cell without the blanks around it, or nothing.
    const from = start + utf8Of(text.slice(0, at)).length
    block.setCell(field, row, from, from + utf8Of(id).length)
    bytes[this.kinds + row] = TEXT
  }
}

/** The ids of a file that has none. */
export function noIds(columns: EventColumns): FieldReader {
  return { look() {}, write: (from, to) => void columns.kernel.calls.writeNoTexts(IDS, to - from) }
}
