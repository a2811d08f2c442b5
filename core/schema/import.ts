import type { CodePage } from './encodings.ts'
import type { TextColumn } from './event.ts'
import type { ColumnSettings, FieldSource, RowCondition } from './mapping.ts'
import type { EntityTable, TableName, Value } from './tables.ts'

/** Answers to what a file cannot prove by itself. */
export type ImportOptions = Readonly<{
  dateOrder?: 'dmy' | 'mdy' | 'ymd' | undefined
  /** Pattern of dates, tried before anything else: `DD/MM/YY HH:mm`, or `excel` for day numbers. */
  dateFormat?: string | undefined
  decimal?: '.' | ',' | undefined
  /** IANA zone of times without an offset; UTC where not given. */
  timeZone?: string | undefined
  encoding?: string | undefined
  /** Path to the list of records in JSON documents that have it: names of members, joined by dots. */
  recordsAt?: string | undefined
  /** What a backslash is in delimited files: the sign that the next character is meant, or a character like any other. */
  escape?: 'backslash' | 'none' | undefined
}>

/**
 * How a file is laid over its table. `upsert`: new rows are added, known ones changed. `append`: only new rows are added.
 * `replace`: as upsert, and rows that no file of the batch has leave the table. Events are only ever appended.
 */
export type ImportMode = 'upsert' | 'append' | 'replace'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | CodePage

/** Answers for all files of an import that a file takes only where it leaves open what they say. */
export const ANSWER_NAMES = ['dateOrder', 'dateFormat', 'decimal', 'timeZone', 'recordsAt', 'escape'] as const
export type AnswerName = (typeof ANSWER_NAMES)[number]

/** One column of a file and where it goes. `column` null: kept as a custom field under its header. */
export type ColumnPlan = Readonly<{
  header: string
  column: string | null
  /** `dropped`: left out because a mapping says so. */
  match: 'exact' | 'synonym' | 'custom' | 'secret' | 'dropped'
  /** How its values are read, where that is not as usual. */
  settings?: ColumnSettings | undefined
}>

/** A canonical column that is not simply one column of the file: from inside JSON, from several columns, or the same for all. */
export type DerivedField = Readonly<{
  column: string
  /** Headers, or dotted paths into JSON. Empty: `constant` for every row. */
  from: readonly FieldSource[]
  combine: 'first' | 'join'
  constant?: string | undefined
  settings?: ColumnSettings | undefined
}>

/** Why a file is taken for what it is. */
export type Recognition = Readonly<{
  by: 'mapping' | 'preset' | 'headers' | 'none'
  /** 0..1 */
  score: number
  /** Headers that mark a kind of export, or the fields that headers fill. */
  matched: readonly string[]
  /** What the table would need and the file does not have. */
  missing: readonly string[]
  /** Headers that fit a field whose values do not. */
  doubts: readonly string[]
  /** What the file fits next best. */
  runnerUp: Readonly<{ name: string; score: number; missing: readonly string[] }> | null
}>

/** A list in a JSON document: the names that lead to it, joined by dots; its records; the 1-based line of its bracket. */
export type RecordList = Readonly<{ path: string; records: number; line: number }>

/** Another column of a file holds the ids by which other files name its records, or a column names none that are known. */
export type KeyDoubt = Readonly<{
  table: EntityTable
  /** The key of the table, or its first part; or the field by which its rows name workspaces. */
  field: string
  /** Headers or paths that fill it as the file is read; empty: a constant. */
  headers: readonly string[]
  /** Header of the column that has the ids; null: there is none, and the field may be left empty. */
  other: string | null
  /**
   * Where ids are referred to: how many different ones, in the key and in the other column. `isAll`: these are all it has.
   * Where there is no other column: the files that have workspaces, and the ids of the column that were looked for in each.
   */
  files: readonly Readonly<{
    file: string
    column: string
    ids: number
    isAll: boolean
    inKey: number
    inOther: number
  }>[]
  /** Do some of them refer to the key as it is read? */
  isSplit: boolean
  message: string
}>

/** How one file will be read. Made from its head, corrected by the proof over all rows, committed as it is. */
export type FilePlan = Readonly<{
  file: string
  format: 'csv' | 'json' | 'jsonl' | 'unknown'
  /** csv only */
  delimiter: string | null
  encoding: Encoding
  /** Encoding that was named for files like it, where this one is UTF-8 to its end and read as that. */
  notIn?: string | undefined
  /** Bytes of the byte order mark, 0..4. */
  bomBytes: number
  /** `sep=;` in the first line: records start on line 2. */
  hasSepLine: boolean
  /** 1-based line of the header where lines stand above it that are none; what they say is not read. */
  headerLine?: number | undefined
  /** Records right below the header that say what its columns are, where what stands below them tells; 0: the first is a row. */
  describing?: number | undefined
  /** Do quotes open fields behind blanks too, as in `1, "a, b"`? */
  skipsBlanks?: true | undefined
  /** Which quotes fields stand in where these are not those of CSV; `rows`: each row as a whole in one pair of them. */
  quoting?: 'rows' | 'single' | 'typographic' | undefined
  /** Does a backslash escape the character behind it? Missing: not seen so far; `none`: it does not. */
  escape?: 'backslash' | 'none' | undefined
  /** Path to its records in a JSON document, where that is not `data`. */
  recordsAt?: string | undefined
  /** Lists in the first 64 MiB of a JSON document, where these are not all that is read. */
  lists?: readonly RecordList[] | undefined
  table: TableName | null
  reason: string
  columns: readonly ColumnPlan[]
  /** How the values of each canonical column are read; a column that is not in it is read in the default way. */
  readings: Readonly<Record<string, Reading>>
  /** What the file was recognised as, in words: `Stripe subscriptions`, or the name of a mapping. */
  source?: string | undefined
  /** Fields beside those of `columns`. */
  derived?: readonly DerivedField[] | undefined
  /** Which rows belong to the table; the others are skipped. */
  when?: readonly RowCondition[] | undefined
  /** Is nothing kept of what no field reads? */
  dropsOthers?: boolean | undefined
  recognition?: Recognition | undefined
  /** What other files say against its key, and against a column that names workspaces. */
  keyDoubts?: readonly KeyDoubt[] | undefined
  /** The answers it was made and read with. */
  options?: ImportOptions | undefined
  /** Those of them that decided how it was read, once it was; missing where none was given. */
  answered?: readonly AnswerName[] | undefined
}>

/** One way to read the values of a column. */
export type Reading =
  | Readonly<{
      kind: 'moment'
      form: 'iso' | 'dmy' | 'mdy' | 'ymd' | 'epoch_s' | 'epoch_ms' | 'epoch_us' | 'epoch_ns' | 'named_month'
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
  /** Natural key of its table, in the order of the key's columns; missing where it cannot be read. */
  key?: readonly string[] | undefined
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
  'value/rounded-number',
  'value/cell-error',
  'value/serial-date',
  'value/lost-date',
  'value/time-out-of-range',
  'row/total',
  'row/no-subject',
] as const
export type HeldCode = (typeof HELD_CODES)[number]

/** What an import tells about rows that are loaded all the same. */
export const NOTE_CODES = [
  'note/lost-zeros',
  'note/no-offset',
  'note/unlisted-values',
  'note/unmapped-values',
  'note/rival-columns',
  'note/secret-columns',
  'note/other-table',
  'note/repeated-keys',
  'note/above-header',
  'note/unread-list',
  'note/repeated-header',
  'note/ruled-line',
  'note/no-records',
  'note/no-domain',
  'note/short-year',
  'note/type-row',
  'note/report-end',
  'note/odd-ids',
  'note/backslash-escapes',
  'note/consent',
  'note/unfilled-fields',
  'note/encoding',
  'note/quotes',
  'note/other-key',
  'note/open-amounts',
  'note/currencies',
] as const
export type NoteCode = (typeof NOTE_CODES)[number]

/** One thing to know about a file, in a sentence, with how many rows or columns it is about and the first lines. */
export type ImportNote = Readonly<{
  code: NoteCode
  column: string
  count: number
  lines: readonly number[]
  message: string
}>

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
export type DictionaryReader = Readonly<{
  size: number
  text(code: number): string
  bytes(code: number): Uint8Array
  /** The texts after the first `from`: text i is bytes[offsets[i] .. offsets[i + 1]). Valid until there are more. */
  texts(from: number): TextColumn
}>

/** Events read from one file, as columns of equal length in file order. Codes index the reader's own dictionaries. */
export type EventBatch = Readonly<{
  count: number
  /** 64 bits per event id, at [2i .. 2i + 1]. */
  idHash: Uint32Array
  /** 64 bits over all values but the id, at [2i .. 2i + 1]. */
  contentHash: Uint32Array
  /** Sixteen bytes per event id where all of them are lower-case UUIDs, else null. */
  uuids: Uint8Array | null
  /** Event ids as given, none where there are `uuids`; an event that came without one has an empty text here and a hash of its own. */
  id: TextColumn
  /** ms since epoch */
  timestamp: Float64Array
  /** 1 where the timestamp was a date without a time: then it is midnight of that date in UTC. */
  isDate: Uint8Array
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
  /** Memory for a batch of events, at least so many bytes: a sink that is done with a batch may let it be used again. */
  memory?: ((bytes: number) => ArrayBufferLike) | undefined
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
      /** The messages of the notes. */
      warnings: readonly string[]
      notes: readonly ImportNote[]
    }>
  | Readonly<{ status: 'redo'; plan: FilePlan; because: string }>
