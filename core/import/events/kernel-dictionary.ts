import { textOfUtf8 } from '#lib/utf8'
import type { TextColumn } from '#schema/event'
import type { DictionaryReader } from '#schema/import'
import type { EventKernel } from './kernel.ts'

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
    return this.texts(code - 1, code).bytes
  }

  texts(from: number, to = this.size): TextColumn {
    return this.kept === null ? textsIn(this.kernel, this.at, { from, to }) : textsOf(this.kept, from, to)
  }

  /** Begins it anew in the kernel. @returns the new one; this one stays as it is */
  renewed(): KernelDictionary {
    this.kept = this.texts(0)
    this.kernel.calls.renewDictionary(this.kind)
    return new KernelDictionary(this.kernel, this.kind)
  }
}

/** A copy of texts [from .. to) of a heap in the kernel. */
export function textsIn(
  kernel: EventKernel,
  heap: number,
  { from, to }: Readonly<{ from: number; to: number }>,
): TextColumn {
  const { calls } = kernel
  const first = calls.heapOffsets(heap) / 4
  const base = calls.heapBytes(heap)
  const all = { offsets: kernel.words.subarray(first, first + to + 1), bytes: kernel.bytes.subarray(base) }
  return textsOf(all, from, to)
}

function textsOf({ offsets, bytes }: TextColumn, from: number, to: number): TextColumn {
  const own = offsets.slice(from, to + 1)
  // There is an offset after the last text, and one where there is none.
  const start = own[0] as number
  const end = own[to - from] as number
  if (start > 0) for (let i = 0; i < own.length; i++) own[i] = (own[i] as number) - start
  return { offsets: own, bytes: bytes.slice(start, end) }
}
