import { createHeldRecordReader, type HeldEdit, type HeldRecordReader, positionOf } from '#import'
import { type HeldEntry, heldEntry, heldPlaces, type ImportRecord, listImports, type Readable } from '#store'
import { demandImport, editsTask, type HeldTask } from './held-change.ts'
import { cellsOf, ERROR_COLUMNS, harmless, headersOf, meant } from './held-file.ts'
import { HeldRecords } from './held-records.ts'
import { isRewritten } from './spreadsheet-cells.ts'

/** A row of a corrected file: its cells by header, and its line there. */
export type CorrectedRow = Readonly<{ cells: ReadonlyMap<string, string>; line: number }>
type Known = Readonly<{ origin: ImportRecord; reader: HeldRecordReader; headers: readonly string[] }>

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
  private readonly places = new Map<string, ReadonlyMap<number, readonly number[]>>()
  private readonly known = new Map<number, Known>()
  private readonly edits = new Map<number, Map<number, HeldEdit>>()
  /** Records that came: were they changed? */
  private readonly told = new Map<number, boolean>()
  private readonly headers = new Set<string>()

  private records: HeldRecords | null = null

  constructor(db: Readable) {
    this.db = db
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
    const file = meant(row.cells.get('_error_file') ?? '')
    const lineText = (row.cells.get('_error_line') ?? '').trim()
    if (!/^\d+$/.test(lineText)) {
      this.unplaced++
      this.lines.push(row.line)
      return
    }
    const entry = this.entryOf(row, file, Number(lineText))
    if (entry === null) {
      this.notHeld++
      this.lines.push(row.line)
    } else this.judge(row, this.recordOf(entry))
  }

  tasks(): readonly HeldTask[] {
    return [...this.edits]
      .filter(([, edits]) => edits.size > 0)
      .toSorted(([a], [b]) => a - b)
      .map(([importId, edits]) => editsTask(this.db, this.knownOf(importId).origin, edits))
  }

  /** All rows that are one record with this one. */
  private recordOf(entry: HeldEntry): readonly HeldEntry[] {
    this.records ??= new HeldRecords(
      this.db,
      listImports(this.db).filter(({ status, held }) => status === 'published' && held > 0),
    )
    const ids = this.records.membersOf(entry.heldId)
    return ids.length === 1 ? [entry] : ids.flatMap(id => heldEntry(this.db, id) ?? [])
  }

  private judge(row: CorrectedRow, entries: readonly HeldEntry[]): void {
    const first = entries[0]?.heldId ?? 0
    if (this.told.has(first)) this.repeated++
    const faulty = new Set(entries.map(entry => this.headerAtFault(entry)))
    const before = this.mended
    const found = entries.map(entry => {
      this.mended = before
      return this.compare(row, entry, faulty, entries.length === 1)
    })
    this.told.set(first, found.includes(true))
  }

  private headerAtFault({ importId, column }: HeldEntry): string | undefined {
    const { origin, headers } = this.knownOf(importId)
    return headers[positionOf(origin.plan, column) ?? -1]
  }

  /** @returns was the row changed? */
  private compare(
    row: CorrectedRow,
    entry: HeldEntry,
    faulty: ReadonlySet<string | undefined>,
    isAlone: boolean,
  ): boolean {
    const { origin, reader, headers } = this.knownOf(entry.importId)
    const { cells, isSound, text } = cellsOf(origin.plan, reader, entry)
    const texts = headers.map((name, at) => row.cells.get(name) ?? harmless(cells[at] ?? ''))
    const changed = headers.flatMap((name, at) => {
      const was = cells[at] ?? ''
      const isSame = isSameText(texts[at], harmless(was))
      if (isSame && BEYOND_ASCII.test(was)) this.sameBeyondAscii++
      if (isSame || !isSound || faulty.has(name) || !isRewritten(was, texts[at] ?? '')) return isSame ? [] : [at]
      this.mended++
      return []
    })
    const edits = this.edits.get(entry.importId) ?? new Map<number, HeldEdit>()
    this.edits.set(entry.importId, edits)
    edits.delete(entry.heldId)
    if (changed.length === 0) {
      // The values of a record that several tables hold stand together there.
      const edit = isAlone || !isSound ? this.editOfValue(row, entry, isSound ? null : text) : null
      if (edit !== null) edits.set(entry.heldId, edit)
      return edit !== null
    }
    // Of a record that could not be taken apart, the cells are all there is.
    const told = isSound ? changed : headers.map((_, at) => at)
    edits.set(entry.heldId, { cells: Object.fromEntries(told.map(at => [at, meant(texts[at] ?? '')])) })
    return true
  }

  /** What was corrected in `_error_value` while the columns stayed: the cell at fault, or the text of a record that has no cells. */
  private editOfValue({ cells }: CorrectedRow, entry: HeldEntry, record: string | null): HeldEdit | null {
    const said = cells.get('_error_value')
    const was = harmless(record ?? entry.value)
    if (said === undefined || cells.get('_error_code') !== entry.code) return null
    if (isSameText(said, was) || isRewritten(was, said)) return null
    if (record !== null) return { record: meant(said) }
    const at = positionOf(this.knownOf(entry.importId).origin.plan, entry.column)
    return at === null ? null : { cells: { [at]: meant(said) } }
  }

  /** The held row at a file and line; where there are several, the one that the row names, else one of its rule, newest first. */
  private entryOf({ cells }: CorrectedRow, file: string, line: number): HeldEntry | null {
    const ids = this.placesOf(file).get(line) ?? []
    const named = ids.find(id => String(id) === cells.get('_error_row')?.trim())
    if (named !== undefined) return heldEntry(this.db, named)
    const found = ids.flatMap(id => heldEntry(this.db, id) ?? []).toReversed()
    const code = cells.get('_error_code')
    const column = cells.get('_error_column')
    return found.find(entry => entry.code === code && entry.column === column) ?? found[0] ?? null
  }

  private placesOf(file: string): ReadonlyMap<number, readonly number[]> {
    const known = this.places.get(file)
    if (known !== undefined) return known
    const byLine = new Map<number, number[]>()
    for (const { line, heldId } of heldPlaces(this.db, file)) {
      const ids = byLine.get(line)
      if (ids === undefined) byLine.set(line, [heldId])
      else ids.push(heldId)
    }
    this.places.set(file, byLine)
    return byLine
  }

  private knownOf(importId: number): Known {
    const found = this.known.get(importId)
    if (found !== undefined) return found
    const origin = demandImport(this.db, importId)
    const known = { origin, reader: createHeldRecordReader(origin.plan), headers: headersOf(origin.plan) }
    this.known.set(importId, known)
    return known
  }
}

const BEYOND_ASCII = /[^\0-\x7f]/

/** Blanks around a cell mean nothing, and spreadsheets write line breaks in their own way. */
function isSameText(a: string | undefined, b: string): boolean {
  const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim()
  return plain(a ?? '') === plain(b)
}
