import { byteSource } from '#lib/byte-source'
import { textOfUtf8 } from '#lib/utf8'
import { EVENT_CODES, type EventBatch, type FilePlan, type HeldRow, type ImportOptions } from '#schema/import'
import { createEventBuilder, createFastEventReader, type EventRecord } from '../../../../core/import/events/index.ts'
import { matchHeaders } from '../../../../core/import/headers.ts'
import { rawText, readRecords } from '../../../../core/import/records/fields.ts'
import type { RecordBatch } from '../../../../core/import/records/record-batch.ts'
import { createRecordSource } from '../../../../core/import/records/record-source.ts'
import { RowReader } from '../../../../core/import/row-reader.ts'

/** All that reading a file comes to. */
export type Outcome = Readonly<{
  rows: readonly EventRecord[]
  hashes: readonly string[]
  held: readonly HeldRow[]
  read: number
  emitted: number
  skipped: number
  wideBytes: number
  unreadable: number
  verdicts: readonly unknown[]
  /** How the times and weights tally, as the plan's proof sees them. */
  texts: Readonly<Record<string, readonly string[]>>
}>

export type Setting = Readonly<{
  header: readonly string[]
  delimiter?: string
  hasSepLine?: boolean
  readings?: FilePlan['readings']
  options?: ImportOptions
  maxRecordBytes?: number
}>

export function planOf({ header, delimiter = ',', hasSepLine = false, readings = {} }: Setting): FilePlan {
  return {
    file: 'events.csv',
    format: 'csv',
    delimiter,
    encoding: 'utf-8',
    bomBytes: 0,
    hasSepLine,
    table: 'events',
    reason: '',
    columns: matchHeaders('events', header, true).columns,
    readings,
  }
}

/** The id of a row, in whichever of the two forms the batch has them. */
export function idOf({ id, uuids }: EventBatch, row: number): string {
  if (uuids === null) return textOfUtf8(id.bytes, id.offsets[row], id.offsets[row + 1])
  const hex = Buffer.from(uuids.subarray(16 * row, 16 * row + 16)).toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Rows of a batch as records again. */
export function recordsOf(batch: EventBatch): readonly EventRecord[] {
  const text = ({ offsets, bytes }: EventBatch['id'], i: number) => textOfUtf8(bytes, offsets[i], offsets[i + 1])
  return Array.from({ length: batch.count }, (_, i) => {
    const codes = Object.fromEntries(
      EVENT_CODES.map(kind => [kind, batch.dictionaries[kind].text(batch.codes[kind][i]!)]),
    )
    return {
      line: batch.line[i]!,
      eventId: idOf(batch, i),
      timestamp: batch.timestamp[i]!,
      isDate: batch.isDate[i] === 1,
      isKeyEvent: [null, false, true][batch.isKeyEvent[i]!] ?? null,
      weight: Number.isNaN(batch.weight[i]!) ? null : batch.weight[i]!,
      properties: text(batch.properties, i),
      custom: text(batch.custom, i),
      ...(codes as Record<(typeof EVENT_CODES)[number], string>),
    }
  })
}

const hashesOf = (batch: EventBatch): readonly string[] =>
  Array.from({ length: batch.count }, (_, i) =>
    [...batch.idHash.subarray(2 * i, 2 * i + 2), ...batch.contentHash.subarray(2 * i, 2 * i + 2)].join(' '),
  )

function reader(setting: Setting, onEvents: (batch: EventBatch) => void) {
  const held: HeldRow[] = []
  const plan = planOf(setting)
  const rows = new RowReader({
    plan,
    table: 'events',
    options: setting.options ?? {},
    sink: { entities: () => {}, events: onEvents, held: list => void held.push(...list) },
    onHeld: () => {},
  })
  return { plan, rows, held }
}

function outcome(
  { rows, held }: ReturnType<typeof reader>,
  batches: readonly EventBatch[],
  fast: { rows: number; wideBytes: number },
): Outcome {
  const last = batches.at(-1)
  return {
    rows: batches.flatMap(recordsOf),
    hashes: batches.flatMap(hashesOf),
    held,
    read: rows.counts.read + fast.rows,
    emitted: rows.counts.emitted + fast.rows,
    skipped: rows.counts.skipped,
    wideBytes: rows.encodingEvidence.wideBytes + fast.wideBytes,
    unreadable: rows.encodingEvidence.unreadable,
    verdicts: [],
    texts: Object.fromEntries(
      EVENT_CODES.map(kind => {
        const dictionary = last?.dictionaries[kind]
        return [kind, Array.from({ length: dictionary?.size ?? 0 }, (_, i) => dictionary?.text(i + 1) ?? '')]
      }),
    ),
  }
}

/** Reads a file the reference way. */
export function readReference(setting: Setting, chunks: readonly Uint8Array[]): Outcome {
  const batches: EventBatch[] = []
  const parts = reader(setting, batch => batches.push(batch))
  const source = createRecordSource(parts.plan, parts.rows, setting.maxRecordBytes)
  for (const chunk of chunks) source.push(chunk)
  source.end()
  parts.rows.flush()
  return outcome(parts, batches, { rows: 0, wideBytes: 0 })
}

/** Reads a file the fast way, with the reference beside it. `fastRows`: rows that the reference has not seen. */
export function readFast(setting: Setting, chunks: readonly Uint8Array[]): Outcome & { fastRows: number } {
  const builder = createEventBuilder()
  const batches: EventBatch[] = []
  const parts = reader(setting, batch => {
    for (const record of recordsOf(batch)) builder.add(record)
  })
  const fast = { rows: 0, wideBytes: 0 }
  let isFirst = setting.hasSepLine === true
  const take = () => {
    if (builder.count > 0) batches.push(builder.take())
  }
  const source = createFastEventReader({
    plan: parts.plan,
    options: setting.options ?? {},
    builder,
    maxRecordBytes: setting.maxRecordBytes ?? 1 << 20,
    records(batch) {
      consume(batch, parts.plan.delimiter ?? ',', isFirst ? 1 : 0, parts.rows)
      isFirst = false
      parts.rows.flush()
    },
    rows(count, wideBytes) {
      fast.rows += count
      fast.wideBytes += wideBytes
      if (builder.count >= 65_536) take()
    },
  })
  if (source === null) throw new Error('the fast reader refused the plan')
  for (const chunk of chunks) source.push(chunk)
  source.end()
  take()
  return { ...outcome(parts, batches, fast), fastRows: fast.rows }
}

/** What the reference does with a batch of records. */
function consume(batch: RecordBatch, delimiter: string, from: number, rows: RowReader): void {
  const { records, wideBytes, unreadable } = readRecords(batch, false, { delimiter })
  const raw = (i: number) => rawText(batch, i)
  if (wideBytes > 0 || unreadable > 0) rows.encoding(wideBytes, unreadable, null)
  for (let i = from; i < batch.count; i++) {
    const record = records[i]!
    const line = batch.lines[i]!
    if (typeof record === 'string') rows.broken({ line, code: record, raw: raw(i), detail: '' })
    else if (record.every(cell => cell.trim() === '')) rows.blank()
    else rows.fields(record, line, raw, i)
  }
}

/** A file cut into chunks of the given sizes, over and over; each chunk is overwritten after it was read. */
export function chunksOf(bytes: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const size = sizes[chunks.length % sizes.length] ?? bytes.length
    chunks.push(bytes.slice(at, at + size))
    at += size
  }
  return chunks
}

export const sourceOf = (text: string) => byteSource(new TextEncoder().encode(text))
