import { maxUtf8Length, writeUtf8 } from '#lib/utf8'
import type { TextColumn } from '#schema/event'
import { EVENT_CODES, type EventBatch, type EventCode } from '#schema/import'
import { type EventKernel, openKernel } from './kernel.ts'
import { KernelDictionary } from './kernel-dictionary.ts'

/** Numbers of the columns in the kernel; those of the codes follow. */
const ID_HASH = 0
const CONTENT_HASH = 1
export const TIMESTAMP = 2
export const WEIGHT = 3
const LINE = 4
export const KEY_EVENT = 5
const UUIDS = 6
export const IS_DATE = 7
export const CODES = 8
/** Numbers of the texts. */
export const IDS = 0
export const PROPERTIES = 1
export const CUSTOM = 2

const FIRST_ROWS = 1024
/**
 * Texts of one dictionary. Beyond these the look-ups wait for memory rather than for the processor's cache, and the texts
 * of a large file, sessions above all, would be as many as its rows. More of the kinds whose codes a project shares: the
 * writer looks each of their texts up again where a dictionary is begun anew; a batch less than makes their tables double.
 */
const MOST_TEXTS: Readonly<Record<EventCode, number>> = {
  name: 114_688,
  workspace: 114_688,
  user: 114_688,
  anonymous: 32_768,
  device: 32_768,
  session: 32_768,
  source: 32_768,
  ip: 32_768,
}

/** The values of one row that are no texts. */
export type RowNumbers = Readonly<{
  line: number
  timestamp: number
  /** 0 missing, 1 no, 2 yes */
  keyEvent: number
  /** NaN where missing */
  weight: number
  isDate: boolean
}>

/**
 * The columns that both readers of events fill, in the memory of a kernel: the one of bytes lets the kernel write whole
 * blocks of rows, the other adds row by row. Each ends its rows by `sealRows`, which hashes them.
 *
 *   contentHash = hash(time, weight, key event, hash of each text);  idHash = hash(id), or
 *   hash(content, ordinal among equal rows) where the row has no id
 *
 * Hashing assumes a little-endian machine, as all that run Node do.
 *
 * Source: docs/methods/events.md.
 */
export class EventColumns {
  readonly kernel: EventKernel = openKernel()
  /** By position in `EVENT_CODES`. */
  dictionaries: readonly KernelDictionary[]
  /** Set by a reader that keeps codes while batches are taken: `renew` is then its own task. */
  areCodesHeld = false
  private readonly memory: BatchMemory | null
  /** Where texts are handed over to the kernel. */
  private scratch = 0
  private room = 0

  /** @param memory where batches are laid down, each valid with its dictionaries until the next row; new memory for each without it */
  constructor(memory: BatchMemory | null = null) {
    this.memory = memory
    this.kernel.calls.openRows(FIRST_ROWS)
    this.dictionaries = EVENT_CODES.map((_, kind) => new KernelDictionary(this.kernel, kind))
  }

  get count(): number {
    return this.kernel.calls.total()
  }

  /** Adds a row. @param codes texts by position in `EVENT_CODES`. @param texts id, properties, custom fields */
  add(numbers: RowNumbers, codes: readonly string[], texts: readonly string[]): void {
    if (!this.areCodesHeld) this.renew()
    const { kernel } = this
    const { calls } = kernel
    calls.reserveRows(1)
    const row = calls.total()
    for (const [kind, text] of codes.entries()) {
      const code =
        text === '' ? 0 : this.handOver(text, (start, end) => calls.intern(calls.dictionaryAt(kind), start, end))
      kernel.words[calls.columnAt(CODES + kind) / 4 + row] = code
    }
    for (const [which, text] of texts.entries()) {
      this.handOver(text, (start, end) =>
        which === IDS ? calls.writeId(start, end) : calls.writeText(which, start, end),
      )
    }
    kernel.numbers[calls.columnAt(TIMESTAMP) / 8 + row] = numbers.timestamp
    kernel.numbers[calls.columnAt(WEIGHT) / 8 + row] = numbers.weight
    kernel.words[calls.columnAt(LINE) / 4 + row] = numbers.line
    kernel.bytes[calls.columnAt(KEY_EVENT) + row] = numbers.keyEvent
    kernel.bytes[calls.columnAt(IS_DATE) + row] = numbers.isDate ? 1 : 0
    calls.sealRows(1, 0, 0)
  }

  /** Lays a text down in the kernel's memory for a call that takes it from there. */
  handOver(text: string, take: (start: number, end: number) => number): number {
    const { calls } = this.kernel
    const needed = maxUtf8Length(text)
    if (needed > this.room) {
      if (this.room > 0) calls.release(this.scratch, this.room)
      this.room = Math.max(1024, 2 * needed)
      this.scratch = calls.allocate(this.room)
    }
    return take(this.scratch, writeUtf8(text, this.kernel.bytes, this.scratch))
  }

  /** Lays a text down for good. @returns where its bytes are */
  lasting(text: string): readonly [start: number, end: number] {
    const start = this.kernel.calls.allocate(maxUtf8Length(text) + 1)
    return [start, writeUtf8(text, this.kernel.bytes, start)]
  }

  /**
   * Begins large dictionaries anew where there are no rows. Called before a row is added, unless a reader that holds codes does so
   * itself, when it holds none: the batch before has been used by then where its memory was lent.
   */
  renew(): void {
    if (this.count > 0) return
    if (this.dictionaries.some(isFull))
      this.dictionaries = this.dictionaries.map(one => (isFull(one) ? one.renewed(this.memory !== null) : one))
  }

  /** The rows since the last call as a batch; the dictionaries live on and grow. */
  take(): EventBatch {
    const { kernel, dictionaries, count } = this
    const memory = this.memory ?? ((bytes: number) => new ArrayBuffer(bytes))
    const { calls } = kernel
    const areUuids = calls.haveUuids() !== 0
    const heaps = [PROPERTIES, CUSTOM, ...(areUuids ? [] : [IDS])].map(which => calls.textsAt(which))
    const perRow = 16 + 16 + 1 + 1 + 4 + 4 * dictionaries.length + (areUuids ? 16 : 0)
    const texts = heaps.reduce((sum, heap) => sum + 4 * (count + 1) + calls.heapLength(heap), 0)
    const laid = new LaidColumns(kernel, memory(perRow * count + texts + 8 * (PLACES + dictionaries.length)), count)
    const [properties = NO_HEAP, custom = NO_HEAP, ids = NO_HEAP] = heaps
    const batch: EventBatch = {
      count,
      idHash: laid.words(calls.columnAt(ID_HASH), 2 * count),
      contentHash: laid.words(calls.columnAt(CONTENT_HASH), 2 * count),
      uuids: areUuids ? laid.bytes(calls.columnAt(UUIDS), 16 * count) : null,
      id: laid.texts(ids),
      timestamp: laid.numbers(calls.columnAt(TIMESTAMP), count),
      isDate: laid.bytes(calls.columnAt(IS_DATE), count),
      codes: byKind(dictionaries.map((_, kind) => laid.words(calls.columnAt(CODES + kind), count))),
      dictionaries: byKind(dictionaries),
      isKeyEvent: laid.bytes(calls.columnAt(KEY_EVENT), count),
      weight: laid.numbers(calls.columnAt(WEIGHT), count),
      properties: laid.texts(properties),
      custom: laid.texts(custom),
      line: laid.words(calls.columnAt(LINE), count),
    }
    calls.clearRows()
    return batch
  }
}

function isFull({ kind, size }: KernelDictionary): boolean {
  // There is a dictionary per kind.
  return size > MOST_TEXTS[EVENT_CODES[kind] as EventCode]
}

/** Gives memory for a batch: at least so many bytes. */
export type BatchMemory = (bytes: number) => ArrayBufferLike

/** Columns of a batch beside the codes, each at a multiple of eight bytes. */
const PLACES = 16
const NO_HEAP = -1

/** Copies of columns in one piece of memory, one after the other. */
class LaidColumns {
  private readonly kernel: EventKernel
  private readonly memory: ArrayBufferLike
  private readonly count: number
  private used = 0

  constructor(kernel: EventKernel, memory: ArrayBufferLike, count: number) {
    this.kernel = kernel
    this.memory = memory
    this.count = count
  }

  bytes(place: number, length: number): Uint8Array {
    const copy = new Uint8Array(this.memory, this.used, length)
    copy.set(this.kernel.bytes.subarray(place, place + length))
    this.used = (this.used + length + 7) & ~7
    return copy
  }

  words(place: number, length: number): Uint32Array {
    const { byteOffset } = this.bytes(place, 4 * length)
    return new Uint32Array(this.memory, byteOffset, length)
  }

  numbers(place: number, length: number): Float64Array {
    const { byteOffset } = this.bytes(place, 8 * length)
    return new Float64Array(this.memory, byteOffset, length)
  }

  texts(heap: number): TextColumn {
    if (heap === NO_HEAP) return { offsets: new Uint32Array(1), bytes: new Uint8Array(0) }
    const { calls } = this.kernel
    const offsets = this.words(calls.heapOffsets(heap), this.count + 1)
    return { offsets, bytes: this.bytes(calls.heapBytes(heap), calls.heapLength(heap)) }
  }
}

function byKind<T>(values: readonly T[]): Record<EventCode, T> {
  // One value per kind, so every key is there.
  return Object.fromEntries(EVENT_CODES.map((kind, i) => [kind, values[i]])) as Record<EventCode, T>
}

/** Both words, as signed integers, of the hash of each id, whichever way ids are kept. Source: docs/methods/events.md. */
export function hashIds(ids: Iterable<string>): readonly (readonly [number, number])[] {
  const columns = new EventColumns()
  const { calls } = columns.kernel
  return [...ids].map(id => {
    const at = columns.handOver(id, (start, end) => calls.hashIdAt(start, end - start))
    const { integers } = columns.kernel
    // Two words at the place that was given.
    return [integers[at / 4] as number, integers[at / 4 + 1] as number]
  })
}
