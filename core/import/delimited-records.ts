import type { HeldCode } from '#schema/import'
import type { ForeignRecords } from './foreign-records.ts'
import type { BrokenRecord, RawText } from './records/record-source.ts'
import { endsReport, isLoneText, MOST_TEXTS_OF_END } from './report-end.ts'

/** What is done with the records of a delimited file that were sorted. */
export type DelimitedTarget = Readonly<{
  /** A record with as many cells as the header. */
  row(cells: readonly string[], line: number, raw: RawText, i: number): void
  broken(record: BrokenRecord): void
  /** One that counts as read and skipped. */
  skipped(): void
}>

/**
 * `code`: what it is held for, null for a row. `isOpen`: where no row comes behind it, it is a total. `isLone`: a text by itself, which
 * goes with the end of a report.
 */
type Waiting = Readonly<{
  cells: readonly string[]
  line: number
  raw: string
  code: HeldCode | null
  isOpen: boolean
  isLone: boolean
}>

/** So many records with nothing but words for keys are no totals. */
const MOST_WAITING = 100

/**
 * Sorts the records of a delimited file: the header, what a program wrote for readers, records of another number of cells, rows.
 *
 * A record that is a total only where no row comes behind it waits for that row, or for the end. So does a text by itself behind a blank
 * line, which may belong to the end of a report.
 *
 * Source: docs/methods/import.md, "Records".
 */
export class DelimitedRecords {
  private readonly width: number
  private readonly foreign: ForeignRecords | null
  private readonly target: DelimitedTarget
  private waiting: Waiting[] = []
  private isHeaderDue = true
  private isBehindBlank = false
  /** Texts since a report ended, while no row has come; 0 where none has ended. */
  private textsOfEnd = 0

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
    if (this.isEnd(cells)) {
      this.end(line)
      return
    }
    const isLone = this.isBehindBlank && isLoneText(cells, this.width)
    this.textsOfEnd = 0
    this.isBehindBlank = isLone
    const kind = this.foreign?.judge(cells, line) ?? null
    if (kind === 'header' || kind === 'ruled' || kind === 'types') {
      // Files that were put together each end where the next header is.
      if (kind === 'header') this.settle(false)
      this.target.skipped()
      return
    }
    const code = kind === 'total' ? 'row/total' : this.shapeFault(cells)
    if (kind === 'open' || isLone || (code !== null && this.waiting.length > 0)) {
      this.wait({ cells, line, raw: raw(i), code, isOpen: kind === 'open', isLone })
      return
    }
    this.settle(true)
    if (code === null) this.target.row(cells, line, raw, i)
    else this.target.broken({ line, code, raw: raw(i), detail: '' })
  }

  private wait(record: Waiting): void {
    this.waiting.push(record)
    if (this.waiting.length === MOST_WAITING) this.settle(true)
  }

  blank(): void {
    this.foreign?.blank()
    this.isBehindBlank = this.foreign?.hasEnds === true
    this.target.skipped()
  }

  private isEnd(cells: readonly string[]): boolean {
    if (this.foreign?.hasEnds !== true) return false
    const isWithin = this.textsOfEnd > 0 && this.textsOfEnd < MOST_TEXTS_OF_END
    return (isWithin && isLoneText(cells, this.width)) || endsReport(cells, this.width)
  }

  /** A report ends: the texts by themselves above are its name and its count, those below who made it. */
  private end(line: number): void {
    const { target, foreign } = this
    const texts = this.waiting.filter(({ isLone }) => isLone).slice(-MOST_TEXTS_OF_END)
    this.waiting = this.waiting.filter(each => !texts.includes(each))
    this.settle(false)
    this.textsOfEnd++
    for (const at of [...texts.map(each => each.line), line]) {
      foreign?.ends.push(at)
      target.skipped()
    }
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
