import { ByteDictionary } from '#lib/byte-dictionary'
import { type ByteSource, byteSource } from '#lib/byte-source'
import { hashBytes } from '#lib/hash-bytes'
import { TextHeap } from '#lib/text-heap'
import { maxUtf8Length, writeUtf8 } from '#lib/utf8'
import type { TextColumn } from '#schema/event'
import { EVENT_CODES, type EventBatch, type EventCode } from '#schema/import'
import { RowTally } from './row-tally.ts'

/** A row is hashed as words: time, weight, two per dictionary, two each for properties and custom fields, key event. */
const TEXTS_AT = 4
const PROPERTIES_AT = TEXTS_AT + 2 * EVENT_CODES.length
const CUSTOM_AT = PROPERTIES_AT + 2
const KEY_EVENT_AT = CUSTOM_AT + 2
const CONTENT_WORDS = KEY_EVENT_AT + 1
const ORDINAL_AT = CONTENT_WORDS
/** Even, so that the numbers of every row are aligned. */
const ROW_WORDS = ORDINAL_AT + 1 + ((ORDINAL_AT + 1) % 2)
/** Rows hashed at a time: column by column, as look-ups in one dictionary after the other are what it takes long for. */
const SLICE_ROWS = 256

/** Texts of one dictionary; sessions of a large file are many times as many. */
const MOST_TEXTS = 1 << 20

type Columns = {
  idHash: Uint32Array
  contentHash: Uint32Array
  timestamp: Float64Array
  /** By position in `EVENT_CODES`. */
  codes: readonly Uint32Array[]
  isKeyEvent: Uint8Array
  weight: Float64Array
  line: Uint32Array
}

/**
 * The columns that both readers of events fill: they make room with `reserve`, write whole rows behind the last one into
 * `columns`, `id`, `properties` and `custom`, and end them with `seal`, which hashes them.
 *
 *   contentHash = hash(time, weight, hash of each text, key event);  idHash = hash(id), or
 *   hash(content, ordinal among equal rows) where the row has no id
 *
 * Hashing assumes a little-endian machine, as all that run Node do.
 */
export class EventColumns {
  count = 0
  /** By position in `EVENT_CODES`. */
  dictionaries: readonly ByteDictionary[] = EVENT_CODES.map(() => new ByteDictionary())
  /** Set by a reader that keeps codes while batches are taken: `renew` is then its own task. */
  areCodesHeld = false
  columns: Columns
  id: TextHeap
  properties: TextHeap
  custom: TextHeap
  private capacity: number
  private readonly tally = new RowTally()
  private readonly rows = new ArrayBuffer(4 * ROW_WORDS * SLICE_ROWS)
  private readonly words = new Int32Array(this.rows)
  private readonly numbers = new Float64Array(this.rows)
  private readonly view = new DataView(this.rows)
  private readonly hash = new Uint32Array(4)

  /** @param capacity rows for which room is made at once; more are taken as they come */
  constructor(capacity = 1024) {
    this.capacity = capacity
    this.columns = columnsOf(capacity)
    this.id = new TextHeap(capacity, 16 * capacity)
    this.properties = new TextHeap(capacity, 16 * capacity)
    this.custom = new TextHeap(capacity)
  }

  /** Makes room for `rows` more rows. */
  reserve(rows: number): void {
    if (this.count + rows <= this.capacity) return
    this.capacity = Math.max(this.count + rows, 2 * this.capacity)
    this.columns = widened(this.columns, this.capacity)
  }

  /** Ends the `rows` rows written behind the last one. */
  seal(rows: number): void {
    const end = this.count + rows
    for (let from = this.count; from < end; from += SLICE_ROWS) {
      const to = Math.min(end, from + SLICE_ROWS)
      this.gatherNumbers(from, to)
      for (let kind = 0; kind < EVENT_CODES.length; kind++) this.gatherTexts(kind, from, to)
      this.gatherHeap(this.properties, PROPERTIES_AT, from, to)
      this.gatherHeap(this.custom, CUSTOM_AT, from, to)
      for (let row = from; row < to; row++) this.hashRow(row, row - from)
    }
    this.count = end
  }

  private gatherNumbers(from: number, to: number): void {
    const { timestamp, weight, isKeyEvent } = this.columns
    const { numbers, words } = this
    for (let row = from, at = 0; row < to; row++, at += ROW_WORDS) {
      // Rows are within the columns, and so for all gathering below. Adding 0 makes -0 a 0.
      numbers[at / 2] = (timestamp[row] as number) + 0
      const value = weight[row] as number
      numbers[at / 2 + 1] = Number.isNaN(value) ? Number.NaN : value + 0
      words[at + KEY_EVENT_AT] = isKeyEvent[row] as number
    }
  }

  private gatherTexts(kind: number, from: number, to: number): void {
    const codes = this.columns.codes[kind] as Uint32Array
    const { hashes } = this.dictionaries[kind] as ByteDictionary
    const { words } = this
    for (let row = from, at = TEXTS_AT + 2 * kind; row < to; row++, at += ROW_WORDS) {
      const code = codes[row] as number
      words[at] = hashes[2 * code] as number
      words[at + 1] = hashes[2 * code + 1] as number
    }
  }

  private gatherHeap(heap: TextHeap, first: number, ...[from, to]: [number, number]): void {
    const { words, hash } = this
    const { offsets } = heap
    const { view } = heap.source
    for (let row = from, at = first; row < to; row++, at += ROW_WORDS) {
      const start = offsets[row] as number
      const end = offsets[row + 1] as number
      if (start === end) {
        words[at] = 0
        words[at + 1] = 0
        continue
      }
      hashBytes(view, start, end, hash, 0)
      words[at] = hash[0] as number
      words[at + 1] = hash[1] as number
    }
  }

  private hashRow(row: number, at: number): void {
    const { columns, hash, view } = this
    const first = 4 * ROW_WORDS * at
    hashBytes(view, first, first + 4 * CONTENT_WORDS, hash, 0)
    columns.contentHash[2 * row] = hash[0] as number
    columns.contentHash[2 * row + 1] = hash[1] as number
    const { offsets, source } = this.id
    const start = offsets[row] as number
    const end = offsets[row + 1] as number
    if (start < end) hashBytes(source.view, start, end, columns.idHash, 4 * row)
    else {
      this.words[ROW_WORDS * at + ORDINAL_AT] = this.tally.next(hash)
      hashBytes(view, first, first + 4 * (CONTENT_WORDS + 1), columns.idHash, 4 * row)
    }
  }

  /**
   * Begins very large dictionaries anew, so that memory stays bounded. Called by `take`, unless a reader that holds codes
   * across it does so itself, when there are no rows and it holds none.
   */
  renew(): void {
    if (this.count === 0)
      this.dictionaries = this.dictionaries.map(one => (one.size > MOST_TEXTS ? new ByteDictionary() : one))
  }

  /** The rows since the last call as a batch with arrays of its own; the dictionaries live on and grow. */
  take(): EventBatch {
    const { count, columns, dictionaries } = this
    const batch: EventBatch = {
      count,
      idHash: columns.idHash.subarray(0, 4 * count),
      contentHash: columns.contentHash.subarray(0, 2 * count),
      id: textColumn(this.id),
      timestamp: columns.timestamp.subarray(0, count),
      codes: byKind(columns.codes.map(codes => codes.subarray(0, count))),
      dictionaries: byKind(dictionaries),
      isKeyEvent: columns.isKeyEvent.subarray(0, count),
      weight: columns.weight.subarray(0, count),
      properties: textColumn(this.properties),
      custom: textColumn(this.custom),
      line: columns.line.subarray(0, count),
    }
    this.count = 0
    if (!this.areCodesHeld) this.renew()
    this.columns = columnsOf(this.capacity)
    this.id = successor(this.id, this.capacity)
    this.properties = successor(this.properties, this.capacity)
    this.custom = successor(this.custom, this.capacity)
    return batch
  }
}

function byKind<T>(values: readonly T[]): Record<EventCode, T> {
  // One value per kind, so every key is there.
  return Object.fromEntries(EVENT_CODES.map((kind, i) => [kind, values[i]])) as Record<EventCode, T>
}

function columnsOf(capacity: number): Columns {
  return {
    idHash: new Uint32Array(4 * capacity),
    contentHash: new Uint32Array(2 * capacity),
    timestamp: new Float64Array(capacity),
    codes: EVENT_CODES.map(() => new Uint32Array(capacity)),
    isKeyEvent: new Uint8Array(capacity),
    weight: new Float64Array(capacity),
    line: new Uint32Array(capacity),
  }
}

function widened(old: Columns, capacity: number): Columns {
  const wide = columnsOf(capacity)
  wide.idHash.set(old.idHash)
  wide.contentHash.set(old.contentHash)
  wide.timestamp.set(old.timestamp)
  for (const [i, codes] of old.codes.entries()) wide.codes[i]?.set(codes)
  wide.isKeyEvent.set(old.isKeyEvent)
  wide.weight.set(old.weight)
  wide.line.set(old.line)
  return wide
}

function textColumn(heap: TextHeap): TextColumn {
  return { offsets: heap.offsets.subarray(0, heap.count + 1), bytes: heap.source.bytes.subarray(0, heap.length) }
}

/** An empty heap with as much room as the last one came to need. */
function successor(heap: TextHeap, capacity: number): TextHeap {
  return new TextHeap(capacity, Math.max(1024, Math.ceil(heap.length * 1.05)))
}

/** A text as a source of bytes. Reused from call to call: valid until the next one. */
export function textSource(): (text: string) => Readonly<{ source: ByteSource; length: number }> {
  let source = byteSource(new Uint8Array(1024))
  return text => {
    if (maxUtf8Length(text) > source.bytes.length) source = byteSource(new Uint8Array(2 * maxUtf8Length(text)))
    return { source, length: writeUtf8(text, source.bytes, 0) }
  }
}
