import { ByteDictionary } from '#lib/byte-dictionary'
import { byteSource } from '#lib/byte-source'
import { TextHeap } from '#lib/text-heap'
import { type DictionaryReader, EVENT_CODES, type EventBatch, type EventCode } from '#schema/import'
import type { EventDictionaries } from './dictionary-pages.ts'
import { packUuids } from './uuid-column.ts'

/** Rows that are sorted together: enough that a workspace's events of one import lie in few places. */
export const RUN_ROWS = 524_288
const FIRST_ROWS = 16_384

type RunColumns = {
  /** Four words per event: words 0 and 1 of the id's hash, both words of the content's. */
  key: Int32Array
  timestamp: Float64Array
  codes: Record<EventCode, Uint32Array>
  isKeyEvent: Uint8Array
  weight: Float64Array
  line: Uint32Array
  /** Ids as 16 bytes each; void where not all of the run are lower-case UUIDs. */
  uuid: Uint16Array
}

/** Events of one import in file order, with the project's codes, until there are enough to be sorted. */
export class EventRun {
  count = 0
  areUuids = true
  columns = columnsOf(FIRST_ROWS)
  readonly id = new TextHeap()
  readonly properties = new TextHeap()
  readonly custom = new TextHeap()
  private capacity = FIRST_ROWS
  private readonly dictionaries: EventDictionaries
  private readonly translations = new WeakMap<DictionaryReader, Uint32Array>()

  constructor(dictionaries: EventDictionaries) {
    this.dictionaries = dictionaries
  }

  /** Appends rows of a batch from `from` on, as many as fit. @returns the first row that did not */
  append(batch: EventBatch, from: number): number {
    const to = Math.min(batch.count, from + RUN_ROWS - this.count)
    this.reserve(this.count + to - from)
    const { columns, count } = this
    appendKeys(columns.key, count, batch, { from, to })
    columns.timestamp.set(batch.timestamp.subarray(from, to), count)
    columns.isKeyEvent.set(batch.isKeyEvent.subarray(from, to), count)
    columns.weight.set(batch.weight.subarray(from, to), count)
    columns.line.set(batch.line.subarray(from, to), count)
    for (const kind of EVENT_CODES) {
      const table = this.tableOf(batch.dictionaries[kind])
      const translate = { table, reader: batch.dictionaries[kind], own: this.dictionaries[kind] }
      translateCodes(batch.codes[kind].subarray(from, to), columns.codes[kind], count, translate)
    }
    this.id.appendAll(batch.id, from, to)
    this.areUuids &&= packUuids(batch.id, { from, to }, columns.uuid, count)
    this.properties.appendAll(batch.properties, from, to)
    this.custom.appendAll(batch.custom, from, to)
    this.count += to - from
    return to
  }

  clear(): void {
    this.count = 0
    this.areUuids = true
    this.id.clear()
    this.properties.clear()
    this.custom.clear()
  }

  /** Project code per code of a reader's dictionary; 0 for a text that has none yet. */
  private tableOf(reader: DictionaryReader): Uint32Array {
    const known = this.translations.get(reader) ?? new Uint32Array(0)
    if (known.length > reader.size) return known
    const wider = new Uint32Array(2 * reader.size + 1)
    wider.set(known)
    this.translations.set(reader, wider)
    return wider
  }

  private reserve(rows: number): void {
    if (rows <= this.capacity) return
    this.capacity = Math.min(RUN_ROWS, Math.max(rows, 2 * this.capacity))
    const wide = columnsOf(this.capacity)
    const { columns, count } = this
    wide.key.set(columns.key.subarray(0, 4 * count))
    wide.timestamp.set(columns.timestamp.subarray(0, count))
    wide.isKeyEvent.set(columns.isKeyEvent.subarray(0, count))
    wide.weight.set(columns.weight.subarray(0, count))
    wide.line.set(columns.line.subarray(0, count))
    wide.uuid.set(columns.uuid.subarray(0, 8 * count))
    for (const kind of EVENT_CODES) wide.codes[kind].set(columns.codes[kind].subarray(0, count))
    this.columns = wide
  }
}

function appendKeys(
  key: Int32Array,
  at: number,
  batch: EventBatch,
  rows: Readonly<{ from: number; to: number }>,
): void {
  const { idHash, contentHash } = batch
  let to = 4 * at
  for (let row = rows.from; row < rows.to; row++) {
    // Within range: a batch has four and two words per row.
    key[to++] = idHash[4 * row] as number
    key[to++] = idHash[4 * row + 1] as number
    key[to++] = contentHash[2 * row] as number
    key[to++] = contentHash[2 * row + 1] as number
  }
}

type Translation = Readonly<{ table: Uint32Array; reader: DictionaryReader; own: ByteDictionary }>

/** Texts get their codes in the project as they come. */
function translateCodes(
  codes: Uint32Array,
  target: Uint32Array,
  at: number,
  { table, reader, own }: Translation,
): void {
  for (let i = 0; i < codes.length; i++) {
    // Within range: the table covers the codes of the reader.
    const code = codes[i] as number
    if (table[code] === 0 && code !== 0) table[code] = internText(own, reader, code)
    target[at + i] = table[code] as number
  }
}

function internText(own: ByteDictionary, reader: DictionaryReader, code: number): number {
  if (reader instanceof ByteDictionary) {
    const { offsets, source } = reader.heap
    return own.intern(source, offsets[code - 1] as number, offsets[code] as number)
  }
  const text = byteSource(reader.bytes(code))
  return own.intern(text, 0, text.bytes.length)
}

function columnsOf(rows: number): RunColumns {
  return {
    key: new Int32Array(4 * rows),
    timestamp: new Float64Array(rows),
    // Every kind is in the list.
    codes: Object.fromEntries(EVENT_CODES.map(kind => [kind, new Uint32Array(rows)])) as Record<EventCode, Uint32Array>,
    isKeyEvent: new Uint8Array(rows),
    weight: new Float64Array(rows),
    line: new Uint32Array(rows),
    uuid: new Uint16Array(8 * rows),
  }
}
