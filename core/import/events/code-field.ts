import { ByteDictionary } from '#lib/byte-dictionary'
import type { ByteSource } from '#lib/byte-source'
import { textOfUtf8 } from '#lib/utf8'
import { EVENT_CODES, type EventCode } from '#schema/import'
import type { Column } from '#schema/tables'
import { type EventColumns, textSource } from './event-columns.ts'
import type { FieldReader } from './field-reader.ts'
import { isNeverPlain, isPlainId, isPlainIp, type PlainCell } from './plain-cells.ts'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'

/** Not read: the record is the reference's. */
const LEFT = -1
/** Read, but not known yet: learnt when its row is written. */
const FRESH = -2
/** Spellings remembered per column; then they are learnt anew. */
const MOST_SPELLINGS = 16_384

const PLAIN: Readonly<Partial<Record<Column['type'], PlainCell>>> = { id: isPlainId, ip: isPlainIp }

/** What the reference makes of a cell: its text, empty where it is missing, null where the record is held. */
export type CellText = (cell: string) => string | null

/**
 * Codes for the cells of one column. What a cell means is asked of the reference once per spelling; afterwards bytes are
 * looked up, and no string is made.
 */
export class CodeField implements FieldReader {
  private readonly field: number
  private readonly kind: number
  private readonly columns: EventColumns
  /** That of the columns, fetched anew for each block: it may have been begun anew. */
  private dictionary: ByteDictionary
  private readonly read: CellText
  private readonly isRequired: boolean
  private readonly encode = textSource()
  private readonly codes = new Int32Array(BLOCK_ROWS)
  private readonly skip = new Uint8Array(BLOCK_ROWS)
  /** Spellings that do not mean themselves, ` login` or `NULL`, and their codes. */
  private aliases = new ByteDictionary(false)
  private aliasCodes: number[] = [0]

  private readonly isPlain: PlainCell

  /** @param type of the column. @param read asked once per spelling */
  constructor(field: number, kind: EventCode, columns: EventColumns, ...[type, read]: [Column['type'], CellText]) {
    this.field = field
    this.kind = EVENT_CODES.indexOf(kind)
    this.columns = columns
    // There is a dictionary per kind.
    this.dictionary = columns.dictionaries[this.kind] as ByteDictionary
    this.read = read
    this.isRequired = kind === 'name'
    this.isPlain = PLAIN[type] ?? isNeverPlain
  }

  look(block: RecordBlock): void {
    const { codes, isRequired } = this
    const { source, starts, ends, isBad, count } = block
    this.renew()
    const first = this.field * BLOCK_ROWS
    this.dictionary.findAll(
      { source, starts, ends, first, count, skip: block.hasEscapes ? this.odd(block) : isBad },
      codes,
    )
    for (let row = 0; row < count; row++) {
      if (codes[row] !== 0 || isBad[row] === 1) continue
      // Within range: a cell of the block.
      const start = starts[first + row] as number
      const end = ends[first + row] as number
      const code = start === end ? 0 : this.unknown(block, first + row)
      codes[row] = code
      if (code === LEFT || (code === 0 && isRequired)) isBad[row] = 1
    }
  }

  private renew(): void {
    const dictionary = this.columns.dictionaries[this.kind] as ByteDictionary
    if (dictionary === this.dictionary) return
    this.dictionary = dictionary
    this.aliases = new ByteDictionary(false)
    this.aliasCodes = [0]
  }

  /** Rows that are bad or whose cell lies elsewhere. */
  private odd(block: RecordBlock): Uint8Array {
    const { skip } = this
    const first = this.field * BLOCK_ROWS
    for (let row = 0; row < block.count; row++) {
      skip[row] = (block.isBad[row] as number) | (block.escaped[first + row] as number)
    }
    return skip
  }

  write(block: RecordBlock, columns: EventColumns, ...[from, to]: [number, number]): void {
    const { codes } = this
    const { starts, ends } = block
    const target = columns.columns.codes[this.kind] as Uint32Array
    const first = this.field * BLOCK_ROWS
    for (let row = from, at = columns.count; row < to; row++, at++) {
      const code = codes[row] as number
      const cell = first + row
      target[at] =
        code === FRESH ? this.learn(block.sourceOf(cell), starts[cell] as number, ends[cell] as number) : code
    }
  }

  /** The code of a cell that was FRESH; a new text gets the next one. */
  private learn(source: ByteSource, start: number, end: number): number {
    if (this.isPlain(source.bytes, start, end)) return this.dictionary.intern(source, start, end)
    const cell = textOfUtf8(source.bytes, start, end)
    const text = this.read(cell) ?? ''
    if (text === cell) return this.dictionary.intern(source, start, end)
    const own = this.encode(text)
    return this.remember(this.dictionary.intern(own.source, 0, own.length), source, start, end)
  }

  private remember(code: number, source: ByteSource, start: number, end: number): number {
    if (this.aliases.size >= MOST_SPELLINGS) {
      this.aliases = new ByteDictionary(false)
      this.aliasCodes = [0]
    }
    this.aliasCodes[this.aliases.intern(source, start, end)] = code
    return code
  }

  /** The code of a cell that is not empty and was not found. */
  private unknown(block: RecordBlock, cell: number): number {
    const source = block.sourceOf(cell)
    // Within range: a cell of the block.
    const start = block.starts[cell] as number
    const end = block.ends[cell] as number
    const code = source === block.source ? 0 : this.dictionary.find(source, start, end)
    if (code > 0) return code
    return this.isPlain(source.bytes, start, end) ? FRESH : this.unusual(source, start, end)
  }

  private unusual(source: ByteSource, start: number, end: number): number {
    const alias = this.aliases.find(source, start, end)
    if (alias > 0) return this.aliasCodes[alias] ?? LEFT
    const cell = textOfUtf8(source.bytes, start, end)
    const text = this.read(cell)
    if (text === null) return LEFT
    if (text === '') return this.remember(0, source, start, end)
    // A text that does not mean itself must not be found as a spelling.
    return text === cell || this.read(text) === text ? FRESH : LEFT
  }
}
