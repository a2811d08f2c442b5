import { openRunKernel, type RunKernel } from './run-kernel.ts'

/** What an event is to those loaded before it; 0 where its id is new. Same id, same content: an import before has it. */
export const SAME = 1
/** Same id, other content. */
export const COPY = 2
/** Same id, same content: it came further up in the import at hand. */
export const REPEATED = 3

/** Events looked up together: what they need beside the tables is a part of the memory of an import. */
const SLICE_ROWS = 65_536

/**
 * Which events a project has: 64 bits of the hash of each id beside 64 bits of the hash of its content. An event counts
 * as loaded before only where 127 bits agree (the last one of the content says whose it is); two ids that share their 64 bits are taken for copies at worst, which
 * are kept, and told apart when copies are resolved.
 *
 * Ids with one content, nearly all, take one look. Split by the id into tables that grow one at a time and fit the
 * processor's cache: the keys of a batch are brought into the order of the tables first, which pays from some hundred
 * thousand on. All in the memory of a kernel of its own.
 */
export class IdSet {
  private readonly kernel: RunKernel = openRunKernel()
  private keys = 0
  private verdicts = 0
  private room = 0

  /** Number of (id, content) pairs. */
  get size(): number {
    return this.kernel.calls.pairCount()
  }

  /**
   * Adds events of the import at hand, in their order.
   *
   * @param keys four words per event: the id's hash, then the content's
   * @param verdicts receives 0, SAME, COPY or REPEATED per event
   */
  add(keys: Int32Array, count: number, verdicts: Uint8Array): void {
    this.addAs(1, keys, count, verdicts)
  }

  /** The same with events of imports before. */
  addEarlier(keys: Int32Array, count: number, verdicts: Uint8Array): void {
    this.addAs(0, keys, count, verdicts)
  }

  /** Another import begins: all that is there is of imports before. */
  settle(): void {
    this.kernel.calls.settleKeys()
  }

  private addAs(own: 0 | 1, keys: Int32Array, count: number, verdicts: Uint8Array): void {
    const { kernel } = this
    this.reserve(Math.min(count, SLICE_ROWS))
    for (let from = 0; from < count; from += SLICE_ROWS) {
      const rows = Math.min(SLICE_ROWS, count - from)
      kernel.integers.set(keys.subarray(4 * from, 4 * (from + rows)), this.keys / 4)
      kernel.calls.addKeys(this.keys, rows, this.verdicts, own)
      verdicts.set(kernel.bytes.subarray(this.verdicts, this.verdicts + rows), from)
    }
  }

  private reserve(count: number): void {
    if (count <= this.room) return
    const { calls } = this.kernel
    if (this.room > 0) {
      calls.release(this.keys, 16 * this.room)
      calls.release(this.verdicts, this.room)
    }
    this.keys = calls.allocate(16 * count)
    this.verdicts = calls.allocate(count)
    this.room = count
  }
}
