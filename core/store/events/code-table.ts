import type { ByteDictionary } from '#lib/byte-dictionary'
import { byteSource } from '#lib/byte-source'
import type { TextColumn } from '#schema/event'
import type { DictionaryReader } from '#schema/import'
import { type RunKernel, RunTexts } from './run-kernel.ts'

/**
 * The texts of one kind that the batches of a run name, in the order they were met. A reader may begin its dictionary anew
 * between two batches; texts of both lie here then, and one that is in both lies here twice.
 */
export class TextPool {
  readonly texts: RunTexts
  private reader: DictionaryReader | null = null
  /** Number of texts before the first of the reader. */
  private base = 0

  constructor(kernel: RunKernel) {
    this.texts = new RunTexts(kernel)
  }

  /** Takes over what the dictionary has got since the last batch. @returns what makes a place in the pool of its codes */
  follow(reader: DictionaryReader): number {
    if (reader !== this.reader) {
      this.reader = reader
      this.base = this.texts.count
    }
    const seen = this.texts.count - this.base
    if (reader.size > seen) {
      const fresh = reader.texts(seen)
      this.texts.append(fresh, 0, fresh.offsets.length - 1)
    }
    return this.base
  }

  /** Forgets the texts; those of the dictionary at hand are taken over again with the next batch. */
  clear(): void {
    this.texts.clear()
    this.reader = null
  }
}

/** What the codes of a reader's dictionary are in the project. Texts get their codes there as they come. */
export class CodeTable {
  private readonly own: ByteDictionary
  private reader: DictionaryReader | null = null
  /** Project code per code of the reader; 0 for a text that has none yet. */
  private table = new Uint32Array(1)
  /** The first so many codes of the reader have one. */
  private known = 0

  /** @param own the project's dictionary */
  constructor(own: ByteDictionary) {
    this.own = own
  }

  translate(codes: Uint32Array, target: Uint32Array, reader: DictionaryReader): void {
    this.follow(reader)
    const { table, own, known } = this
    const { offsets, bytes } = reader.size > known ? reader.texts(known) : NO_TEXTS
    const source = byteSource(bytes)
    for (let i = 0; i < codes.length; i++) {
      // Within range: the table covers the codes of the reader; those without a code of the project come after `known`.
      const code = codes[i] as number
      if (table[code] === 0 && code !== 0) {
        const text = code - 1 - known
        table[code] = own.intern(source, offsets[text] as number, offsets[text + 1] as number)
      }
      target[i] = table[code] as number
    }
    while (this.known < reader.size && table[this.known + 1] !== 0) this.known++
  }

  private follow(reader: DictionaryReader): void {
    if (reader !== this.reader) {
      this.reader = reader
      this.known = 0
      this.table = new Uint32Array(1)
    }
    if (this.table.length > reader.size) return
    const wider = new Uint32Array(2 * reader.size + 1)
    wider.set(this.table)
    this.table = wider
  }
}

const NO_TEXTS: TextColumn = { offsets: new Uint32Array(1), bytes: new Uint8Array(0) }
