import type { FilePlan, ImportOptions } from '#schema/import'
import { createFastEventReader, type FastEventReader, type FastEvidence } from './events/index.ts'
import { behindMark, delimitedReader, type RecordSource } from './records/record-source.ts'
import type { RowReader } from './row-reader.ts'

/**
 * A source for delimited files of events: plain records go from their bytes into the columns of events, all others
 * through `rows`, which also gets to know what the plain ones prove.
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
  const { events: builder } = rows
  if (builder === null || options.dateFormat !== undefined || plan.headerLine !== undefined) return null
  let known: FastEvidence | null = null
  const reader: FastEventReader | null = createFastEventReader({
    plan,
    options,
    builder,
    maxRecordBytes,
    records: delimitedReader(plan, rows),
    rows(count, wideBytes, skipped) {
      if (reader !== null) known = observe(rows, known, reader.evidence())
      rows.added(count, wideBytes, skipped)
    },
  })
  return reader === null ? null : behindMark(plan.bomBytes, reader)
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
