import type { ColumnPlan, FilePlan, HeldCode, HeldRow, ImportOptions, ImportSink } from '#schema/import'
import type { TABLES, TableName, Value } from '#schema/tables'
import { type ColumnReader, columnReaders } from './column-reader.ts'
import { settingsOf } from './column-settings.ts'
import { type CustomField, type CustomWriter, customWriter } from './custom-fields.ts'
import { DelimitedRecords } from './delimited-records.ts'
import { type DerivedReader, derivedReaders, pathsOf, type RowFilter, rowFilter } from './derived-fields.ts'
import { keepSample } from './encoding.ts'
import { EscapeEvidence } from './escape-evidence.ts'
import type { EventBuilder } from './events/index.ts'
import { ForeignRecords } from './foreign-records.ts'
import { keyReader } from './held-key.ts'
import { heldMessage } from './held-message.ts'
import { cellText, fragment, membersOf, withoutSecrets } from './json/json-cells.ts'
import { jsonText, numberText } from './json/json-text.ts'
import type { UnreadLists } from './json/unread-lists.ts'
import { type LateHeaders, lateHeaders } from './late-headers.ts'
import type { EscapesSeen } from './records/escaped-fields.ts'
import type { BrokenRecord, RawText, RecordConsumer } from './records/record-source.ts'
import { RepeatedRows } from './repeated-rows.ts'
import { type RowCells, withoutSecretCells } from './row-cells.ts'
import { type RowOutput, rowOutput } from './row-output.ts'
import { type AmountScaler, amountScaler } from './values/amount.ts'
import { isMissing } from './values/cell-reader.ts'
import type { FaultSlot } from './values/fault.ts'

const NO_NUMBERS: ReadonlySet<number> = new Set()

/** Records of a file by what became of them: read = emitted + held + skipped. */
export type RowCounts = { read: number; emitted: number; held: number; skipped: number }

export type RowReaderOptions = Readonly<{
  plan: FilePlan
  table: TableName
  options: ImportOptions
  sink: ImportSink
  /** Called after each record that was held. */
  onHeld(row: HeldRow): void
  /** Are totals, ruled lines and further headers records like any other? */
  takesForeign?: boolean | undefined
  /** Called with each cell of a field that is read: its text, empty where missing, and what is wrong with it. */
  onCell?: ((reader: ColumnReader, text: string, line: number, fault: HeldCode | null) => void) | undefined
}>

/**
 * Turns the records of one file into rows of its table: maps the columns, reads the values, holds what cannot be read.
 *
 * A record is held for its first fault in the order of the file's columns; the values of its other columns still count as
 * evidence of how these are to be read.
 */
export class RowReader implements RecordConsumer {
  readonly counts: RowCounts = { read: 0, emitted: 0, held: 0, skipped: 0 }
  readonly encodingEvidence = { wideBytes: 0, unreadable: 0, samples: [] as Uint8Array[] }
  readonly readers: ReadonlyMap<string, ColumnReader>
  columns: readonly ColumnPlan[]
  unreadLists: UnreadLists = { lists: [], more: 0 }
  private readonly table: TableName
  private readonly plan: FilePlan
  private readonly output: RowOutput
  private readonly onHeld: RowReaderOptions['onHeld']
  private readonly slot: FaultSlot = { code: null }
  private readonly width: number
  /** Events are taken apart at once, so that one list of values serves them all. */
  private readonly eventValues: Value[]
  /** The delimited record at hand. One object for all: a file has millions. */
  private readonly delimited = {
    cells: [] as readonly string[],
    line: 0,
    numbers: NO_NUMBERS,
    extra: [],
    record: null,
    raw: (_i: number): string => '',
    position: 0,
    rawText: (): string => {
      const { cells, raw, position } = this.delimited
      return this.hasSecrets ? withoutSecretCells(cells, this.columns, this.plan) : raw(position)
    },
  }
  private readonly subjects: readonly number[]
  private readonly late: LateHeaders
  private readonly keyOf: ReturnType<typeof keyReader>
  private readonly onCell: RowReaderOptions['onCell']
  private readonly derived: readonly DerivedReader[]
  /** Headers that a derived field reads: not custom fields as well. */
  private readonly consumed: ReadonlySet<string>
  private readonly filter: RowFilter | null
  readonly amounts: AmountScaler | null
  /** Of rows that come along with something else: those that were there before. */
  private readonly repeated: RepeatedRows | null
  /** Records that belong to another table. */
  private others = 0
  /** Records that are none of the table; null where all are to count as such. */
  readonly foreign: ForeignRecords | null
  readonly escapeEvidence: EscapeEvidence
  private fault: HeldCode | null = null
  private faultText = ''
  private targets: readonly Readonly<{ at: number; reader: ColumnReader }>[] = []
  private positions: ReadonlyMap<string, number> = new Map()
  private custom: CustomWriter
  private hasSecrets: boolean
  private readonly records: DelimitedRecords

  constructor({ plan, table, options, sink, onHeld, onCell, takesForeign = false }: RowReaderOptions) {
    this.plan = plan
    this.table = table
    this.columns = plan.columns
    const settings = settingsOf(plan)
    this.readers = columnReaders(table, plan.readings, options, settings)
    this.derived = derivedReaders(plan, this.readers)
    this.consumed = pathsOf(plan)
    this.filter = rowFilter(plan)
    this.repeated = plan.dropsOthers === true && table !== 'events' ? new RepeatedRows(table) : null
    this.amounts = amountScaler(table, settings, plan, this.readers)
    this.onCell = onCell
    this.escapeEvidence = new EscapeEvidence(plan)
    this.foreign = plan.format !== 'csv' || takesForeign ? null : new ForeignRecords(plan, table)
    this.output = rowOutput(table, sink)
    this.onHeld = onHeld
    this.width = this.readers.size
    this.eventValues = new Array(this.width)
    this.subjects = table === 'outcomes' ? SUBJECTS.map(name => this.readers.get(name)?.index ?? 0) : []
    this.late = lateHeaders(table)
    this.keyOf = keyReader(table)
    this.custom = customWriter(this.columns, plan.format !== 'csv')
    this.hasSecrets = this.columns.some(({ match }) => match === 'secret')
    this.records = new DelimitedRecords(this.columns.length, this.foreign, {
      row: (cells, line, raw, i) => this.delimitedRow(cells, line, raw, i),
      broken: record => this.broken(record),
      skipped: () => {
        this.counts.read++
        this.counts.skipped++
      },
    })
    this.bindColumns()
  }

  fields(cells: readonly string[], line: number, raw: RawText, i: number): void {
    this.records.fields(cells, line, raw, i)
  }

  private delimitedRow(cells: readonly string[], line: number, raw: RawText, i: number): void {
    const { delimited } = this
    delimited.cells = cells
    delimited.line = line
    delimited.raw = raw
    delimited.position = i
    this.row(delimited)
  }

  object(value: Readonly<Record<string, unknown>>, line: number, raw: string): void {
    const cells: string[] = new Array(this.columns.length).fill('')
    const numbers = new Set<number>()
    const extra: CustomField[] = []
    for (const { header, value: member } of membersOf(value)) {
      if (member === null) continue
      const at = this.positions.get(header) ?? this.lateColumn(header)
      if (at === undefined) {
        if (this.isKept(header)) extra.push([header, fragment(member)])
      } else {
        cells[at] = this.jsonCell(at, member)
        if (numberText(member) !== null) numbers.add(at)
      }
    }
    const rawText = (): string => {
      const clean = withoutSecrets(value)
      return clean === jsonText(value) ? raw : clean
    }
    this.row({ cells, line, numbers, extra, rawText, record: value })
  }

  /** Does a header beyond the plan become a custom field? */
  private isKept(header: string): boolean {
    if (this.consumed.has(header) || this.plan.dropsOthers === true) return false
    return this.late.judge(header) === 'custom'
  }

  /** JSON for a custom column, text for a canonical one, nothing of a secret. */
  private jsonCell(at: number, member: unknown): string {
    const match = this.columns[at]?.match
    if (match === 'secret' || match === 'dropped') return ''
    return match === 'custom' ? fragment(member) : cellText(member)
  }

  unread(found: UnreadLists): void {
    this.unreadLists = found
  }

  blank(): void {
    this.records.blank()
  }

  /** Decides about records that wait for what comes behind them: nothing does. */
  settle(): void {
    this.records.settle(false)
  }

  encoding(wideBytes: number, unreadable: number, sample: Uint8Array | null): void {
    this.encodingEvidence.wideBytes += wideBytes
    this.encodingEvidence.unreadable += unreadable
    if (sample !== null) keepSample(this.encodingEvidence.samples, sample)
  }

  /** Where events go, for a reader that adds them itself; null for other tables. */
  get events(): EventBuilder | null {
    return this.output.events
  }

  /** Counts events that were added to `events` directly, and records that belong to another table. */
  added(count: number, wideBytes: number, others: number): void {
    this.counts.read += count + others
    this.counts.emitted += count
    this.counts.skipped += others
    this.others += others
    this.encodingEvidence.wideBytes += wideBytes
    this.output.added()
  }

  /** Hands on the last rows. */
  flush(): void {
    this.settle()
    this.output.flush()
  }

  /** Headers beyond the plan that named a secret. */
  lateSecrets(): readonly string[] {
    return this.late.secrets()
  }

  /** Records that were skipped because they say what the last one of their key said. */
  repeats(): number {
    return this.repeated?.count ?? 0
  }

  /** Records that were skipped because they belong to another table. */
  ofOtherTables(): number {
    return this.others
  }

  private bindColumns(): void {
    const derived = new Set(this.derived.map(({ reader }) => reader.column))
    this.targets = this.columns.flatMap(({ column }, at) => {
      const reader = column === null || derived.has(column) ? undefined : this.readers.get(column)
      return reader === undefined ? [] : [{ at, reader }]
    })
    this.positions = new Map(this.columns.map(({ header }, at): [string, number] => [header, at]).toReversed())
  }

  /** Takes a header that no earlier JSON record had into the plan where it fills an open column. */
  private lateColumn(header: string): number | undefined {
    // Where a preset or a mapping says what is read, nothing else is.
    const column = this.plan.source === undefined ? this.late.columnFor(header, this.columns) : null
    if (column === null) {
      if (this.late.judge(header) === 'secret') this.hasSecrets = true
      return undefined
    }
    this.columns = [...this.columns, column]
    this.bindColumns()
    return this.columns.length - 1
  }

  private row(record: RowCells): void {
    const { cells, line } = record
    this.counts.read++
    if (this.filter?.(cells, record.record) === false) {
      this.counts.skipped++
      this.others++
      return
    }
    const values = this.table === 'events' ? this.eventValues.fill(null) : new Array<Value>(this.width).fill(null)
    const column = this.readValues(record, values)
    if (this.fault !== null) {
      const value = this.faultText
      const key = this.keyOf(values) ?? undefined
      this.hold({ line, code: this.fault, column, value, raw: record.rawText(), detail: '', key })
    } else if (this.subjects.length > 0 && this.subjects.every(index => values[index] === null)) {
      this.hold({ line, code: 'row/no-subject', column: '', value: '', raw: record.rawText(), detail: '' })
    } else {
      this.amounts?.scale(values, record)
      if (this.repeated?.isRepeated(values) === true) {
        this.counts.skipped++
        return
      }
      this.counts.emitted++
      this.output.add(line, values, this.custom.write(cells, record.extra))
    }
  }

  /** Reads the cells into `values`; `fault` is the first fault. @returns the column of the faulty cell */
  private readValues(record: RowCells, values: Value[]): string {
    const { cells, numbers, line } = record
    const { slot, targets } = this
    let faulty = ''
    this.fault = null
    slot.line = line
    for (const { at, reader } of targets) {
      const text = (cells[at] ?? '').trim()
      if (this.readCell(reader, text, numbers.has(at), values)) faulty = reader.column
    }
    for (const { reader, read } of this.derived) {
      const { text, isNumber } = read(cells, record.record)
      if (this.readCell(reader, text, isNumber, values)) faulty = reader.column
    }
    return faulty
  }

  /** @returns is it the first fault of the record? */
  private readCell(reader: ColumnReader, text: string, isNumber: boolean, values: Value[]): boolean {
    const { slot } = this
    const isGiven = !isMissing(text, reader.type)
    slot.code = null
    if (isGiven) values[reader.index] = reader.read(text, isNumber, slot)
    else if (reader.isRequired) slot.code = 'value/missing'
    this.onCell?.(reader, isGiven ? text : '', slot.line ?? 0, slot.code)
    if (slot.code === null) return false
    values[reader.index] = null // what is told of the record must not take it for a key
    if (this.fault !== null) return false
    this.fault = slot.code
    this.faultText = text
    return true
  }

  escapes(line: number, seen: EscapesSeen): void {
    this.escapeEvidence.escapes(line, seen)
  }

  broken({ line, code, raw, detail }: BrokenRecord): void {
    this.counts.read++
    this.escapeEvidence.broken({ code, raw })
    this.hold({ line, code, column: '', value: '', raw: this.hasSecrets ? '' : raw, detail })
  }

  private hold(row: HeldFault): void {
    this.counts.held++
    const { line, code, column, value, raw, key } = row
    const message = heldMessage({ ...row, table: this.table, escape: this.plan.escape })
    const held: HeldRow = { line, column, value, code, message, raw, ...(key === undefined ? {} : { key }) }
    this.output.hold(held)
    this.onHeld(held)
  }
}

type HeldFault = Omit<HeldRow, 'message'> & Readonly<{ detail: string }>

const SUBJECTS = [
  'workspace_id',
  'account_id',
  'user_id',
] as const satisfies readonly (keyof (typeof TABLES)['outcomes']['columns'])[]
