import { AppError, invariant } from '#lib/errors'
import {
  ANSWER_NAMES,
  type AnswerName,
  type FilePlan,
  type ImportNote,
  type ImportOptions,
  type ImportSink,
  type NoteCode,
  type ReadResult,
} from '#schema/import'
import type { RowCondition } from '#schema/mapping'
import type { ColumnReader } from './column-reader.ts'
import { refuseEncoding } from './encoding.ts'
import { createEventSource } from './event-source.ts'
import { headerNotes } from './headers.ts'
import { RECORDS_KEY } from './json/element-splitter.ts'
import { listWords, type UnreadLists } from './json/unread-lists.ts'
import {
  correctionsOf,
  countHeld,
  type HeldKind,
  type HeldState,
  refuseAmbiguous,
  refuseMostlyHeld,
  shownReadings,
} from './judgement.ts'
import { createRecordSource, MAX_RECORD_BYTES } from './records/record-source.ts'
import { RowReader } from './row-reader.ts'
import { isNamedAfter } from './table-choice.ts'
import { unfilledNote } from './unfilled-fields.ts'

const NAMED_LINES = 5
/** Of those that a condition leaves out. */
const MOST_WORDS = 2

/** Reads one file from its bytes, in chunks of any size. */
export type FileReader = Readonly<{ push(chunk: Uint8Array): void; end(): ReadResult }>

/** Answers of the analyst, and the cap on the size of one record in bytes: 1 MiB where it is not given. */
export type ReaderOptions = ImportOptions & Readonly<{ maxRecordBytes?: number }>

/**
 * A reader for one file that is read by its plan.
 *
 * Every record ends in one of three places: rows go to `sink.entities` in runs of up to 5,000 or to `sink.events` in batches
 * of up to 16,384, faulty records to `sink.held`, blank ones are counted as skipped. Rows do not depend on how the file is
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
  const codes = new Map<string, HeldKind>()
  const rows: RowReader = new RowReader({
    plan,
    table,
    options,
    sink,
    onHeld(row) {
      countHeld(codes, row)
      if (2 * rows.counts.held > rows.counts.read) judgeHeld(false)
    },
  })
  const state: HeldState = { file: plan.file, table, counts: rows.counts, codes }
  const judgeHeld = (atEnd: boolean): void => {
    if (rows.counts.read < 200 && !atEnd) return
    refuseEncoding(plan, options, rows.encodingEvidence)
    // Rows may only be held because the head of the file suggested the wrong reading.
    const isSettled = rows.escapeEvidence.correction() === null && correctionsOf(plan, rows.readers) === null
    if (isSettled) refuseMostlyHeld(state, atEnd)
  }
  const maxRecordBytes = options.maxRecordBytes ?? MAX_RECORD_BYTES
  const source =
    createEventSource(plan, options, rows, maxRecordBytes) ?? createRecordSource(plan, rows, maxRecordBytes)
  let isOver = false
  return {
    push(chunk) {
      invariant(!isOver, 'a file is not read on after its end')
      rows.escapeEvidence.chunk(chunk)
      source.push(chunk)
    },
    end() {
      invariant(!isOver, 'a file ends once')
      isOver = true
      source.end()
      rows.flush()
      refuseEncoding(plan, options, rows.encodingEvidence)
      const backslashes = rows.escapeEvidence.correction()
      if (backslashes !== null) {
        return { status: 'redo', plan: { ...plan, escape: backslashes }, because: BACKSLASHES[backslashes] }
      }
      refuseAmbiguous(plan, rows.readers)
      const wrong = correctionsOf(plan, rows.readers)
      if (wrong !== null) {
        return { status: 'redo', plan: { ...plan, readings: wrong.readings }, because: wrong.because }
      }
      judgeHeld(true)
      const notes = notesOf(plan, rows)
      const warnings = notes.map(({ message }) => message)
      return { status: 'done', ...rows.counts, plan: provenPlan(plan, rows, options), warnings, notes }
    },
  }
}

/** The plan with what the whole file added: columns that JSON records first had later, and readings for them, and answers it took. */
function provenPlan(plan: FilePlan, rows: RowReader, options: ImportOptions): FilePlan {
  const isAsked = ANSWER_NAMES.some(name => options[name] !== undefined)
  return {
    ...plan,
    ...(isAsked ? { answered: answeredBy(plan, rows, options) } : {}),
    columns: rows.columns,
    readings: { ...shownReadings(rows.readers, rows.columns), ...plan.readings },
  }
}

function answeredBy(
  { format, recordsAt }: FilePlan,
  { readers }: RowReader,
  options: ImportOptions,
): readonly AnswerName[] {
  const ofColumns = new Set([...readers.values()].flatMap(reader => reader.answered()))
  const isTaken: Partial<Record<AnswerName, boolean>> = {
    recordsAt: options.recordsAt !== undefined && options.recordsAt === recordsAt,
    escape: options.escape !== undefined && format === 'csv',
  }
  return ANSWER_NAMES.filter(name => isTaken[name] ?? ofColumns.has(name))
}

/** What there is to know about the rows that were read. */
export function notesOf(plan: FilePlan, rows: RowReader): readonly ImportNote[] {
  const { table } = plan
  const late = rows.lateSecrets().map(header => ({ header, column: null, match: 'secret' as const }))
  const columns = [...rows.columns, ...late]
  const all = table === null ? [] : headerNotes(table, columns, isNamedAfter(table, plan.file))
  // A preset and a mapping say themselves which of two headers is meant.
  const headers = plan.source === undefined ? all : all.filter(({ code }) => code !== 'note/rival-columns')
  const readers = [...rows.readers.values()]
  return [
    ...headerLineNote(plan),
    ...encodingNote(plan),
    ...keyNotes(plan),
    ...quotesNote(plan, rows.counts.read),
    ...unreadListsNote(rows.unreadLists, plan.recordsAt),
    ...headers,
    ...domainNote(plan, columns),
    ...unfilledNote(plan, columns),
    ...rows.escapeEvidence.notes(),
    ...skippedNote('note/repeated-header', ['repeats the header', 'repeat the header'], rows.foreign?.headers ?? []),
    ...skippedNote('note/ruled-line', ['is a ruled line', 'are ruled lines'], rows.foreign?.ruled ?? []),
    ...skippedNote('note/type-row', TYPE_ROW, rows.foreign?.types ?? []),
    ...skippedNote('note/report-end', REPORT_END, rows.foreign?.ends ?? []),
    ...zoneNote(readers),
    ...readers.flatMap(reader => reader.notes()),
    ...(rows.amounts?.notes() ?? []),
    ...otherTablesNote(plan, rows.ofOtherTables()),
    ...repeatsNote(plan, rows.repeats()),
    ...emptyNote(plan, rows.counts.read - rows.counts.skipped),
  ]
}

const BACKSLASHES = {
  backslash: 'Records are broken unless a backslash escapes the character behind it',
  none: 'Records are broken where a backslash escapes the character behind it',
} as const

const TYPE_ROW = ['names the types or units of the columns', 'name the types or units of the columns'] as const

const REPORT_END = ['belongs to the end of a report', 'belong to the end of a report'] as const

function headerLineNote({ headerLine }: FilePlan): readonly ImportNote[] {
  if (headerLine === undefined) return []
  const above = headerLine - 1
  const message = `The header is on line ${headerLine}: the ${above === 1 ? 'line' : `${above} lines`} above it ${above === 1 ? 'is' : 'are'} not read.`
  return [{ code: 'note/above-header', column: '', count: above, lines: [1], message }]
}

const QUOTES = {
  rows: 'Each row stands in quotes as a whole',
  single: 'The texts stand in single quotes',
  typographic: 'The texts stand in typographic quotes',
} as const

function quotesNote({ quoting }: FilePlan, count: number): readonly ImportNote[] {
  if (quoting === undefined) return []
  const message = `${QUOTES[quoting]}, which are taken off.`
  return [{ code: 'note/quotes', column: '', count, lines: [], message }]
}

function encodingNote({ notIn }: FilePlan): readonly ImportNote[] {
  if (notIn === undefined) return []
  const message = `The file is UTF-8 to its end and read as that, not as ${notIn}, which was named for files like it. If it reads wrong so, name its encoding for this file alone.`
  return [{ code: 'note/encoding', column: '', count: 1, lines: [], message }]
}

function keyNotes({ keyDoubts = [] }: FilePlan): readonly ImportNote[] {
  return keyDoubts.map(({ field, files, message }) => {
    return { code: 'note/other-key', column: field, count: files.length, lines: [], message }
  })
}

function unreadListsNote({ lists, more }: UnreadLists, recordsAt = RECORDS_KEY): readonly ImportNote[] {
  if (lists.length === 0) return []
  const count = lists.reduce((total, { records }) => total + records, 0)
  const named = `${lists.map(listWords).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const message = `Of this file the list "${recordsAt}" is read by this import. Not read by it: ${named}. A list is chosen with Read the list on the board, or --records-at; one that was imported before stays imported.`
  return [{ code: 'note/unread-list', column: '', count, lines: lists.map(({ line }) => line), message }]
}

/** Domains are what most workspaces and people are matched to accounts by: that there are none shows nowhere else. */
function domainNote({ table, derived = [] }: FilePlan, columns: FilePlan['columns']): readonly ImportNote[] {
  if (table !== 'accounts') return []
  const filled = [...columns, ...derived].map(({ column }) => column ?? '')
  if (DOMAIN_FIELDS.some(field => filled.includes(field))) return []
  const message =
    'The file has no column of domains, such as Domain or Website. Nobody is matched to these accounts by the domain of an ' +
    'address or of a workspace; only ids that both sides have link them. Choose its column, or add one to the file.'
  return [{ code: 'note/no-domain', column: 'primary_domain', count: 1, lines: [], message }]
}

const DOMAIN_FIELDS = ['primary_domain', 'all_known_domains', 'sso_domain']

function skippedNote(
  code: NoteCode,
  [one, many]: readonly [one: string, many: string],
  lines: readonly number[],
): readonly ImportNote[] {
  const count = lines.length
  if (count === 0) return []
  const first = lines.slice(0, NAMED_LINES)
  const records = count === 1 ? `1 record ${one} and is` : `${count} records ${many} and are`
  const message = `${records} skipped: line ${first.join(', ')}${count > first.length ? ' and more' : ''}.`
  return [{ code, column: '', count, lines: first, message }]
}

function zoneNote(readers: readonly ColumnReader[]): readonly ImportNote[] {
  const columns = readers.filter(reader => reader.zoneless() > 0)
  if (columns.length === 0) return []
  const count = columns.reduce((total, reader) => total + reader.zoneless(), 0)
  const listed = columns.map(reader => `${reader.column} (${reader.zoneless()})`).join(', ')
  const message = `Times without an offset were read as UTC: ${listed}.`
  return [{ code: 'note/no-offset', column: columns[0]?.column ?? '', count, lines: [], message }]
}

function otherTablesNote({ table, when = [] }: FilePlan, count: number): readonly ImportNote[] {
  if (count === 0) return []
  const conditions = when.map(conditionText)
  const records = count === 1 ? '1 record is' : `${count} records are`
  const message = `${records} not of ${table} (where ${conditions.join(' and ')}) and skipped here.`
  return [{ code: 'note/other-table', column: '', count, lines: [], message }]
}

function conditionText({ path, in: wanted, notIn, isMissing, isFilled }: RowCondition): string {
  const words = (texts: readonly string[]): string => texts.map(text => (text === '' ? 'empty' : text)).join(' or ')
  if (wanted !== undefined) return `${path} is ${words(wanted)}`
  if (notIn !== undefined) return `${path} is not ${words(notIn.slice(0, MOST_WORDS))}`
  return `${path} is ${(isMissing ?? isFilled === false) ? 'empty' : 'filled'}`
}

/** An export that came out empty looks like one that was imported. */
function emptyNote({ format }: FilePlan, records: number): readonly ImportNote[] {
  if (records > 0) return []
  const message = format === 'csv' ? 'There is no record below the header.' : 'There is no record in the file.'
  return [{ code: 'note/no-records', column: '', count: 0, lines: [], message }]
}

function repeatsNote({ table }: FilePlan, count: number): readonly ImportNote[] {
  if (count === 0) return []
  const records = count === 1 ? '1 record says' : `${count} records say`
  const message = `${records} of ${table} what an earlier one says, and ${count === 1 ? 'counts' : 'count'} once.`
  return [{ code: 'note/repeated-keys', column: '', count, lines: [], message }]
}
