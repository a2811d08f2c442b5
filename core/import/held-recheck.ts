import { invariant } from '#lib/errors'
import { compareCodePoints } from '#lib/text'
import type { HeldOverlay } from '#schema/held'
import type { DerivedField, FilePlan, HeldRow, ImportSink } from '#schema/import'
import type { TableName } from '#schema/tables'
import { asReading } from './held-fix.ts'
import { heldMessage } from './held-message.ts'
import { createHeldRecordReader, type HeldRecord, type HeldRecordReader, type HeldSubject } from './held-record.ts'
import { type RowCounts, RowReader } from './row-reader.ts'

/** What is wrong with a row that is still held. */
export type HeldFault = Omit<HeldRow, 'raw' | 'key'>

/** Why a row is skipped: it is blank, of another table, or says what is known (the header, what an earlier row said). */
export type HeldSkip = 'blank' | 'otherTable' | 'known'

/** What became of a row. */
export type HeldVerdict =
  | Readonly<{ outcome: 'emitted'; fault: null }>
  | Readonly<{ outcome: 'skipped'; why: HeldSkip; fault: null }>
  | Readonly<{ outcome: 'held'; fault: HeldFault }>

/** Judges held rows of one file again. read = emitted + held + skipped over all of them. */
export type HeldRechecker = Readonly<{
  /** An emitted row of an entity table goes to the sink at once, an event with the next batch. */
  judge(subject: HeldSubject): HeldVerdict
  /** Hands on the last events. */
  flush(): void
  records: HeldRecordReader
}>

/** Header of the column that holds the text a fix gives a field; no file has one that begins so. */
const GIVEN = '\u0000'

/**
 * Judges held rows by the reader that judged them first, with the readings that their whole file proved, and with what was
 * said about each laid over it.
 *
 * A few rows prove nothing: no reading is chosen anew, and however many are held is no reason to stop.
 *
 * @param plan how the file was read, as its import keeps it
 * @param sink gets the rows that can be loaded, with the lines of the file
 * @throws AppError `usage/bad-argument` from `judge` where a text that was written anew has several records, or a pattern
 *   is none
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function createHeldRechecker(plan: FilePlan, sink: Pick<ImportSink, 'entities' | 'events'>): HeldRechecker {
  const { table } = plan
  invariant(table !== null, 'rows are held by a file of a table')
  const records = createHeldRecordReader(plan)
  const variants = new Map<string, Variant>()
  const variantOf = (overlay: HeldOverlay | null, takesForeign: boolean): Variant => {
    const readings = Object.entries(overlay?.readings ?? {}).toSorted(([a], [b]) => compareCodePoints(a, b))
    const given = Object.keys(overlay?.fields ?? {}).toSorted(compareCodePoints)
    const key = JSON.stringify([readings, given, takesForeign])
    const variant =
      variants.get(key) ?? new Variant(variantPlan(plan, readings, given), { table, sink, given, takesForeign })
    variants.set(key, variant)
    return variant
  }
  return {
    records,
    judge: subject => {
      const record = records.read(subject)
      const isWide = record.kind === 'cells' && record.cells.length !== plan.columns.length
      // Only a total of which nothing was said is judged by that rule again.
      const takesForeign = subject.code !== 'row/total' || subject.overlay !== null
      return variantOf(isWide ? null : subject.overlay, takesForeign).judge(record, subject)
    },
    flush() {
      for (const variant of variants.values()) variant.rows.flush()
    },
  }
}

type Ground = Readonly<{
  table: TableName
  sink: Pick<ImportSink, 'entities' | 'events'>
  given: readonly string[]
  takesForeign: boolean
}>

/** The reader for rows with the same readings, and with texts given for the same fields. */
class Variant {
  readonly rows: RowReader
  private readonly table: TableName
  private readonly given: readonly string[]
  private readonly isCsv: boolean
  private fault: HeldFault | null = null

  constructor(plan: FilePlan, { table, sink, given, takesForeign }: Ground) {
    this.table = table
    this.given = given
    this.isCsv = plan.format === 'csv'
    this.rows = new RowReader({
      plan,
      table,
      options: plan.options ?? {},
      takesForeign,
      sink: {
        ...sink,
        held: ([first]) => {
          this.fault = first ?? null
        },
      },
      onHeld: () => undefined,
    })
    // The first record of a delimited file is its header, which is passed over.
    if (this.isCsv) this.rows.fields([], 0, () => '', 0)
  }

  judge(record: HeldRecord, subject: HeldSubject): HeldVerdict {
    const { counts } = this.rows
    const before: RowCounts = { ...counts }
    const others = this.rows.ofOtherTables()
    this.fault = null
    this.feed(record, subject)
    this.rows.settle()
    if (counts.held > before.held || (this.table !== 'events' && counts.emitted > before.emitted)) this.rows.flush()
    if (this.fault !== null) return { outcome: 'held', fault: faultOf(this.fault) }
    if (counts.emitted > before.emitted) return { outcome: 'emitted', fault: null }
    const isOfOther = this.rows.ofOtherTables() > others
    return { outcome: 'skipped', why: isOfOther ? 'otherTable' : isBlank(record) ? 'blank' : 'known', fault: null }
  }

  private feed(record: HeldRecord, { line, raw, overlay }: HeldSubject): void {
    const { rows } = this
    const texts = this.given.map(column => overlay?.fields?.[column] ?? '')
    if (record.kind === 'blank') rows.blank()
    else if (record.kind === 'cells') rows.fields([...record.cells, ...texts], line, () => raw, 0)
    else if (record.kind === 'object') {
      const given = this.given.flatMap((column, i) => (texts[i] === '' ? [] : [[GIVEN + column, texts[i]] as const]))
      rows.object({ ...record.value, ...Object.fromEntries(given) }, line, raw)
    } else this.hold(record, line)
  }

  /** Told here, since a reader of a file with secrets keeps nothing of a record that it cannot take apart. */
  private hold({ code, detail }: Extract<HeldRecord, { kind: 'broken' }>, line: number): void {
    const { table } = this
    const message = heldMessage({ code, line, column: '', value: '', table, detail })
    this.fault = { line, column: '', value: '', code, message }
  }
}

function isBlank(record: HeldRecord): boolean {
  return record.kind === 'blank' || (record.kind === 'cells' && record.cells.every(cell => cell.trim() === ''))
}

function faultOf({ line, column, value, code, message }: HeldFault): HeldFault {
  return { line, column, value, code, message }
}

function variantPlan(
  plan: FilePlan,
  readings: readonly (readonly [column: string, name: string])[],
  given: readonly string[],
): FilePlan {
  const told = new Map(readings.map(([column, name]) => [column, asReading(name)]))
  const formats = new Map([...told].flatMap(([column, as]) => ('dateFormat' in as ? [[column, as.dateFormat]] : [])))
  const forms = [...told].flatMap(([column, as]) => ('reading' in as ? [[column, as.reading] as const] : []))
  const withFormat = <F extends Readonly<{ column: string | null; settings?: DerivedField['settings'] }>>(
    field: F,
  ): F => {
    const dateFormat = field.column === null ? undefined : formats.get(field.column)
    return dateFormat === undefined ? field : { ...field, settings: { ...field.settings, dateFormat } }
  }
  const derived = (plan.derived ?? []).filter(field => !given.includes(field.column))
  const replaced = given.map((column): DerivedField => {
    const { items: _items, ...settings } = plan.derived?.find(field => field.column === column)?.settings ?? {}
    return {
      column,
      from: [GIVEN + column],
      combine: 'first',
      ...(Object.keys(settings).length === 0 ? {} : { settings }),
    }
  })
  const columns = given.map(column => ({ header: GIVEN + column, column: null, match: 'dropped' as const }))
  // The records that describe the columns were skipped: no held one is among them.
  const describing = plan.describing === 0 ? 0 : undefined
  return {
    ...plan,
    describing,
    columns: [...plan.columns.map(withFormat), ...columns],
    derived: [...derived, ...replaced].map(withFormat),
    readings: { ...plan.readings, ...Object.fromEntries(forms) },
  }
}
