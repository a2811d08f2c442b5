import type { FilePlan, ImportOptions } from '#schema/import'
import { createEventBuilder, createFastEventReader, type FastEventReader, type FastEvidence } from './events/index.ts'
import type { RecordBatch } from './records/record-batch.ts'
import {
  delimitedReader,
  inUtf8,
  type RecordSource,
  readElements,
  readLines,
  refuseDocument,
} from './records/record-source.ts'
import type { RowReader } from './row-reader.ts'

/**
 * A source for files of events, delimited or JSON: plain records go from their bytes into the columns of events, all others
 * through `rows`, which also gets to know what the plain ones prove. JSON that feeds another table too: records that its
 * conditions rule out are counted, the others go through `rows`.
 *
 * @returns null where the file can only be read through `rows`: other tables, and plans that work fields out in ways that
 *   only these know
 *
 * Source: docs/methods/events.md.
 */
export function createEventSource(
  plan: FilePlan,
  options: ImportOptions,
  rows: RowReader,
  maxRecordBytes: number,
): RecordSource | null {
  // Of other tables, records are ruled out only.
  const builder = rows.events ?? (plan.format !== 'csv' && plan.when !== undefined ? createEventBuilder() : null)
  const isOdd =
    plan.headerLine !== undefined || plan.skipsBlanks || plan.quoting !== undefined || plan.escape === 'backslash'
  if (builder === null || options.dateFormat !== undefined || isOdd) return null
  let known: FastEvidence | null = null
  const reader: FastEventReader | null = createFastEventReader({
    plan,
    options,
    builder,
    maxRecordBytes,
    records: recordReader(plan, rows),
    document: { refuse: fault => refuseDocument(plan.file, fault), unread: found => rows.unread(found) },
    rows(count, wideBytes, skipped) {
      if (reader !== null) known = observe(rows, known, reader.evidence())
      rows.added(count, wideBytes, skipped)
    },
  })
  return reader === null ? null : inUtf8(plan, reader)
}

function recordReader(plan: FilePlan, rows: RowReader): (batch: RecordBatch) => void {
  if (plan.format === 'csv') return delimitedReader(plan, rows)
  return plan.format === 'json' ? batch => readElements(batch, rows) : batch => readLines(batch, rows)
}

/** Hands on what is new in the evidence, which counts from the start of the file. */
function observe(rows: RowReader, before: FastEvidence | null, now: FastEvidence): FastEvidence {
  const fresh = Object.entries(now.timestamp).map(([name, count]): [string, number] => [
    name,
    count - (new Map(Object.entries(before?.timestamp ?? {})).get(name) ?? 0),
  ])
  rows.readers.get('timestamp')?.observe(Object.fromEntries(fresh))
  rows.readers.get('event_weight')?.observe({ point: now.weightPoints - (before?.weightPoints ?? 0) })
  return { timestamp: { ...now.timestamp }, weightPoints: now.weightPoints }
}
