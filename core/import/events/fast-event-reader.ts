import { type ByteSource, byteSource } from '#lib/byte-source'
import { isUtf8, utf8Of } from '#lib/utf8'
import type { FilePlan, ImportOptions } from '#schema/import'
import type { RecordBatch } from '../records/record-batch.ts'
import { RecordSplitter } from '../records/record-splitter.ts'
import type { EventBuilder } from './event-builder.ts'
import { fastFields } from './fast-fields.ts'
import { type FastEvidence, FastRows } from './fast-rows.ts'
import { BLOCK_ROWS, RecordBlock } from './record-block.ts'
import { RecordScanner } from './record-scanner.ts'

export type FastEventOptions = Readonly<{
  plan: FilePlan
  /** The answers the file is read with. */
  options: ImportOptions
  /** Takes all rows of the file in their order, also those that `records` adds. */
  builder: EventBuilder
  maxRecordBytes: number
  /**
   * The reference path: records that are not plainly readable, in file order, whole as the splitter gives them. Rows go to
   * `builder`. The first records of the file, `sep=` line and header, come this way.
   */
  records(batch: RecordBatch): void
  /**
   * Rows were added to `builder` in the fast way: how many, and the bytes beyond one per UTF-16 unit in their records.
   * Called at least every 65,536 rows and before `records`; the place to take a batch.
   */
  rows(count: number, wideBytes: number): void
}>

export type FastEventReader = Readonly<{
  /** Bytes of the file behind its byte order mark. */
  push(chunk: Uint8Array): void
  end(): void
  /** What the rows so far prove. */
  evidence(): FastEvidence
}>

const MOST_ROWS = 65_536
/** Bytes appended at a time to a record that began in an earlier chunk. */
const PIECE_BYTES = 4096
const DETOUR_BYTES = 1 << 17
/**
 * Quotes without an end after which the rest of the file is left to one splitter: each makes it read up to a record's cap
 * twice, and how often it may do so it has to know by itself.
 */
const MOST_UNTERMINATED = 7
const LF = 10
const CR = 13

/**
 * Reads a delimited file of events from its bytes, without a string per cell: records are found by a scan for delimiters
 * and quotes, texts looked up in dictionaries of bytes, times, ids and JSON read from bytes. Whatever is not plainly
 * readable (odd quotes, another number of fields, a value that is no plain one, invalid UTF-8) is handed to the reference
 * path record by record, so that rows, order, lines and held rows are those of that path.
 *
 * @returns null where the file is not one that can be read this way: another table, format or encoding, no name or time
 *
 * Source: docs/methods/events.md, "Two readers".
 */
export function createFastEventReader(options: FastEventOptions): FastEventReader | null {
  const fields = fastFields(options.plan)
  const { delimiter } = options.plan
  if (fields === null || delimiter === null) return null
  const rows = new FastRows(options.builder.columns, fields, options.plan, options.options)
  const block = new RecordBlock(fields.length)
  const reading = new Reading(options, rows, block, new RecordScanner(block, delimiter.charCodeAt(0)))
  return {
    push: chunk => reading.push(chunk),
    end: () => reading.end(),
    evidence: () => rows.evidence,
  }
}

class Reading {
  private readonly options: FastEventOptions
  private readonly rows: FastRows
  private readonly scanner: RecordScanner
  private readonly block: RecordBlock
  /** Records at the start that go to the reference whatever they look like. */
  private leading: number
  private line = 1
  /** The start of a record whose end has not been seen: carry.bytes[0 .. carried). */
  private carry = byteSource(new Uint8Array(1 << 16))
  private carried = 0
  /** A splitter that was given all of the carry, where only it can find the end of the record. */
  private splitter: RecordSplitter | null = null
  /** Bytes of the batch that the splitter gave last, 0 where it has given none. */
  private split = 0
  /** Was the byte before the next record a CR, so that an LF there still belongs to it? */
  private isLfDue = false
  private unterminated = 0
  /** The splitter has the rest of the file. */
  private isHandedOver = false
  private count = 0
  private wideBytes = 0

  constructor(options: FastEventOptions, rows: FastRows, block: RecordBlock, scanner: RecordScanner) {
    this.options = options
    this.rows = rows
    this.block = block
    this.scanner = scanner
    this.leading = options.plan.hasSepLine ? 2 : 1
    options.builder.columns.areCodesHeld = true
  }

  push(chunk: Uint8Array): void {
    let at = 0
    while (this.carried > 0 && at < chunk.length) at = this.fillCarry(chunk, at)
    if (this.isHandedOver) this.splitter?.push(chunk.subarray(at))
    if (this.isHandedOver || at === chunk.length) return
    const next = this.read(byteSource(chunk), at, chunk.length, false)
    if (next < chunk.length) this.keep(chunk.subarray(next))
  }

  end(): void {
    if (this.carried > 0 && this.splitter === null) this.read(this.carry, 0, this.carried, true)
    this.splitter?.end()
    this.report()
  }

  /** Appends a piece of the chunk to the carry and reads what is there. @returns where to go on in the chunk */
  private fillCarry(chunk: Uint8Array, at: number): number {
    const before = this.carried
    const length = this.splitter === null ? Math.max(PIECE_BYTES, before) : DETOUR_BYTES
    const piece = chunk.subarray(at, at + length)
    this.keep(piece)
    const from = this.splitter === null ? 0 : this.feed(piece)
    if (this.isHandedOver) {
      this.carried = 0
      return at + piece.length
    }
    const next = this.splitter === null ? this.read(this.carry, from, this.carried, false) : 0
    const isBehind = next >= before && this.splitter === null
    // What is left of the chunk is read where it lies, unless a splitter has been given it as a part of the carry.
    if (isBehind) this.carried = 0
    else this.dropFromCarry(next)
    return isBehind ? at + next - before : at + piece.length
  }

  private keep(bytes: Uint8Array): void {
    const needed = this.carried + bytes.length
    if (needed > this.carry.bytes.length) {
      const wider = new Uint8Array(2 * needed)
      wider.set(this.carry.bytes.subarray(0, this.carried))
      this.carry = byteSource(wider)
    }
    this.carry.bytes.set(bytes, this.carried)
    this.carried = needed
  }

  private dropFromCarry(count: number): void {
    this.carry.bytes.copyWithin(0, count, this.carried)
    this.carried -= count
  }

  /** Reads whole records. @returns where the first one begins that is not whole */
  private read(source: ByteSource, from: number, limit: number, isLast: boolean): number {
    this.block.source = source
    let at = from
    for (;;) {
      if (at < limit && this.isLfDue) {
        this.isLfDue = false
        if (source.bytes[at] === LF) at++
      }
      const next = at < limit ? this.scanOne(source, at, limit, isLast) : -1
      if (next < 0) {
        this.flush()
        return at
      }
      at = next
      if (this.block.count === BLOCK_ROWS) this.flush()
    }
  }

  /** @returns where the next record begins; -1 where this one is not whole */
  private scanOne(source: ByteSource, at: number, limit: number, isLast: boolean): number {
    const { block, scanner } = this
    const { bytes } = source
    const row = block.count
    const result = scanner.scan(source, at, limit, isLast)
    // Within range: a block is flushed when it is full.
    const length = (result === 'record' ? (block.end[row] as number) : limit) - at
    if (length <= this.options.maxRecordBytes) {
      if (result === 'partial' && !isLast) return -1
      if (result === 'record') {
        this.addRow(bytes, row)
        return block.next[row] as number
      }
    }
    this.flush()
    return this.detour(bytes, at, limit)
  }

  private addRow(bytes: Uint8Array, row: number): void {
    const { block } = this
    block.line[row] = this.line
    this.line += 1 + this.scanner.breaks
    if (this.leading > 0) {
      this.leading--
      block.isBad[row] = 1
    }
    const isWide = block.isWide[row] !== 0
    if (isWide && !isUtf8(bytes, block.from[row] as number, block.end[row] as number)) block.isBad[row] = 1
    block.count = row + 1
  }

  /** Reads the records of the block: runs of plain ones in the fast way, the others by the reference. */
  private flush(): void {
    const { block } = this
    if (block.count === 0) return
    this.options.builder.columns.renew()
    this.rows.look(block)
    for (let row = 0; row < block.count; ) {
      const end = this.runEnd(row)
      if (end === row) this.handOver(row++)
      else {
        this.rows.write(block, row, end)
        this.count += end - row
        for (; row < end; row++) {
          if (block.isWide[row] !== 0) {
            this.wideBytes += wideBytesOf(block.source.bytes, block.from[row] as number, block.end[row] as number)
          }
        }
      }
    }
    block.clear()
    if (this.options.builder.count > MOST_ROWS - BLOCK_ROWS) this.report()
  }

  /** Where the run of plain rows ends that begins with this one. */
  private runEnd(row: number): number {
    let end = row
    while (end < this.block.count && this.block.isBad[end] === 0) end++
    return end
  }

  private handOver(row: number): void {
    this.report()
    const { block } = this
    // Within range: a row of the block.
    this.options.records({
      count: 1,
      bytes: block.source.bytes,
      starts: [block.from[row] as number],
      ends: [block.end[row] as number],
      lines: [block.line[row] as number],
      faults: ['none'],
      isClean: true,
      end: block.next[row] as number,
      newline: null,
    })
  }

  private report(): void {
    if (this.count > 0 || this.wideBytes > 0) this.options.rows(this.count, this.wideBytes)
    this.count = 0
    this.wideBytes = 0
  }

  /**
   * Lets the splitter find the records from `at` on.
   *
   * @returns where the last record of its first batch ended; -1 where the bytes end before that: it then waits for more
   */
  private detour(bytes: Uint8Array, at: number, limit: number): number {
    const { maxRecordBytes, plan } = this.options
    const before = this.line - 1
    this.splitter = new RecordSplitter({ delimiter: utf8Of(plan.delimiter ?? ','), maxRecordBytes }, batch =>
      this.takeBatch(batch, before),
    )
    for (let from = at; from < limit; from += DETOUR_BYTES) {
      const split = this.feed(bytes.subarray(from, Math.min(limit, from + DETOUR_BYTES)))
      if (split > 0 && !this.isHandedOver) return at + split
    }
    return this.isHandedOver ? limit : -1
  }

  /** Gives the splitter more bytes. @returns the bytes of its first batch, after which it is dropped; 0 before that */
  private feed(bytes: Uint8Array): number {
    this.split = 0
    this.splitter?.push(bytes)
    if (this.unterminated > MOST_UNTERMINATED) this.isHandedOver = true
    else if (this.split > 0) this.splitter = null
    return this.split
  }

  private takeBatch(batch: RecordBatch, before: number): void {
    this.report()
    const lines = batch.lines.map(line => line + before)
    const last = batch.count - 1
    this.options.records({ ...batch, lines })
    for (const fault of batch.faults) if (fault === 'row/unterminated-quote') this.unterminated++
    this.leading = Math.max(0, this.leading - batch.count)
    this.line = (lines[last] ?? 0) + 1 + breaksIn(batch.bytes, batch.starts[last] ?? 0, batch.ends[last] ?? 0)
    this.split = batch.end
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

/** Bytes beyond one per UTF-16 unit: one for a sequence of two, two for one of three or four. */
function wideBytesOf(bytes: Uint8Array, start: number, end: number): number {
  let wide = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte >= 0xc0) wide += byte < 0xe0 ? 1 : 2
  }
  return wide
}
