import { AppError } from '#lib/errors'
import { utf8Of } from '#lib/utf8'
import type { FilePlan, HeldCode } from '#schema/import'
import { ElementSplitter, type StructureFault } from '../json/element-splitter.ts'
import { withoutTypes } from '../json/extended-json.ts'
import { isPlainObject } from '../json/json-cells.ts'
import { readJson } from '../json/json-text.ts'
import type { UnreadLists } from '../json/unread-lists.ts'
import { createTranscoder } from '../transcode.ts'
import { lenientText, strictText } from '../utf8-text.ts'
import type { EscapesSeen } from './escaped-fields.ts'
import { createSplitter } from './escaped-splitter.ts'
import { type FieldBatch, rawText, readRecords } from './fields.ts'
import { type Quoting, recut } from './other-quotes.ts'
import type { RecordBatch } from './record-batch.ts'
import { RecordSplitter } from './record-splitter.ts'

/** Text of record `i` of the batch at hand, as it stands in the file. */
export type RawText = (i: number) => string

/** A record that could not be taken apart. */
export type BrokenRecord = Readonly<{ line: number; code: HeldCode; raw: string; detail: string }>

/** What is done with the records of a file, in their order. */
export type RecordConsumer = Readonly<{
  /** The fields of a delimited record. */
  fields(cells: readonly string[], line: number, raw: RawText, i: number): void
  /** A JSON object. */
  object(value: Readonly<Record<string, unknown>>, line: number, raw: string): void
  broken(record: BrokenRecord): void
  blank(): void
  /** Where backslashes escape: what was seen of that in the next record. */
  escapes?(line: number, seen: EscapesSeen): void
  /** Bytes beyond one per UTF-16 unit in readable records, and records that are not valid UTF-8, with the bytes of one. */
  encoding(wideBytes: number, unreadable: number, sample: Uint8Array | null): void
  /** At the end of a JSON document: lists of records beside the one that was read, where there are any. */
  unread?(found: UnreadLists): void
}>

export type RecordSource = Readonly<{ push(chunk: Uint8Array): void; end(): void }>

/** The part of a plan that says how bytes become records. */
export type Layout = Pick<
  FilePlan,
  | 'file'
  | 'format'
  | 'delimiter'
  | 'encoding'
  | 'bomBytes'
  | 'hasSepLine'
  | 'headerLine'
  | 'skipsBlanks'
  | 'quoting'
  | 'escape'
  | 'recordsAt'
>

/** What a line of JSON may begin with: the mark of a file that was put together with others, the separator of RFC 7464. */
const LINE_MARKS = ['\ufeff', '\u001e']

/** Bytes of one record by default. */
export const MAX_RECORD_BYTES = 1 << 20

/**
 * Turns the bytes of a file into records: the byte order mark cut off, converted to UTF-8, split, decoded and taken apart.
 * The header of a delimited file comes as its first record; the `sep=` line and what stands above the header do not come at all.
 *
 * @param layout a plan whose format is known
 * @param maxRecordBytes cap on the size of one record
 *
 * Source: docs/methods/import.md, "Records".
 */
export function createRecordSource(
  layout: Layout,
  consumer: RecordConsumer,
  maxRecordBytes = MAX_RECORD_BYTES,
): RecordSource {
  return inUtf8(layout, innerSource(layout, consumer, maxRecordBytes))
}

/** The same source for the bytes of a file: `inner` gets them without their byte order mark and converted to UTF-8. */
export function inUtf8(
  { bomBytes, encoding }: Pick<Layout, 'bomBytes' | 'encoding'>,
  inner: RecordSource,
): RecordSource {
  const transcoder = createTranscoder(encoding)
  let due = bomBytes
  return {
    push(chunk) {
      const cut = Math.min(due, chunk.length)
      due -= cut
      if (cut < chunk.length) inner.push(transcoder.push(cut === 0 ? chunk : chunk.subarray(cut)))
    },
    end() {
      const rest = transcoder.end()
      if (rest.length > 0) inner.push(rest)
      inner.end()
    },
  }
}

function innerSource(layout: Layout, consumer: RecordConsumer, maxRecordBytes: number): RecordSource {
  if (layout.format === 'json') return documentSource(layout, consumer, maxRecordBytes)
  if (layout.format === 'jsonl') {
    return new RecordSplitter({ delimiter: null, maxRecordBytes }, batch => readLines(batch, consumer))
  }
  const delimiter = utf8Of(layout.delimiter ?? ',')
  const { skipsBlanks } = layout
  const isEscaped = layout.escape === 'backslash'
  return createSplitter({ delimiter, maxRecordBytes, skipsBlanks }, isEscaped, delimitedReader(layout, consumer))
}

/** What is done with the batches of a delimited file, the first one beginning with its first record. */
export function delimitedReader(layout: Layout, consumer: RecordConsumer): (batch: RecordBatch) => void {
  const first = layout.headerLine ?? (layout.hasSepLine ? 2 : 1)
  let isBelow = first > 1
  return batch => {
    let from = 0
    if (isBelow) {
      while (from < batch.count && (batch.lines[from] ?? 0) < first) from++
      isBelow = from === batch.count
    }
    const { skipsBlanks } = layout
    const delimiter = layout.delimiter ?? ','
    const read = readRecords(batch, layout.escape === 'backslash', { delimiter, skipsBlanks })
    const found = layout.quoting === undefined ? read : inOtherQuotes(batch, read, layout.quoting, delimiter)
    readDelimited(batch, found, from, consumer)
  }
}

function inOtherQuotes(batch: RecordBatch, found: FieldBatch, quoting: Quoting, delimiter: string): FieldBatch {
  const records = found.records.map((cells, i) =>
    typeof cells === 'string' ? cells : recut(rawText(batch, i), cells, { delimiter, quoting }),
  )
  return { ...found, records }
}

function readDelimited(batch: RecordBatch, found: FieldBatch, from: number, consumer: RecordConsumer): void {
  const { records, wideBytes, unreadable, escaped } = found
  const raw: RawText = i => rawText(batch, i)
  if (wideBytes > 0 || unreadable > 0) {
    const at = records.indexOf('row/bad-encoding')
    const sample = at < 0 ? null : batch.bytes.subarray(batch.starts[at], batch.ends[at])
    consumer.encoding(wideBytes, unreadable, sample)
  }
  for (let i = from; i < batch.count; i++) {
    // Within range: records and lines have one entry per record of the batch.
    const record = records[i] as readonly string[] | HeldCode
    const line = batch.lines[i] as number
    const cut = escaped?.[i]
    if (cut?.isEscaped || cut?.isOdd) consumer.escapes?.(line, cut)
    if (typeof record === 'string') consumer.broken({ line, code: record, raw: raw(i), detail: '' })
    else if (isBlank(record[0] ?? '') && record.every(isBlank)) consumer.blank()
    else consumer.fields(record, line, raw, i)
  }
}

function isBlank(cell: string): boolean {
  return cell === '' || cell.trim() === ''
}

/** What is done with a batch of JSON Lines. */
export function readLines(batch: RecordBatch, consumer: RecordConsumer): void {
  readBatch(batch, consumer, true)
}

/** What is done with records of a JSON document. */
export function readElements(batch: RecordBatch, consumer: RecordConsumer): void {
  readBatch(batch, consumer, false)
}

function readBatch(batch: RecordBatch, consumer: RecordConsumer, areLines: boolean): void {
  for (let i = 0; i < batch.count; i++) {
    const bytes = batch.bytes.subarray(batch.starts[i], batch.ends[i])
    const fault = batch.faults[i] ?? 'none'
    readElement({ bytes, line: batch.lines[i] ?? 0, fault }, consumer, areLines)
  }
}

function documentSource({ file, recordsAt }: Layout, consumer: RecordConsumer, maxBytes: number): RecordSource {
  const splitter = new ElementSplitter(
    maxBytes,
    (bytes, line, fault) => readElement({ bytes, line, fault }, consumer, false),
    fault => refuseDocument(file, fault),
    recordsAt,
  )
  return {
    push: chunk => splitter.push(chunk),
    end() {
      splitter.end()
      const found = splitter.unreadLists()
      if (found.lists.length > 0) consumer.unread?.(found)
    },
  }
}

/** @throws AppError import/not-readable: nothing behind the fault can be read */
export function refuseDocument(file: string, { line, byte, message }: StructureFault): never {
  const said = `${file} is not valid JSON: line ${line}: ${message}`
  throw new AppError('import/not-readable', said, { file, line, byte })
}

type Element = Readonly<{ bytes: Uint8Array; line: number; fault: HeldCode | 'none' }>

function readElement({ bytes, line, fault }: Element, consumer: RecordConsumer, isLine: boolean): void {
  const broken = (code: HeldCode, detail: string): void => {
    consumer.broken({ line, code, raw: lenientText(bytes), detail })
  }
  if (fault !== 'none') {
    broken(fault, '')
    return
  }
  const given = strictText(bytes)
  if (given === null) {
    consumer.encoding(0, 1, bytes)
    broken('row/bad-encoding', '')
    return
  }
  if (bytes.length > given.length) consumer.encoding(bytes.length - given.length, 0, null)
  const text = isLine && LINE_MARKS.includes(given[0] ?? '') ? given.slice(1) : given
  if (isLine && text.trim() === '') {
    consumer.blank()
    return
  }
  const read = readJson(text)
  if (read.fault !== null) {
    const { kind, offset, message } = read.fault
    broken(kind === 'depth' ? 'row/too-deep' : 'row/not-json', `${message} at character ${offset + 1}`)
  } else if (isPlainObject(read.value)) consumer.object(withoutTypes(read.value), line, text)
  else broken('row/not-an-object', '')
}
