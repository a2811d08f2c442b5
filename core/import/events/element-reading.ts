import { ElementSplitter, type StructureFault } from '../json/element-splitter.ts'
import type { UnreadLists } from '../json/unread-lists.ts'
import type { RecordFault } from '../records/record-batch.ts'
import { type BlockFlow, soleRecord } from './block-flow.ts'
import type { EventKernel } from './kernel.ts'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'

export type ElementOptions = Readonly<{
  maxRecordBytes: number
  /** The list that is read. */
  recordsAt: string | undefined
  /** Called where the document is broken between its records. */
  refuse(fault: StructureFault): never
  /** Called at the end: lists of records beside the one that was read. */
  unread(found: UnreadLists): void
}>

/** Bytes taken over at a time: they stay in the processor's cache while they are read. */
const PIECE_BYTES = 1 << 18
/** The kernel looks at so many bytes at a time. */
const SLACK_BYTES = 64
const OBJECT_OPEN = 123

/**
 * Reads the records of a JSON document: whole ones are taken by the kernel where they lie, those that are cut by the end of a
 * piece are put together by the splitter, which also judges what stands between them.
 */
export class ElementReading {
  private readonly flow: BlockFlow
  private readonly block: RecordBlock
  private readonly kernel: EventKernel
  private readonly splitter: ElementSplitter
  private readonly unread: ElementOptions['unread']
  /** The piece at hand, and where it ends. */
  private readonly input: number
  private limit = 0
  /** Records that the splitter put together. */
  private gathered = 0
  private room = 0
  private used = 0
  private line = 1

  constructor({ maxRecordBytes, recordsAt, refuse, unread }: ElementOptions, flow: BlockFlow) {
    this.flow = flow
    this.block = flow.block
    this.kernel = flow.block.kernel
    this.unread = unread
    this.kernel.calls.openScan(0, maxRecordBytes)
    this.input = this.kernel.calls.allocate(PIECE_BYTES + SLACK_BYTES)
    const stop = (fault: StructureFault): never => {
      // What comes first may refuse the file for another reason.
      this.finish()
      return refuse(fault)
    }
    const take = (bytes: Uint8Array, line: number, fault: RecordFault): void => this.takeOne(bytes, line, fault)
    this.splitter = new ElementSplitter(maxRecordBytes, take, stop, recordsAt)
    this.splitter.taker = { take: (at, line) => this.takeMany(at, line), line: () => this.line }
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES)
      this.kernel.bytes.set(piece, this.input)
      this.limit = this.input + piece.length
      this.splitter.push(piece)
      this.flush()
    }
  }

  end(): void {
    this.splitter.end()
    this.finish()
    const found = this.splitter.unreadLists()
    if (found.lists.length > 0) this.unread(found)
  }

  private finish(): void {
    this.flush()
    this.flow.report()
  }

  private flush(): void {
    this.flow.flush()
    this.used = 0
  }

  private takeMany(at: number, line: number): number {
    if (this.flow.isInVain) return at
    const { calls } = this.kernel
    calls.setLine(line)
    const next = calls.scanElements(this.input + at, this.limit) - this.input
    this.line = calls.currentLine()
    if (this.block.count === BLOCK_ROWS) this.flush()
    return next
  }

  private takeOne(bytes: Uint8Array, line: number, fault: RecordFault): void {
    if (fault !== 'none' || bytes[0] !== OBJECT_OPEN || this.flow.isInVain) {
      this.flow.detour(soleRecord(bytes, line, fault))
      this.used = 0
      return
    }
    const { block } = this
    const start = this.gather(bytes)
    const row = block.count
    const { words } = this.kernel
    words[block.place('from', row)] = start
    words[block.place('end', row)] = start + bytes.length
    words[block.place('next', row)] = start + bytes.length
    words[block.place('line', row)] = line
    words[block.place('bad', row)] = 0
    words[block.place('wide', row)] = 0
    block.count = row + 1
    if (block.count === BLOCK_ROWS) this.flush()
  }

  /** @returns where the bytes lie until the block is read */
  private gather(bytes: Uint8Array): number {
    const { calls } = this.kernel
    const needed = bytes.length + SLACK_BYTES
    if (this.used + needed > this.room) {
      this.flush()
      if (needed > this.room) {
        if (this.room > 0) calls.release(this.gathered, this.room)
        this.room = 2 * needed
        this.gathered = calls.allocate(this.room)
      }
    }
    const start = this.gathered + this.used
    this.kernel.bytes.set(bytes, start)
    this.used += needed
    return start
  }
}
