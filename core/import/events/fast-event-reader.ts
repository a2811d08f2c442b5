import { utf8Of } from '#lib/utf8'
import type { FilePlan, ImportOptions } from '#schema/import'
import type { RecordBatch } from '../records/record-batch.ts'
import { RecordSplitter } from '../records/record-splitter.ts'
import { BlockFlow, type FlowOptions } from './block-flow.ts'
import { type ElementOptions, ElementReading } from './element-reading.ts'
import { fastFields, filterFields } from './fast-fields.ts'
import { type FastEvidence, FastRows } from './fast-rows.ts'
import { FilterRows } from './filter-rows.ts'
import type { EventKernel } from './kernel.ts'
import { LineScanner } from './line-scanner.ts'
import { BLOCK_ROWS, type RecordBlock } from './record-block.ts'
import { RecordScanner } from './record-scanner.ts'

export type FastEventOptions = FlowOptions &
  Readonly<{
    /** For JSON documents. */
    document?: Pick<ElementOptions, 'refuse' | 'unread'>
    plan: FilePlan
    /** The answers the file is read with. */
    options: ImportOptions
    maxRecordBytes: number
  }>

export type FastEventReader = Readonly<{
  /** UTF-8 of the file, behind its byte order mark. */
  push(chunk: Uint8Array): void
  end(): void
  /** What the rows so far prove. */
  evidence(): FastEvidence
}>

/** Bytes taken over at a time: they stay in the processor's cache while they are read. */
const PIECE_BYTES = 1 << 18
const DETOUR_BYTES = 1 << 17
/**
 * Quotes without an end after which the rest of the file is left to one splitter: each makes it read up to a record's cap
 * twice, and how often it may do so it has to know by itself.
 */
const MOST_UNTERMINATED = 7
const LF = 10
const CR = 13

/**
 * Reads a file of events, delimited, JSON Lines or a JSON document, from its bytes, without a string per cell: records are found by a scan for
 * delimiters and quotes, texts looked up in dictionaries of bytes, times, ids and JSON read from bytes. Whatever is not plainly
 * readable (odd quotes, another number of fields, a value that is no plain one, invalid UTF-8) is handed to the reference
 * path record by record, so that rows, order, lines and held rows are those of that path.
 *
 * JSON that feeds another table is read by the reference; records that its conditions rule out are told from their bytes.
 *
 * @returns null where the file is not one that can be read this way: another format, no name or time
 *
 * Source: docs/methods/events.md, "Two readers".
 */
export function createFastEventReader(options: FastEventOptions): FastEventReader | null {
  const { plan, builder } = options
  const isFilter = plan.table !== 'events'
  const fields = isFilter ? filterFields(plan) : fastFields(plan)
  if (fields === null) return null
  const rows = isFilter
    ? new FilterRows(builder.columns, fields, plan)
    : new FastRows(builder.columns, fields, plan, options.options)
  const flow = new BlockFlow(options, rows)
  const reading = readingOf(options, flow, fields.lines !== null)
  if (reading === null) return null
  return {
    push: chunk => reading.push(chunk),
    end: () => reading.end(),
    evidence: () => rows.evidence,
  }
}

function readingOf(options: FastEventOptions, flow: BlockFlow, areLines: boolean): Reading | ElementReading | null {
  const { plan, maxRecordBytes, document } = options
  if (plan.format !== 'json') return new Reading(options, flow, areLines)
  return document === undefined
    ? null
    : new ElementReading({ ...document, maxRecordBytes, recordsAt: plan.recordsAt }, flow)
}

class Reading {
  private readonly options: FastEventOptions
  private readonly kernel: EventKernel
  private readonly flow: BlockFlow
  private readonly scanner: RecordScanner | LineScanner
  private readonly block: RecordBlock
  /** Records at the start that go to the reference whatever they look like. */
  private leading: number
  /** Bytes of the file from the start of a record on whose end has not been seen: `carried` of them, at `input`. */
  private input: number
  private room = 2 * PIECE_BYTES
  private carried = 0
  /** A splitter that was given all that is carried, where only it can find the end of the record. */
  private splitter: RecordSplitter | null = null
  /** Bytes of the batches that the splitter gave last, 0 where it has given none. */
  private split = 0
  /** Was the byte before the next record a CR, so that an LF there still belongs to it? */
  private isLfDue = false
  private unterminated = 0
  /** Is every line a record? */
  private readonly areLines: boolean
  /** The splitter has the rest of the file. */
  private isHandedOver = false

  constructor(options: FastEventOptions, flow: BlockFlow, areLines: boolean) {
    const delimiter = (options.plan.delimiter ?? ',').charCodeAt(0)
    this.options = options
    this.flow = flow
    this.block = flow.block
    this.kernel = flow.block.kernel
    this.areLines = areLines
    this.scanner = areLines ? new LineScanner(flow.block) : new RecordScanner(flow.block, delimiter)
    this.leading = areLines ? 0 : options.plan.hasSepLine ? 2 : 1
    this.kernel.calls.openScan(delimiter, options.maxRecordBytes)
    this.input = this.kernel.calls.allocate(this.room)
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.isHandedOver) {
        this.splitter?.push(chunk.subarray(at))
        return
      }
      const piece = chunk.subarray(at, at + (this.splitter === null ? PIECE_BYTES : DETOUR_BYTES))
      at += piece.length
      this.take(piece)
    }
  }

  end(): void {
    const { input, carried } = this
    if (carried > 0 && this.splitter === null) this.read(input, input + carried, true)
    this.splitter?.end()
    this.flow.report()
  }

  /** Reads the records that a piece ends, and carries the rest. */
  private take(piece: Uint8Array): void {
    this.keep(piece)
    const from = this.splitter === null ? 0 : this.feed(piece)
    const next =
      this.splitter === null ? this.read(this.input + from, this.input + this.carried, false) - this.input : 0
    if (this.isHandedOver) this.carried = 0
    else {
      this.kernel.bytes.copyWithin(this.input, this.input + next, this.input + this.carried)
      this.carried -= next
    }
  }

  private keep(piece: Uint8Array): void {
    const { calls } = this.kernel
    const needed = this.carried + piece.length
    if (needed > this.room) {
      const wider = calls.allocate(2 * needed)
      this.kernel.bytes.copyWithin(wider, this.input, this.input + this.carried)
      calls.release(this.input, this.room)
      this.input = wider
      this.room = 2 * needed
    }
    this.kernel.bytes.set(piece, this.input + this.carried)
    this.carried = needed
  }

  /** Reads whole records. @returns where the first one begins that is not whole */
  private read(from: number, limit: number, isLast: boolean): number {
    let at = from
    if (this.isInVain && at < limit) return this.detour(this.behindLf(at, limit), limit)
    for (;;) {
      at = this.scanMany(this.behindLf(at, limit), limit)
      if (this.block.count < BLOCK_ROWS) {
        const next = at < limit ? this.scanOne(at, limit, isLast) : -1
        if (next < 0) {
          this.flow.flush()
          return at
        }
        at = next
      }
      if (this.block.count === BLOCK_ROWS) this.flow.flush()
    }
  }

  /** Passes over an LF that belongs to the record before. */
  private behindLf(at: number, limit: number): number {
    if (at >= limit || !this.isLfDue) return at
    this.isLfDue = false
    return this.kernel.bytes[at] === LF ? at + 1 : at
  }

  /** Takes the records that the kernel takes. @returns where the first one begins that it does not, or the block was full */
  private scanMany(at: number, limit: number): number {
    if (at >= limit) return at
    const before = this.block.count
    const { calls } = this.kernel
    const next = this.areLines ? calls.scanLines(at, limit) : calls.scan(at, limit)
    for (let row = before; this.leading > 0 && row < this.block.count; row++) this.lead(row)
    return next
  }

  /** Has the reference to read most lines of the file? The splitter is then given the rest. */
  private get isInVain(): boolean {
    return this.areLines && this.flow.isInVain
  }

  private lead(row: number): void {
    this.leading--
    this.block.markBad(row)
  }

  /** @returns where the next record begins; -1 where this one is not whole */
  private scanOne(at: number, limit: number, isLast: boolean): number {
    const { block, scanner } = this
    const row = block.count
    const result = scanner.scan(at, limit, isLast)
    const length = (result === 'record' ? block.read('end', row) : limit) - at
    if (length <= this.options.maxRecordBytes) {
      if (result === 'partial' && !isLast) return -1
      if (result === 'record') {
        const next = scanner.accept()
        if (this.leading > 0) this.lead(row)
        return next
      }
    }
    this.flow.flush()
    return this.detour(at, limit)
  }

  /**
   * Lets the splitter find the records from `at` on.
   *
   * @returns where the last record of its first batches ended; -1 where the bytes end before that: it then waits for more
   */
  private detour(at: number, limit: number): number {
    const { maxRecordBytes, plan } = this.options
    const before = this.kernel.calls.currentLine() - 1
    const delimiter = this.areLines ? null : utf8Of(plan.delimiter ?? ',')
    if (this.isInVain) this.isHandedOver = true
    this.splitter = new RecordSplitter({ delimiter, maxRecordBytes }, batch => this.takeBatch(batch, before))
    for (let from = at; from < limit; from += DETOUR_BYTES) {
      const split = this.feed(this.kernel.bytes.slice(from, Math.min(limit, from + DETOUR_BYTES)))
      if (split > 0 && !this.isHandedOver) return at + split
    }
    return this.isHandedOver ? limit : -1
  }

  /** Gives the splitter more bytes. @returns the bytes of its first batches, after which it is dropped; 0 before that */
  private feed(bytes: Uint8Array): number {
    this.split = 0
    this.splitter?.push(bytes)
    if (this.unterminated > MOST_UNTERMINATED) this.isHandedOver = true
    else if (this.split > 0 && !this.isHandedOver) this.splitter = null
    return this.split
  }

  private takeBatch(batch: RecordBatch, before: number): void {
    const lines = batch.lines.map(line => line + before)
    const last = batch.count - 1
    this.flow.detour({ ...batch, lines })
    for (const fault of batch.faults) if (fault === 'row/unterminated-quote') this.unterminated++
    this.leading = Math.max(0, this.leading - batch.count)
    const breaks = breaksIn(batch.bytes, batch.starts[last] ?? 0, batch.ends[last] ?? 0)
    this.kernel.calls.setLine((lines[last] ?? 0) + 1 + breaks)
    this.split += batch.end
    this.isLfDue = batch.bytes[batch.end - 1] === CR
  }
}

function breaksIn(bytes: Uint8Array, start: number, end: number): number {
  let breaks = 0
  for (let at = start; at < end; at++) {
    if (bytes[at] === 13 || (bytes[at] === 10 && bytes[at - 1] !== 13)) breaks++
  }
  return breaks
}
