import type { TextColumn } from './event.ts'
import type { TableName, Value } from './tables.ts'

/** Answers to what a file cannot prove by itself. */
export type ImportOptions = Readonly<{
  dateOrder?: 'dmy' | 'mdy' | 'ymd' | undefined
  decimal?: '.' | ',' | undefined
  /** IANA zone of times without an offset; UTC where not given. */
  timeZone?: string | undefined
  encoding?: string | undefined
}>

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** One column of a file and where it goes. `column` null: kept as a custom field under its header. */
export type ColumnPlan = Readonly<{
  header: string
  column: string | null
  match: 'exact' | 'synonym' | 'custom' | 'secret'
}>

/** How one file will be read. Made from its head, corrected by the proof over all rows, committed as it is. */
export type FilePlan = Readonly<{
  file: string
  format: 'csv' | 'json' | 'jsonl' | 'unknown'
  /** csv only */
  delimiter: string | null
  encoding: Encoding
  /** Bytes of the byte order mark, 0..4. */
  bomBytes: number
  /** `sep=;` in the first line: records start on line 2. */
  hasSepLine: boolean
  table: TableName | null
  reason: string
  columns: readonly ColumnPlan[]
  /** How the values of each canonical column are read; a column that is not in it is read in the default way. */
  readings: Readonly<Record<string, Reading>>
}>

/** One way to read the values of a column. */
export type Reading =
  | Readonly<{
      kind: 'moment'
      form: 'iso' | 'dmy' | 'mdy' | 'ymd' | 'epoch_s' | 'epoch_ms' | 'epoch_us' | 'named_month'
    }>
  | Readonly<{ kind: 'number'; decimal: '.' | ',' }>

/** A record that could not be loaded: kept with its bytes, shown with what is wrong and what to do. */
export type HeldRow = Readonly<{
  /** 1-based line of the record's start. */
  line: number
  /** Canonical column, or the header of a custom one, or empty where the record as a whole is at fault. */
  column: string
  value: string
  code: HeldCode
  message: string
  raw: string
}>

export const HELD_CODES = [
  'row/too-few-fields',
  'row/too-many-fields',
  'row/unterminated-quote',
  'row/stray-quote',
  'row/too-long',
  'row/bad-encoding',
  'row/not-json',
  'row/not-an-object',
  'row/too-deep',
  'value/missing',
  'value/not-a-time',
  'value/impossible-date',
  'value/not-a-number',
  'value/not-an-integer',
  'value/not-a-boolean',
  'value/not-in-list',
  'value/not-json',
  'value/spreadsheet-damage',
  'value/time-out-of-range',
  'row/no-subject',
] as const
export type HeldCode = (typeof HELD_CODES)[number]

/** One loaded row of an entity table. `values` follows the order of the table's canonical columns. */
export type EntityRow = Readonly<{
  line: number
  values: readonly Value[]
  /** Columns the table does not know, as a JSON object with sorted keys; null where there are none. */
  custom: string | null
}>

export const EVENT_CODES = ['name', 'workspace', 'user', 'anonymous', 'device', 'session', 'source', 'ip'] as const
export type EventCode = (typeof EVENT_CODES)[number]

/** Strings behind codes: text `c` is `texts[c - 1]`, code 0 is "missing". Grows while a file is read, never shrinks. */
export type DictionaryReader = Readonly<{ size: number; text(code: number): string; bytes(code: number): Uint8Array }>

/** Events read from one file, as columns of equal length in file order. Codes index the reader's own dictionaries. */
export type EventBatch = Readonly<{
  count: number
  /** 128 bits per event id, at [4i .. 4i + 3]. */
  idHash: Uint32Array
  /** 64 bits over all values but the id, at [2i .. 2i + 1]. */
  contentHash: Uint32Array
  /** Event ids as given; an event that came without one has an empty text here and a hash of its own. */
  id: TextColumn
  /** ms since epoch */
  timestamp: Float64Array
  codes: Readonly<Record<EventCode, Uint32Array>>
  dictionaries: Readonly<Record<EventCode, DictionaryReader>>
  /** 0 missing, 1 no, 2 yes */
  isKeyEvent: Uint8Array
  /** NaN where missing */
  weight: Float64Array
  properties: TextColumn
  custom: TextColumn
  line: Uint32Array
}>

/** Where a reader hands on what it reads. Called with runs of rows, in file order. */
export type ImportSink = Readonly<{
  entities(rows: readonly EntityRow[]): void
  events(batch: EventBatch): void
  held(rows: readonly HeldRow[]): void
}>

/** What reading a whole file came to. `redo`: the proof over all rows chose other readings, read again with `plan`. */
export type ReadResult =
  | Readonly<{
      status: 'done'
      /** read = emitted + held + skipped */
      read: number
      emitted: number
      held: number
      /** Blank records. */
      skipped: number
      plan: FilePlan
      warnings: readonly string[]
    }>
  | Readonly<{ status: 'redo'; plan: FilePlan; because: string }>
