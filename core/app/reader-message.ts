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
export type ToReader = Readonly<{ kind: 'read'; order: ReadOrder }> | Readonly<{ kind: 'taken' }>

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
  private readonly memory: (bytes: number) => SharedArrayBuffer
  private readonly sent = new Map<EventCode, Readonly<{ dictionary: DictionaryReader; size: number }>>()

  /** @param memory gives at least so many bytes, for the batch that is laid down next */
  constructor(memory: (bytes: number) => SharedArrayBuffer) {
    this.memory = memory
  }

  /** @param batch its columns lie in shared memory already */
  lay({ dictionaries, ...columns }: EventBatch): SentBatch {
    const fresh = EVENT_CODES.map(kind => ({ kind, ...this.fresh(kind, dictionaries[kind]) }))
    const bytes = fresh.reduce((sum, { texts }) => sum + 4 * texts.offsets.length + lengthOf(texts), 0)
    const laid = new LaidTexts(this.memory(bytes + 4 * EVENT_CODES.length))
    const parts = fresh.map(({ kind, isNew, texts }) => [kind, { isNew, texts: laid.lay(texts) }])
    return { ...columns, parts: Object.fromEntries(parts) as SentBatch['parts'] } // all kinds are in the list
  }

  private fresh(kind: EventCode, dictionary: DictionaryReader): DictionaryPart {
    const before = this.sent.get(kind)
    const isNew = before?.dictionary !== dictionary
    const texts = dictionary.texts(isNew ? 0 : before.size)
    this.sent.set(kind, { dictionary, size: dictionary.size })
    return { isNew, texts }
  }
}

function lengthOf({ offsets }: TextColumn): number {
  // There is an offset before the first text, and one behind the last.
  return (offsets.at(-1) as number) - (offsets[0] as number)
}

/** Copies of texts in one piece of memory, one after the other. */
class LaidTexts {
  private readonly memory: SharedArrayBuffer
  private used = 0

  constructor(memory: SharedArrayBuffer) {
    this.memory = memory
  }

  lay(texts: TextColumn): TextColumn {
    const length = lengthOf(texts)
    // As above.
    const start = texts.offsets[0] as number
    const offsets = new Uint32Array(this.memory, this.used, texts.offsets.length)
    const bytes = new Uint8Array(this.memory, this.used + offsets.byteLength, length)
    for (let i = 0; i < offsets.length; i++) offsets[i] = (texts.offsets[i] as number) - start
    bytes.set(texts.bytes.subarray(start, start + length))
    this.used = (this.used + offsets.byteLength + length + 3) & ~3
    return { offsets, bytes }
  }
}

/** Puts batches together again that a `BatchSender` laid down, in their order: each is valid until the next one is taken. */
export class BatchReceiver {
  private readonly dictionaries = new Map<EventCode, ReceivedDictionary>()

  take({ parts, ...columns }: SentBatch): EventBatch {
    const dictionaries = Object.fromEntries(EVENT_CODES.map(kind => [kind, this.dictionary(kind, parts[kind])]))
    return { ...columns, dictionaries: dictionaries as EventBatch['dictionaries'] } // all kinds are in the list
  }

  private dictionary(kind: EventCode, { isNew, texts }: DictionaryPart): DictionaryReader {
    const known = this.dictionaries.get(kind)
    const dictionary = known === undefined || isNew ? new ReceivedDictionary(known) : known
    this.dictionaries.set(kind, dictionary)
    dictionary.add(texts)
    return dictionary
  }
}

class ReceivedDictionary implements DictionaryReader {
  private readonly heap: TextHeap

  /** @param before one that no batch names any more: its memory is used again */
  constructor(before: ReceivedDictionary | undefined) {
    this.heap = before?.heap ?? new TextHeap()
    this.heap.clear()
  }

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
    const { source, offsets, count, length } = this.heap
    return { offsets: offsets.subarray(from, count + 1), bytes: source.bytes.subarray(0, length) }
  }
}
