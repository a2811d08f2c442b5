import { TextHeap } from '#lib/text-heap'
import { textOfUtf8 } from '#lib/utf8'
import type { TextColumn } from '#schema/event'
import {
  type DictionaryReader,
  EVENT_CODES,
  type EventBatch,
  type EventCode,
  type FilePlan,
  type HeldRow,
  type ImportOptions,
  type ReadResult,
} from '#schema/import'
import type { SourceFacts, SourceFile } from './source-file.ts'

/** What a reader thread is asked to do. */
export type ReadOrder = Readonly<{ file: SourceFile; facts: SourceFacts; plan: FilePlan; reading: ImportOptions }>
export type ToReader =
  | Readonly<{ kind: 'read'; order: ReadOrder }>
  | Readonly<{ kind: 'taken'; memory: ArrayBuffer | null }>

/** What a dictionary has got since the last batch; all of it where it was begun anew. */
type DictionaryPart = Readonly<{ isNew: boolean; texts: TextColumn }>
export type SentBatch = Omit<EventBatch, 'dictionaries'> &
  Readonly<{ parts: Readonly<Record<EventCode, DictionaryPart>> }>

/** What a reader thread says. `diskBytes`: read so far. */
export type FromReader =
  | Readonly<{ kind: 'ready' }>
  | Readonly<{ kind: 'batch'; batch: SentBatch }>
  | Readonly<{ kind: 'held'; rows: readonly HeldRow[] }>
  | Readonly<{ kind: 'progress'; diskBytes: number }>
  | Readonly<{ kind: 'done'; result: ReadResult; sha256: string | null }>
  | Readonly<{ kind: 'refused'; code: string; message: string; context: Readonly<Record<string, unknown>> }>
  | Readonly<{ kind: 'broken'; message: string }>

/** Lays batches down for sending: of the dictionaries only what is new. */
export class BatchSender {
  private readonly sent = new Map<EventCode, Readonly<{ dictionary: DictionaryReader; size: number }>>()

  /** @returns the batch and its memory, which goes with it */
  lay({ dictionaries, ...columns }: EventBatch): Readonly<{ batch: SentBatch; memory: ArrayBuffer[] }> {
    const parts = Object.fromEntries(EVENT_CODES.map(kind => [kind, this.part(kind, dictionaries[kind])]))
    const batch = { ...columns, parts: parts as SentBatch['parts'] } // all kinds are in the list
    return { batch, memory: [...new Set(memoryOf(batch))] }
  }

  private part(kind: EventCode, dictionary: DictionaryReader): DictionaryPart {
    const before = this.sent.get(kind)
    const isNew = before?.dictionary !== dictionary
    const texts = dictionary.texts(isNew ? 0 : before.size)
    this.sent.set(kind, { dictionary, size: dictionary.size })
    return { isNew, texts }
  }
}

function memoryOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(memoryOf) : []
}

/** Puts batches together again that a `BatchSender` laid down, in their order. */
export class BatchReceiver {
  private readonly dictionaries = new Map<EventCode, ReceivedDictionary>()

  take({ parts, ...columns }: SentBatch): EventBatch {
    const dictionaries = Object.fromEntries(EVENT_CODES.map(kind => [kind, this.dictionary(kind, parts[kind])]))
    return { ...columns, dictionaries: dictionaries as EventBatch['dictionaries'] } // all kinds are in the list
  }

  private dictionary(kind: EventCode, { isNew, texts }: DictionaryPart): DictionaryReader {
    const known = this.dictionaries.get(kind)
    const dictionary = known === undefined || isNew ? new ReceivedDictionary() : known
    this.dictionaries.set(kind, dictionary)
    dictionary.add(texts)
    return dictionary
  }
}

class ReceivedDictionary implements DictionaryReader {
  private readonly heap = new TextHeap()

  get size(): number {
    return this.heap.count
  }

  add(texts: TextColumn): void {
    this.heap.appendAll(texts, 0, texts.offsets.length - 1)
  }

  text(code: number): string {
    return textOfUtf8(this.bytes(code))
  }

  bytes(code: number): Uint8Array {
    const { source, offsets } = this.heap
    return code === 0 ? source.bytes.subarray(0, 0) : source.bytes.subarray(offsets[code - 1], offsets[code])
  }

  texts(from: number): TextColumn {
    const { source, offsets, count } = this.heap
    // There is an offset after the last text.
    const start = offsets[from] as number
    const own = offsets.slice(from, count + 1).map(offset => offset - start)
    return { offsets: own, bytes: source.bytes.slice(start, this.heap.length) }
  }
}
