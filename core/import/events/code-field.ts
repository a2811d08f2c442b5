import { textOfUtf8 } from '#lib/utf8'
import { EVENT_CODES, type EventCode } from '#schema/import'
import type { Column } from '#schema/tables'
import { CODES, type EventColumns } from './event-columns.ts'
import type { FieldReader } from './field-reader.ts'
import type { KernelDictionary } from './kernel-dictionary.ts'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'

/** What the kernel, and what the reference says of a cell instead of a code. */
const FRESH = -2
const ASK = -3
/** Not there yet, and to be learnt in its turn. */
const UNLEARNT = -4
/** Spellings remembered per column; then they are learnt anew. */
const MOST_SPELLINGS = 16_384
/** Bytes per row: a word, and a hash. */
const LOOKED_BYTES = 12

/** What the kernel holds for a text that certainly means itself. */
const PLAIN: Readonly<Partial<Record<Column['type'], number>>> = { id: 1, ip: 2 }
export const NEVER_PLAIN = 0

/** What the reference makes of a cell: its text, empty where it is missing, null where the record is held. */
export type CellText = (cell: string) => string | null

/**
 * Codes for the cells of one column. What a cell means is asked of the reference once per spelling; afterwards bytes are
 * looked up, and no string is made.
 */
export class CodeField implements FieldReader {
  /** Where the kernel keeps the hashes of the rows' texts. */
  readonly hashes: number
  readonly kind: number
  private readonly field: number
  private readonly columns: EventColumns
  private readonly block: RecordBlock
  private readonly read: CellText
  private readonly plain: number
  private readonly looked: number
  /** That of the columns, as this column knows it: it may have been begun anew. */
  private dictionary: KernelDictionary
  /** Codes of spellings that do not mean themselves, ` login` or `NULL`. */
  private aliases = new Map<string, number>()
  private hasUnlearnt = false

  /** @param of the field and what it holds. @param read asked once per spelling */
  constructor(
    columns: EventColumns,
    block: RecordBlock,
    of: Readonly<{ field: number; kind: EventCode; type: Column['type'] }>,
    read: CellText,
  ) {
    const { calls } = columns.kernel
    this.field = of.field
    this.kind = EVENT_CODES.indexOf(of.kind)
    this.columns = columns
    this.block = block
    this.read = read
    this.plain = PLAIN[of.type] ?? NEVER_PLAIN
    this.looked = calls.allocate(LOOKED_BYTES * BLOCK_ROWS)
    this.hashes = calls.hashesAt(this.looked)
    // There is a dictionary per kind.
    this.dictionary = columns.dictionaries[this.kind] as KernelDictionary
  }

  look(): void {
    const { block, columns, field, looked } = this
    const { calls } = columns.kernel
    const dictionary = columns.dictionaries[this.kind] as KernelDictionary
    if (dictionary !== this.dictionary) this.aliases.clear()
    this.dictionary = dictionary
    this.hasUnlearnt = false
    // An event must have a name.
    if (calls.lookCodes(field, dictionary.at, this.plain, this.kind === NAME ? 1 : 0, looked) === 0) return
    for (let row = 0; row < block.count; row++) if (!block.isBad(row)) this.judge(row)
  }

  write(from: number, to: number): void {
    const { columns, field, looked } = this
    const { calls } = columns.kernel
    const { at } = this.dictionary
    if (this.hasUnlearnt) {
      for (let row = from; row < to; row++) {
        if (this.codeAt(row) < FRESH) calls.settleCode(looked, row, this.learn(row), at)
        else if (this.codeAt(row) === FRESH) this.learnPlain(row)
      }
    }
    calls.writeCodes(field, at, looked, from, to, calls.columnAt(CODES + this.kind) + 4 * columns.count)
  }

  private codeAt(row: number): number {
    // Within range: a row of the block.
    return this.columns.kernel.integers[this.looked / 4 + row] as number
  }

  private judge(row: number): void {
    if (this.codeAt(row) !== ASK) return
    const cell = this.cellText(row)
    const known = this.aliases.get(cell) ?? this.ask(cell)
    if (known === null || (known === 0 && this.kind === NAME)) this.block.markBad(row)
    else {
      this.columns.kernel.calls.settleCode(this.looked, row, known, this.dictionary.at)
      if (known === UNLEARNT) this.hasUnlearnt = true
    }
  }

  /** A code, UNLEARNT, or null where the record is the reference's. */
  private ask(cell: string): number | null {
    const text = this.read(cell)
    if (text === null) return null
    if (text === '') return this.remember(cell, 0)
    // A text that does not mean itself must not be found as a spelling.
    return text === cell || this.read(text) === text ? UNLEARNT : null
  }

  /** The code of a cell that was UNLEARNT; a new text gets the next one. */
  private learn(row: number): number {
    const cell = this.cellText(row)
    const known = this.aliases.get(cell)
    if (known !== undefined) return known
    const text = this.read(cell) ?? ''
    const { calls } = this.columns.kernel
    const code = this.columns.handOver(text, (start, end) => calls.intern(this.dictionary.at, start, end))
    return text === cell ? code : this.remember(cell, code)
  }

  private learnPlain(row: number): void {
    const { calls } = this.columns.kernel
    const { start, end } = this.block.cell(this.field, row)
    calls.settleCode(this.looked, row, calls.intern(this.dictionary.at, start, end), this.dictionary.at)
  }

  private remember(cell: string, code: number): number {
    if (this.aliases.size >= MOST_SPELLINGS) this.aliases.clear()
    this.aliases.set(cell, code)
    return code
  }

  private cellText(row: number): string {
    const { start, end } = this.block.cell(this.field, row)
    return textOfUtf8(this.columns.kernel.bytes, start, end)
  }
}

const NAME = EVENT_CODES.indexOf('name')
