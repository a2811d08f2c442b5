/** A set of records as one bit each: what nearly no record is in is told without reaching for far memory. */
export class RecordBits {
  private readonly words: Uint32Array

  /** @param size number of records; none is in the set at first */
  constructor(size: number) {
    this.words = new Uint32Array((size >>> 5) + 1)
  }

  has(record: number): boolean {
    return (((this.words[record >>> 5] as number) >>> (record & 31)) & 1) === 1 // a bit per record
  }

  add(record: number): void {
    this.words[record >>> 5] = (this.words[record >>> 5] as number) | (1 << (record & 31)) // a bit per record
  }
}
