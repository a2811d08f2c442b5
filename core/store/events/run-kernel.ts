import { Kernel } from '#lib/kernel'
import type { TextColumn } from '#schema/event'
import { KERNEL } from './kernel.wasm.ts'

/** The functions of kernels/segments/index.ts. */
type CallName =
  | 'allocate'
  | 'release'
  | 'openTexts'
  | 'clearHeap'
  | 'heapBytes'
  | 'heapCount'
  | 'heapLength'
  | 'heapOffsets'
  | 'reserveTexts'
  | 'newOffsets'
  | 'addTexts'
  | 'gatherTexts'
  | 'layTexts'
  | 'ownTexts'
  | 'layOwnTexts'
  | 'gatheredCodes'
  | 'gatheredLength'
  | 'gatheredOffsets'
  | 'gatheredTexts'
  | 'gatherBytes'
  | 'gatherWords'
  | 'gatherNumbers'
  | 'gatherFours'
  | 'countNumbers'
  | 'keepNumbers'
  | 'shiftWords'
  | 'packBytes'
  | 'packWords'
  | 'packNumbers'
  | 'packedBase'
  | 'packedStep'
  | 'packedBytes'
  | 'sortRows'
  | 'addKeys'
  | 'pairCount'
  | 'settleKeys'

/** The compiled part of the writer: one per import, and one for the ids of a project. */
export type RunKernel = Kernel<CallName>

export function openRunKernel(): RunKernel {
  return new Kernel<CallName>(KERNEL)
}

/** Of one kind in a run; more than these come as they come. */
const EXPECTED_BYTES = 32 << 20

/** Texts of any length in the memory of a kernel. */
export class RunTexts {
  /** Where they lie. */
  readonly at: number
  private readonly kernel: RunKernel

  constructor(kernel: RunKernel) {
    this.kernel = kernel
    this.at = kernel.calls.openTexts()
  }

  get count(): number {
    return this.kernel.calls.heapCount(this.at)
  }

  /** Appends texts [from .. to) of a column. */
  append({ offsets, bytes }: TextColumn, from: number, to: number): void {
    const { kernel, at } = this
    const { calls } = kernel
    // Within range: the caller names texts of the column.
    const start = offsets[from] as number
    const end = offsets[to] as number
    const base = calls.heapLength(at)
    const target = calls.reserveTexts(at, to - from, end - start)
    kernel.bytes.set(bytes.subarray(start, end), target)
    kernel.words.set(offsets.subarray(from, to + 1), calls.newOffsets(at) / 4)
    calls.addTexts(at, to - from, base, start)
  }

  /**
   * Makes room for so many times the texts that there are, at once: what is given back on the way would stay unused, and what
   * nobody writes to takes no memory.
   */
  expect(times: number): void {
    const { calls } = this.kernel
    const length = calls.heapLength(this.at)
    const bytes = Math.min(EXPECTED_BYTES, times * length)
    calls.reserveTexts(this.at, (times - 1) * this.count, Math.max(0, bytes - length))
  }

  /** The bytes of text i. */
  bytes(i: number): Uint8Array {
    const { kernel, at } = this
    const offsets = kernel.calls.heapOffsets(at) / 4
    const base = kernel.calls.heapBytes(at)
    // Within range: there is an offset after the last text.
    return kernel.bytes.subarray(
      base + (kernel.words[offsets + i] as number),
      base + (kernel.words[offsets + i + 1] as number),
    )
  }

  clear(): void {
    this.kernel.calls.clearHeap(this.at)
  }
}
