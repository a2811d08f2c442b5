import { EVENT_CODES, type EventCode, type FilePlan, type ImportOptions } from '#schema/import'
import { type ColumnReader, columnReaders } from '../column-reader.ts'
import { decimalOf, formOf } from '../proof.ts'
import { isMissing } from '../values/cell-reader.ts'
import type { FaultSlot } from '../values/fault.ts'
import { type CellText, CodeField } from './code-field.ts'
import type { EventColumns } from './event-columns.ts'
import type { FastField } from './fast-fields.ts'
import type { FieldReader } from './field-reader.ts'
import { IdField } from './id-field.ts'
import { CustomFields, PropertiesField } from './json-fields.ts'
import { KeyEventField, TimeField, UNREAD, WeightField } from './number-fields.ts'
import type { RecordBlock } from './record-block.ts'
import { TimeCells, type TimeEvidence } from './time-cells.ts'

/** What the rows read here prove about how their columns are to be read, as the tallies of the readers count it. */
export type FastEvidence = Readonly<{
  timestamp: Readonly<TimeEvidence>
  /** Weights with a decimal point that cannot be anything else. */
  weightPoints: number
}>

/** Reads blocks of records into event columns, all of a record or nothing. */
export class FastRows {
  private readonly columns: EventColumns
  private readonly readers: readonly FieldReader[]
  private readonly time: TimeField
  private readonly weight: WeightField | null
  private readonly has: Readonly<{ id: boolean; properties: boolean; keyEvent: boolean; codes: readonly boolean[] }>

  constructor(columns: EventColumns, fields: readonly FastField[], plan: FilePlan, options: ImportOptions) {
    const own = columnReaders('events', {}, {})
    const at = (role: FastField['role']): number => fields.findIndex(field => field.role === role)
    this.columns = columns
    this.time = new TimeField(at('time'), new TimeCells(formOf(plan.readings['timestamp']), options.timeZone ?? 'UTC'))
    const isPoint = decimalOf(plan.readings['event_weight']) === '.'
    this.weight = at('weight') < 0 ? null : new WeightField(at('weight'), isPoint)
    const codes = fields.flatMap((field, i) =>
      field.role === 'code' ? codeField(i, field.kind, columns, own.get(field.column)) : [],
    )
    this.readers = [
      this.time,
      ...(this.weight === null ? [] : [this.weight]),
      ...(at('keyEvent') < 0 ? [] : [new KeyEventField(at('keyEvent'), flagReader(own.get('is_key_event')))]),
      ...(at('properties') < 0 ? [] : [new PropertiesField(at('properties'))]),
      ...(at('id') < 0 ? [] : [new IdField(at('id'), textReader(own.get('event_id')))]),
      ...codes,
      new CustomFields(plan.columns),
    ]
    this.has = {
      id: at('id') >= 0,
      properties: at('properties') >= 0,
      keyEvent: at('keyEvent') >= 0,
      codes: EVENT_CODES.map(kind => fields.some(field => field.role === 'code' && field.kind === kind)),
    }
  }

  get evidence(): FastEvidence {
    return { timestamp: this.time.evidence, weightPoints: this.weight?.points ?? 0 }
  }

  /** Looks at all fields of a block and marks the rows that are not plainly readable. */
  look(block: RecordBlock): void {
    block.unescape()
    for (const reader of this.readers) reader.look(block)
  }

  /** Appends rows [from .. to) of a block that was looked at, none of them bad. */
  write(block: RecordBlock, from: number, to: number): void {
    const { columns } = this
    columns.reserve(to - from)
    for (const reader of this.readers) reader.write(block, columns, from, to)
    const { line } = columns.columns
    for (let row = from; row < to; row++) line[columns.count + row - from] = block.line[row] as number
    this.writeAbsent(to - from)
    columns.seal(to - from)
  }

  /** Columns that the file does not have. */
  private writeAbsent(rows: number): void {
    const { columns, has } = this
    const { count } = columns
    for (const [i, codes] of columns.columns.codes.entries())
      if (has.codes[i] === false) codes.fill(0, count, count + rows)
    if (this.weight === null) columns.columns.weight.fill(Number.NaN, count, count + rows)
    if (!has.keyEvent) columns.columns.isKeyEvent.fill(0, count, count + rows)
    for (let row = 0; row < rows; row++) {
      if (!has.id) columns.id.commit(columns.id.length)
      if (!has.properties) columns.properties.commit(columns.properties.length)
    }
  }
}

function codeField(at: number, kind: EventCode, columns: EventColumns, reader: ColumnReader | undefined): CodeField {
  return new CodeField(at, kind, columns, reader?.type ?? 'text', textReader(reader))
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
