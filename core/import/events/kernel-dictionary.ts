import { textOfUtf8 } from '#lib/utf8'
import type { TextColumn } from '#schema/event'
import type { DictionaryReader } from '#schema/import'
import type { EventKernel } from './kernel.ts'

const NO_TEXTS: TextColumn = { offsets: new Uint32Array(1), bytes: new Uint8Array(0) }

/** One of the kernel's dictionaries of texts, as the rows of its batches see it. */
export class KernelDictionary implements DictionaryReader {
  readonly kind: number
  private readonly kernel: EventKernel
  /** What it held when it was begun anew in the kernel; from then on it stays as it was. */
  private kept: TextColumn | null = null

  constructor(kernel: EventKernel, kind: number) {
    this.kernel = kernel
    this.kind = kind
  }

  /** Where it lies. */
  get at(): number {
    return this.kernel.calls.dictionaryAt(this.kind)
  }

  get size(): number {
    return this.kept === null ? this.kernel.calls.heapCount(this.at) : this.kept.offsets.length - 1
  }

  text(code: number): string {
    return textOfUtf8(this.bytes(code))
  }

  bytes(code: number): Uint8Array {
    if (code === 0) return new Uint8Array(0)
    const { offsets, bytes } = this.texts(code - 1)
    return bytes.subarray(offsets[0], offsets[1])
  }

  texts(from: number): TextColumn {
    const { offsets, bytes } = this.kept ?? this.all()
    return { offsets: offsets.subarray(from), bytes }
  }

  /**
   * Begins it anew in the kernel.
   *
   * @param isDone nobody asks this one for a text any more: no copy is kept, of which a large file would leave gigabytes to collect
   * @returns the new one; this one stays as it is, empty where it is done with
   */
  renewed(isDone: boolean): KernelDictionary {
    const { offsets, bytes } = this.all()
    this.kept = isDone ? NO_TEXTS : { offsets: offsets.slice(), bytes: bytes.slice() }
    this.kernel.calls.renewDictionary(this.kind)
    return new KernelDictionary(this.kernel, this.kind)
  }

  private all(): TextColumn {
    const { calls } = this.kernel
    const offsets = calls.heapOffsets(this.at) / 4
    const bytes = calls.heapBytes(this.at)
    return {
      offsets: this.kernel.words.subarray(offsets, offsets + calls.heapCount(this.at) + 1),
      bytes: this.kernel.bytes.subarray(bytes, bytes + calls.heapLength(this.at)),
    }
  }
}
