import { AppError, invariant } from '#lib/errors'
import type { FilePlan, ImportOptions, ImportSink, ReadResult } from '#schema/import'
import type { ColumnReader } from './column-reader.ts'
import { refuseEncoding } from './encoding.ts'
import { createEventSource } from './event-source.ts'
import { headerWarnings } from './headers.ts'
import {
  correctionsOf,
  countHeld,
  type HeldState,
  refuseAmbiguous,
  refuseMostlyHeld,
  shownReadings,
} from './judgement.ts'
import { createRecordSource, MAX_RECORD_BYTES } from './records/record-source.ts'
import { RowReader } from './row-reader.ts'
import { isNamedAfter } from './table-choice.ts'

/** Reads one file from its bytes, in chunks of any size. */
export type FileReader = Readonly<{ push(chunk: Uint8Array): void; end(): ReadResult }>

/** Answers of the analyst, and the cap on the size of one record in bytes: 1 MiB where it is not given. */
export type ReaderOptions = ImportOptions & Readonly<{ maxRecordBytes?: number }>

/**
 * A reader for one file that is read by its plan.
 *
 * Every record ends in one of three places: rows go to `sink.entities` in runs of up to 5,000 or to `sink.events` in batches
 * of up to 65,536, faulty records to `sink.held`, blank ones are counted as skipped. Rows do not depend on how the file is
 * cut into chunks; where one batch of events ends may. How dates, numbers and epochs are read is proven over all rows while they are read by the plan's readings.
 *
 * @param plan a plan with a table, as `planFile` gives it
 * @param options the same that the plan was made with
 * @returns a reader whose `end` gives the accounting, or `redo` with a corrected plan where all rows together show another
 *   reading than the plan's: drop what was handed on and read the file again with it
 * @throws AppError `import/no-table` where the plan has no table; `push` and `end` throw `import/ambiguous` where a column or
 *   the encoding can be read in two ways that differ, `import/mostly-held` where more than half of the records are held,
 *   `import/not-readable` where a JSON document is broken between its records
 *
 * Source: docs/methods/import.md.
 */
export function createReader(plan: FilePlan, options: ReaderOptions, sink: ImportSink): FileReader {
  const { table } = plan
  if (table === null) throw new AppError('import/no-table', `${plan.file}: ${plan.reason}`, { file: plan.file })
  const codes = new Map<string, number>()
  const rows: RowReader = new RowReader({
    plan,
    table,
    options,
    sink,
    onHeld(code, column) {
      countHeld(codes, code, column)
      if (2 * rows.counts.held > rows.counts.read) judgeHeld(false)
    },
  })
  const state: HeldState = { file: plan.file, table, counts: rows.counts, codes }
  const judgeHeld = (atEnd: boolean): void => {
    if (rows.counts.read < 200 && !atEnd) return
    refuseEncoding(plan, options, rows.encodingEvidence)
    // Rows may only be held because the head of the file suggested the wrong reading.
    if (correctionsOf(plan, rows.readers) === null) refuseMostlyHeld(state, atEnd)
  }
  const maxRecordBytes = options.maxRecordBytes ?? MAX_RECORD_BYTES
  const source =
    createEventSource(plan, options, rows, maxRecordBytes) ?? createRecordSource(plan, rows, maxRecordBytes)
  let isOver = false
  return {
    push(chunk) {
      invariant(!isOver, 'a file is not read on after its end')
      source.push(chunk)
    },
    end() {
      invariant(!isOver, 'a file ends once')
      isOver = true
      source.end()
      rows.flush()
      refuseEncoding(plan, options, rows.encodingEvidence)
      refuseAmbiguous(plan, rows.readers)
      const wrong = correctionsOf(plan, rows.readers)
      if (wrong !== null) {
        return { status: 'redo', plan: { ...plan, readings: wrong.readings }, because: wrong.because }
      }
      judgeHeld(true)
      return { status: 'done', ...rows.counts, plan: provenPlan(plan, rows), warnings: warningsOf(plan, rows, options) }
    },
  }
}

/** The plan with what the whole file added: columns that JSON records first had later, and readings for them. */
function provenPlan(plan: FilePlan, rows: RowReader): FilePlan {
  return {
    ...plan,
    columns: rows.columns,
    readings: { ...shownReadings(rows.readers, rows.columns), ...plan.readings },
  }
}

function warningsOf(plan: FilePlan, rows: RowReader, options: ImportOptions): readonly string[] {
  const { table } = plan
  const late = rows.lateSecrets().map(header => ({ header, column: null, match: 'secret' as const }))
  const columns = [...rows.columns, ...late]
  const headers = table === null ? [] : headerWarnings(table, columns, isNamedAfter(table, plan.file))
  const readers = [...rows.readers.values()]
  return [...headers, ...zoneWarning(readers, options), ...readers.flatMap(reader => reader.notes())]
}

function zoneWarning(readers: readonly ColumnReader[], options: ImportOptions): readonly string[] {
  if (options.timeZone !== undefined) return []
  const columns = readers.flatMap(reader => (reader.zoneless() > 0 ? [`${reader.column} (${reader.zoneless()})`] : []))
  return columns.length === 0 ? [] : [`Times without an offset were read as UTC: ${columns.join(', ')}.`]
}
