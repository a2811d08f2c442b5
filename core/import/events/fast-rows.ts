import { EVENT_CODES, type FilePlan, type ImportOptions } from '#schema/import'
import { type ColumnReader, columnReaders } from '../column-reader.ts'
import { changesTexts, settingsOf } from '../column-settings.ts'
import { decimalOf, formOf } from '../proof.ts'
import { isMissing } from '../values/cell-reader.ts'
import type { FaultSlot } from '../values/fault.ts'
import { type CellText, CodeField } from './code-field.ts'
import { CODES, type EventColumns } from './event-columns.ts'
import type { FastField, FastFields } from './fast-fields.ts'
import type { FieldReader } from './field-reader.ts'
import { IdField, noIds } from './id-field.ts'
import { CustomFields, noProperties, PropertiesField } from './json-fields.ts'
import { LineFields, MemberFields } from './line-fields.ts'
import { KeyEventField, noKeyEvents, noWeights, TimeField, UNREAD, WeightField } from './number-fields.ts'
import { RecordBlock } from './record-block.ts'
import { TimeCells, type TimeEvidence } from './time-cells.ts'
import { WorkedFields, workedCount } from './worked-fields.ts'

/** What the rows read here prove about how their columns are to be read, as the tallies of the readers count it. */
export type FastEvidence = Readonly<{
  timestamp: Readonly<TimeEvidence>
  /** Weights with a decimal point that cannot be anything else. */
  weightPoints: number
}>

/** Reads blocks of records into event columns, all of a record or nothing. */
export class FastRows {
  readonly block: RecordBlock
  private readonly columns: EventColumns
  private readonly readers: readonly FieldReader[]
  private readonly properties: FieldReader
  private readonly lines: LineFields | null
  private readonly worked: WorkedFields
  private readonly time: TimeField
  private readonly weight: WeightField | null
  /** Kinds of texts that the file does not have. */
  private readonly absent: readonly number[]
  /** Where the kernel finds the hashes of the rows' texts: a place per kind, 0 where the file has none. */
  private readonly hashes: number

  constructor(columns: EventColumns, read: FastFields, plan: FilePlan, options: ImportOptions) {
    const settings = settingsOf(plan)
    const own = columnReaders('events', {}, {}, settings)
    const block = new RecordBlock(columns.kernel, read.columns.length, workedCount(read))
    const fields = [...read.columns, ...read.worked.map(({ field }) => field)]
    const at = (role: FastField['role']): number => fields.findIndex(field => field.role === role)
    const timeZone = settings.get('timestamp')?.timeZone ?? options.timeZone ?? 'UTC'
    const times = new TimeCells(formOf(plan.readings['timestamp']), timeZone)
    const isPoint = decimalOf(plan.readings['event_weight']) === '.'
    const codes = fields.flatMap((field, i) => {
      if (field.role !== 'code') return []
      const reader = own.get(field.column)
      const isAsIs = !changesTexts(field.settings ?? {})
      const of = { field: i, kind: field.kind, type: isAsIs ? (reader?.type ?? 'text') : 'text' }
      return new CodeField(columns, block, of, textReader(reader))
    })
    this.block = block
    this.columns = columns
    this.lines = read.lines === null ? null : new LineFields(columns, block, plan, read.lines)
    this.worked = new WorkedFields(columns, block, read)
    this.properties =
      at('properties') < 0 ? noProperties(columns) : new PropertiesField(columns, block, at('properties'))
    this.time = new TimeField(columns, block, at('time'), times)
    this.weight = at('weight') < 0 ? null : new WeightField(columns, block, at('weight'), isPoint)
    const flags = flagReader(own.get('is_key_event'))
    this.readers = [
      this.time,
      this.weight ?? noWeights(columns),
      at('keyEvent') < 0 ? noKeyEvents(columns) : new KeyEventField(columns, block, at('keyEvent'), flags),
      this.properties,
      at('id') < 0 ? noIds(columns) : new IdField(columns, block, at('id'), textReader(own.get('event_id'))),
      ...codes,
      this.lines === null ? new CustomFields(columns, plan.columns) : new MemberFields(columns, plan.columns),
    ]
    this.absent = EVENT_CODES.flatMap((_, kind) => (codes.some(code => code.kind === kind) ? [] : kind))
    this.hashes = columns.kernel.calls.allocate(4 * EVENT_CODES.length)
    for (const kind of EVENT_CODES.keys()) {
      const place = codes.find(code => code.kind === kind)?.hashes ?? 0
      columns.kernel.words[this.hashes / 4 + kind] = place
    }
  }

  get evidence(): FastEvidence {
    return { timestamp: this.time.evidence, weightPoints: this.weight?.points ?? 0 }
  }

  /** Looks at all fields of the block and marks the rows that are not plainly readable. */
  look(): void {
    if (this.lines === null) this.columns.kernel.calls.unquote()
    else this.lines.look()
    this.properties.look()
    this.worked.look()
    for (const reader of this.readers) if (reader !== this.properties) reader.look()
  }

  /** Appends rows [from .. to) of the block that was looked at, none of them bad. */
  write(from: number, to: number): void {
    const { columns, hashes } = this
    const { calls } = columns.kernel
    calls.reserveRows(to - from)
    for (const reader of this.readers) reader.write(from, to)
    calls.writeLines(from, to)
    for (const kind of this.absent) {
      const first = calls.columnAt(CODES + kind) / 4 + columns.count
      columns.kernel.words.fill(0, first, first + to - from)
    }
    calls.sealRows(to - from, hashes, from)
  }
}

/** What the column's own reader makes of a cell. */
function textReader(reader: ColumnReader | undefined): CellText {
  const slot: FaultSlot = { code: null }
  return cell => {
    const text = cell.trim()
    if (reader === undefined || isMissing(text, reader.type)) return ''
    slot.code = null
    const value = reader.read(text, false, slot)
    return slot.code === null && typeof value === 'string' ? value : null
  }
}

function flagReader(reader: ColumnReader | undefined): (cell: string) => number {
  const slot: FaultSlot = { code: null }
  return cell => {
    const text = cell.trim()
    if (reader === undefined || isMissing(text, reader.type)) return 0
    slot.code = null
    const value = reader.read(text, false, slot)
    if (slot.code !== null) return UNREAD
    return value === true ? 2 : 1
  }
}
