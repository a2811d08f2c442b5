import type { RecordBlock } from './record-block.ts'
import type { ScanResult } from './record-scanner.ts'

const CR = 13

/** The last line of a file, which no break ends: the kernel takes all others. */
export class LineScanner {
  private readonly block: RecordBlock

  /** @param block takes the line */
  constructor(block: RecordBlock) {
    this.block = block
  }

  /** Writes bytes [from .. limit) to the row behind the last one, where the file ends there and they are one line. */
  scan(from: number, limit: number, isLast: boolean): ScanResult {
    if (!isLast) return 'partial'
    const { block } = this
    const { bytes, words } = block.kernel
    const row = block.count
    words[block.place('from', row)] = from
    words[block.place('end', row)] = bytes[limit - 1] === CR ? limit - 1 : limit
    words[block.place('next', row)] = limit
    words[block.place('bad', row)] = 0
    return 'record'
  }

  /** Takes the line into the block. @returns where the next one begins */
  accept(): number {
    const { block } = this
    const { calls, words } = block.kernel
    const row = block.count
    const line = calls.currentLine()
    words[block.place('line', row)] = line
    calls.setLine(line + 1)
    block.count = row + 1
    return block.read('next', row)
  }
}
