import type { Output } from '#contract/contract'
import { type HeldEdit, positionOf } from '#import'
import { type HeldEntry, listImports, type Readable } from '#store'
import { type CorrectedRow, isSameText } from './corrected-row.ts'
import { editsTask, type HeldTask } from './held-change.ts'
import { ERROR_COLUMNS, harmless, headersOf, meant } from './held-file.ts'
import { HeldFinder, type Meant, type MeantRow } from './held-finder.ts'
import { HeldOrigins } from './held-origins.ts'
import type { Successor } from './held-successors.ts'
import { isRewritten } from './spreadsheet-cells.ts'

type Superseded = NonNullable<Output<'held.load'>['superseded']>[number]

/** Finds the held rows that the rows of a corrected file are, and what was changed in them. */
export class HeldMatcher {
  rows = 0
  notHeld = 0
  repeated = 0
  /** Rows without a line. */
  unplaced = 0
  /** Cells that a spreadsheet wrote in its own way and that stay as they were. */
  mended = 0
  /** Cells that are as they were written and have letters beyond ASCII. */
  sameBeyondAscii = 0
  readonly lines: number[] = []
  private readonly db: Readable
  private readonly origins: HeldOrigins
  private readonly finder: HeldFinder
  private readonly newer = new Map<number, Omit<Superseded, 'importId'>>()
  private readonly edits = new Map<number, Map<number, HeldEdit>>()
  /** Records that came: were they changed? */
  private readonly told = new Map<number, boolean>()
  private readonly headers = new Set<string>()

  constructor(db: Readable) {
    this.db = db
    this.origins = new HeldOrigins(db)
    this.finder = new HeldFinder(db, this.origins)
  }

  /** Of the rows that are not held: those of records that a newer import has, oldest import first. */
  get superseded(): Superseded[] {
    return [...this.newer]
      .map(([importId, counts]) => ({ importId, ...counts }))
      .toSorted((a, b) => a.importId - b.importId)
  }

  get corrected(): number {
    return [...this.told.values()].filter(isChanged => isChanged).length
  }

  get untouched(): number {
    return this.told.size - this.corrected
  }

  /** Headers of the file that no import has. A file of some of the held rows has the columns of all that hold a row. */
  ignoredColumns(): string[] {
    const known = new Set<string>([
      ...ERROR_COLUMNS,
      '',
      ...listImports(this.db).flatMap(({ plan }) => headersOf(plan)),
    ])
    return [...this.headers].filter(name => !known.has(name))
  }

  take(row: CorrectedRow): void {
    if (this.rows === 0) for (const name of row.cells.keys()) this.headers.add(name)
    this.rows++
    const lineText = (row.cells.get('_error_line') ?? '').trim()
    if (!/^\d+$/.test(lineText)) {
      this.unplaced++
      this.lines.push(row.line)
      return
    }
    this.judge(row, this.finder.find(row, Number(lineText)))
  }

  tasks(): readonly HeldTask[] {
    return [...this.edits]
      .filter(([, edits]) => edits.size > 0)
      .toSorted(([a], [b]) => a - b)
      .map(([importId, edits]) => editsTask(this.db, this.origins.of(importId).origin, edits))
  }

  private judge(row: CorrectedRow, { rows, successor }: Meant): void {
    const faulty = new Set(rows.map(({ from }) => this.headerAtFault(from)))
    const before = this.mended
    const found = rows.map(meantRow => {
      this.mended = before
      return this.compare(row, meantRow, faulty, rows.length === 1)
    })
    const isMisfit = found.every(result => result === 'misfit')
    if (isMisfit) {
      this.mended = before
      this.setAside(row, successor)
      return
    }
    const first = rows[0]?.to.heldId ?? 0
    if (this.told.has(first)) this.repeated++
    this.told.set(first, found.includes('changed'))
  }

  /** Nothing waits that the row is about. */
  private setAside({ line }: CorrectedRow, successor: Successor | null): void {
    this.notHeld++
    this.lines.push(line)
    if (successor === null) return
    const { importId, isHeld } = successor
    const { rows, held } = this.newer.get(importId) ?? { rows: 0, held: 0 }
    this.newer.set(importId, { rows: rows + 1, held: held + (isHeld ? 1 : 0) })
  }

  private headerAtFault({ importId, column }: HeldEntry): string | undefined {
    const { origin, headers } = this.origins.of(importId)
    return headers[positionOf(origin.plan, column) ?? -1]
  }

  private compare(
    row: CorrectedRow,
    { from, to }: MeantRow,
    faulty: ReadonlySet<string | undefined>,
    isAlone: boolean,
  ): 'changed' | 'same' | 'misfit' {
    const said = this.editOf(row, from, faulty, isAlone)
    const edit = said === null || from === to ? said : this.carried(said, from, to)
    if (edit === null && said !== null) return 'misfit'
    const edits = this.edits.get(to.importId) ?? new Map<number, HeldEdit>()
    this.edits.set(to.importId, edits)
    edits.delete(to.heldId)
    if (edit === null) return 'same'
    edits.set(to.heldId, edit)
    return 'changed'
  }

  /** What was changed in a row since it was written. */
  private editOf(
    row: CorrectedRow,
    entry: HeldEntry,
    faulty: ReadonlySet<string | undefined>,
    isAlone: boolean,
  ): HeldEdit | null {
    const { headers } = this.origins.of(entry.importId)
    const { cells, isSound, text } = this.origins.cellsOf(entry)
    const texts = headers.map((name, at) => row.cells.get(name) ?? harmless(cells[at] ?? ''))
    const changed = headers.flatMap((name, at) => {
      const was = cells[at] ?? ''
      const isSame = isSameText(texts[at], harmless(was))
      if (isSame && BEYOND_ASCII.test(was)) this.sameBeyondAscii++
      if (isSame || !isSound || faulty.has(name) || !isRewritten(was, texts[at] ?? '')) return isSame ? [] : [at]
      this.mended++
      return []
    })
    // The values of a record that several tables hold stand together there.
    if (changed.length === 0) return isAlone || !isSound ? this.editOfValue(row, entry, isSound ? null : text) : null
    // Of a record that could not be taken apart, the cells are all there is.
    const told = isSound ? changed : headers.map((_, at) => at)
    return { cells: Object.fromEntries(told.map(at => [at, meant(texts[at] ?? '')])) }
  }

  /** An edit for the row of the same record in a newer import; null where that says something else by now. */
  private carried(edit: HeldEdit, from: HeldEntry, to: HeldEntry): HeldEdit | null {
    const was = this.origins.cellsOf(from)
    const is = this.origins.cellsOf(to)
    if (edit.cells === undefined) return is.text === was.text ? edit : null
    const { headers } = this.origins.of(from.importId)
    const there = this.origins.of(to.importId).headers
    const cells = Object.entries(edit.cells).map(([at, text]) => {
      const place = there.indexOf(headers[Number(at)] ?? '')
      const isSame = place >= 0 && isSameText(was.cells[Number(at)], is.cells[place] ?? '')
      return isSame ? ([place, text] as const) : null
    })
    if (was.isSound !== is.isSound || cells.includes(null)) return null
    return { cells: Object.fromEntries(cells.filter(cell => cell !== null)) }
  }

  /** What was corrected in `_error_value` while the columns stayed: the cell at fault, or the text of a record that has no cells. */
  private editOfValue({ cells }: CorrectedRow, entry: HeldEntry, record: string | null): HeldEdit | null {
    const said = cells.get('_error_value')
    const was = harmless(record ?? entry.value)
    if (said === undefined || cells.get('_error_code') !== entry.code) return null
    if (isSameText(said, was) || isRewritten(was, said)) return null
    if (record !== null) return { record: meant(said) }
    const at = positionOf(this.origins.of(entry.importId).origin.plan, entry.column)
    return at === null ? null : { cells: { [at]: meant(said) } }
  }
}

const BEYOND_ASCII = /[^\0-\x7f]/
