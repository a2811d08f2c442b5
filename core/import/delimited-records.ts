import type { HeldCode } from '#schema/import'
import type { ForeignRecords } from './foreign-records.ts'
import type { BrokenRecord, RawText } from './records/record-source.ts'

/** What is done with the records of a delimited file that were sorted. */
export type DelimitedTarget = Readonly<{
  /** A record with as many cells as the header. */
  row(cells: readonly string[], line: number, raw: RawText, i: number): void
  broken(record: BrokenRecord): void
  /** One that counts as read and skipped. */
  skipped(): void
}>

/** `code`: what it is held for, null for a row. `isOpen`: where no row comes behind it, it is a total. */
type Waiting = Readonly<{
  cells: readonly string[]
  line: number
  raw: string
  code: HeldCode | null
  isOpen: boolean
}>

/** So many records with nothing but words for keys are no totals. */
const MOST_WAITING = 100

/**
 * Sorts the records of a delimited file: the header, what a program wrote for readers, records of another number of cells, rows.
 *
 * A record that is a total only where no row comes behind it waits for that row, or for the end.
 *
 * Source: docs/methods/import.md, "Records".
 */
export class DelimitedRecords {
  private readonly width: number
  private readonly foreign: ForeignRecords | null
  private readonly target: DelimitedTarget
  private waiting: Waiting[] = []
  private isHeaderDue = true

  /**
   * @param width columns of the header
   * @param foreign null where every record is to count as a row
   */
  constructor(width: number, foreign: ForeignRecords | null, target: DelimitedTarget) {
    this.width = width
    this.foreign = foreign
    this.target = target
  }

  fields(cells: readonly string[], line: number, raw: RawText, i: number): void {
    if (this.isHeaderDue) {
      this.isHeaderDue = false
      return
    }
    const kind = this.foreign?.judge(cells, line) ?? null
    if (kind === 'header' || kind === 'ruled' || kind === 'types') {
      // Files that were put together each end where the next header is.
      if (kind === 'header') this.settle(false)
      this.target.skipped()
      return
    }
    const isOpen = kind === 'open'
    const code = kind === 'total' ? 'row/total' : this.shapeFault(cells)
    if (isOpen || (code !== null && this.waiting.length > 0)) {
      this.waiting.push({ cells, line, raw: raw(i), code, isOpen })
      if (this.waiting.length === MOST_WAITING) this.settle(true)
      return
    }
    this.settle(true)
    if (code === null) this.target.row(cells, line, raw, i)
    else this.target.broken({ line, code, raw: raw(i), detail: '' })
  }

  blank(): void {
    this.foreign?.blank()
    this.target.skipped()
  }

  /** Decides what waits. @param areRows did a row come behind it? Else there is none */
  settle(areRows: boolean): void {
    const { waiting, target } = this
    if (waiting.length === 0) return
    this.waiting = []
    for (const { cells, line, raw, code, isOpen } of waiting) {
      const held = isOpen && !areRows ? 'row/total' : code
      if (held === null) target.row(cells, line, () => raw, 0)
      else target.broken({ line, code: held, raw, detail: '' })
    }
  }

  private shapeFault(cells: readonly string[]): HeldCode | null {
    const { width } = this
    if (cells.length < width) return this.foreign?.isSum(cells) === true ? 'row/total' : 'row/too-few-fields'
    const isTooLong = cells.length > width && !cells.slice(width).every(cell => cell.trim() === '')
    return isTooLong ? 'row/too-many-fields' : null
  }
}
