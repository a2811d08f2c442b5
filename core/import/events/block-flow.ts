import type { RecordBatch } from '../records/record-batch.ts'
import type { EventBuilder } from './event-builder.ts'
import type { FastRows } from './fast-rows.ts'
import type { FilterRows } from './filter-rows.ts'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'

export type FlowOptions = Readonly<{
  /** Takes all rows of the file in their order, also those that `records` adds. */
  builder: EventBuilder
  /**
   * The reference path: records that are not plainly readable, in file order, whole as the splitter gives them. Rows go to
   * `builder`. The first records of a delimited file, `sep=` line and header, come this way.
   */
  records(batch: RecordBatch): void
  /**
   * Rows were added to `builder` in the fast way: how many, how many records belong to another table, and the bytes beyond one per
   * UTF-16 unit in all these.
   * Called at least every 16,384 rows and before `records`; the place to take a batch.
   */
  rows(count: number, wideBytes: number, skipped: number): void
}>

const MOST_ROWS = 16_384
/** Records after which it is told whether the fast way is worth its while: not where the reference reads most of them. */
const TRIAL_RECORDS = 4096

/** What becomes of the records of a block: runs of plain ones are read in the fast way, the others by the reference. */
export class BlockFlow {
  readonly block: RecordBlock
  private readonly options: FlowOptions
  private readonly rows: FastRows | FilterRows
  /** Records that were looked at, and those of them that the reference had to read. */
  private looked = 0
  private handed = 0
  private count = 0
  private skipped = 0
  private wideBytes = 0

  constructor(options: FlowOptions, rows: FastRows | FilterRows) {
    this.options = options
    this.rows = rows
    this.block = rows.block
    options.builder.columns.areCodesHeld = true
  }

  /** Has the reference to read most records? */
  get isInVain(): boolean {
    return this.looked >= TRIAL_RECORDS && 2 * this.handed > this.looked
  }

  /** Reads the records of the block. */
  flush(): void {
    const { block } = this
    const { count } = block
    if (count === 0) return
    this.options.builder.columns.renew()
    this.rows.look()
    this.looked += count
    for (let row = 0; row < count; ) {
      const end = this.runEnd(row, count)
      if (end === row) this.passOn(row++)
      else {
        this.rows.write(row, end)
        this.count += end - row
        for (; row < end; row++) this.wideBytes += block.read('wide', row)
      }
    }
    block.kernel.calls.clearBlock()
    if (this.options.builder.count > MOST_ROWS - BLOCK_ROWS) this.report()
  }

  /** Gives records that come behind those of the block to the reference. */
  detour(batch: RecordBatch): void {
    this.flush()
    this.report()
    this.options.records(batch)
  }

  /** Tells what was read since the last time. */
  report(): void {
    const { count, skipped, wideBytes } = this
    if (count > 0 || skipped > 0 || wideBytes > 0) this.options.rows(count, wideBytes, skipped)
    this.count = 0
    this.skipped = 0
    this.wideBytes = 0
  }

  /** Where the run of plain rows ends that begins with this one. */
  private runEnd(row: number, count: number): number {
    let end = row
    while (end < count && !this.block.isBad(end)) end++
    return end
  }

  private passOn(row: number): void {
    const { block } = this
    if (!block.isSkipped(row)) this.handOver(row)
    else {
      this.skipped++
      this.wideBytes += block.read('wide', row)
    }
  }

  private handOver(row: number): void {
    this.report()
    this.handed++
    const { block } = this
    const start = block.read('from', row)
    // A copy: what is made of it may move the memory.
    const bytes = block.kernel.bytes.slice(start, block.read('end', row))
    this.options.records(soleRecord(bytes, block.read('line', row), 'none'))
  }
}

/** A batch of one record. */
export function soleRecord(bytes: Uint8Array, line: number, fault: RecordBatch['faults'][number]): RecordBatch {
  const end = bytes.length
  return {
    count: 1,
    bytes,
    starts: [0],
    ends: [end],
    lines: [line],
    faults: [fault],
    isClean: fault === 'none',
    end,
    newline: null,
  }
}
