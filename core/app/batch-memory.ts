/**
 * Memory that the reader's thread lays batches down in, shared with the one that writes them, and used again when a batch was
 * taken. Shared memory is not counted as part of either heap: memory that is handed over is, and has each side look through
 * its whole heap every few batches.
 */
export class BatchMemory {
  private readonly free: SharedArrayBuffer[] = []
  /** Of the batches on their way, the oldest first. */
  private readonly sent: SharedArrayBuffer[][] = []
  private taken: SharedArrayBuffer[] = []

  /** Batches on their way. */
  get underWay(): number {
    return this.sent.length
  }

  /** Memory of at least so many bytes for the batch at hand. */
  take(bytes: number): SharedArrayBuffer {
    const known = this.free.findIndex(({ byteLength }) => byteLength >= bytes && byteLength <= MOST_SPARE * bytes)
    // A little more, as the next batch will need a little more or less.
    const piece = this.free.splice(known, known < 0 ? 0 : 1)[0] ?? new SharedArrayBuffer(Math.ceil(bytes * 1.25))
    this.taken.push(piece)
    return piece
  }

  /** The batch at hand is on its way. */
  send(): void {
    this.sent.push(this.taken)
    this.taken = []
  }

  /** The oldest batch on its way has been taken over. */
  giveBack(): void {
    this.free.push(...(this.sent.shift() ?? []))
    // Of pieces that fit no more, few are kept.
    this.free.splice(0, this.free.length - MOST_FREE)
  }
}

const MOST_SPARE = 4
const MOST_FREE = 28
