import { invariant } from '#lib/errors'
import type { FilePlan, HeldCode, ImportOptions, ImportSink, Reading } from '#schema/import'
import { describedRows } from './described-rows.ts'
import {
  type EncodingEvidence,
  type EncodingGuess,
  encodingEvidence,
  guessEncoding,
  refuseEncoding,
  utf8Head,
} from './encoding.ts'
import { withEscape } from './escape-head.ts'
import { createEventSource } from './event-source.ts'
import { foreignJson, foreignText, printedTable, quotedNames } from './foreign-text.ts'
import { guessFormat } from './format.ts'
import { type HeadFault, readHead } from './head-records.ts'
import { type HeaderCandidate, headersBelow } from './header-line.ts'
import { namesOfPath } from './json/list-path.ts'
import { listsOfRecords, type UnreadList } from './json/unread-lists.ts'
import { shownReadings } from './judgement.ts'
import { likelyReadings } from './likely-encodings.ts'
import { answersOf, optionsOf } from './mapping-answers.ts'
import { listAbsent, listElsewhere, listOfMapping, listsNamed, offerFor, withList } from './plan-lists.ts'
import { type MappingOffer, type RecognisedTable, recognise } from './recognition.ts'
import { createRecordSource, type Layout, MAX_RECORD_BYTES } from './records/record-source.ts'
import { RowReader } from './row-reader.ts'
import { lenientText } from './utf8-text.ts'

/** What `planFile` looks at. */
export type FileHead = Readonly<{
  /** Name of the file, with or without folders. */
  file: string
  /** Its first bytes, decompressed; 1 MiB is plenty. */
  head: Uint8Array
  /** Bytes of the whole file, decompressed; null where unknown. */
  size: number | null
  /** Is `head` all of the file? */
  isWhole: boolean
  options: ImportOptions
  /** Mappings that may say how it is read. */
  mappings?: MappingOffer | undefined
  /** Held rows that come back: asked for their encoding, though they feed no table. */
  isGivenBack?: boolean
  /** Are `readings` left out? They are most of the work, and only who reads the file needs them. */
  leavesReadings?: boolean
}>

/** JSON records whose keys make the columns of the plan. */
const HEAD_OBJECTS = 2000
/** Bytes by which text of another kind is known. */
const SNIFFED_BYTES = 1 << 13
/**
 * Says how a file will be read, from its first bytes: encoding, format, table, columns, and the readings that the values
 * there suggest. The proof over all rows comes while the file is read.
 *
 * @returns a plan; its table is null and its reason says why where the file is empty, no text, or fits no table
 * @throws AppError `import/ambiguous` where the file fits a table, or is given back, but is not UTF-8 and no encoding is given;
 *   `usage/bad-argument` where the encoding or the zone given does not exist
 *
 * Source: docs/methods/import.md.
 */
export function planFile(head: FileHead): FilePlan {
  const [first] = planTables(head)
  invariant(first !== undefined, 'a file has a plan')
  return first
}

/** What Spark and Hadoop leave beside the parts of an export. */
const OF_SPARK = /(?:^|[\\/])_(?:SUCCESS|(?:started|committed)_\d+)$/
const NO_PART = 'A mark that Spark or Hadoop leaves beside the parts of an export; it holds no data'

/**
 * The same for every table that the file feeds: a file of calls holds events, users and workspaces. Each plan reads the
 * whole file and skips the rows of the others.
 *
 * @returns at least one plan; one without a table where the file feeds none
 * @throws as `planFile`
 */
export function planTables(given: FileHead): readonly FilePlan[] {
  const { file, head, size, isWhole } = given
  const options = optionsOf(given)
  const isAll = isWhole || (size !== null && size <= head.length)
  const guess = guessEncoding(head, options)
  if (OF_SPARK.test(file)) return [unknownPlan(file, guess, NO_PART)]
  if (guess.unreadable !== null) return [unknownPlan(file, guess, guess.unreadable)]
  if (head.length === guess.bomBytes) return [unknownPlan(file, guess, 'The file is empty')]
  return tablesOf({ ...given, options }, guess, isAll)
}

function tablesOf(given: FileHead, guess: EncodingGuess, isAll: boolean): readonly FilePlan[] {
  const { file, head, options, mappings = {} } = given
  const plain = utf8Head(head, guess, isAll)
  const bytes = isAll ? plain : wholeLines(plain)
  const evidence = encodingEvidence(bytes)
  const guessed: Layout = {
    file,
    delimiter: null,
    hasSepLine: false,
    ...guessFormat(file, bytes, isAll, options.escape),
    encoding: 'utf-8',
    bomBytes: 0,
  }
  const start = guessed.format === 'csv' ? lenientText(bytes.subarray(0, SNIFFED_BYTES)) : ''
  const foreign = foreignText(start)
  if (foreign !== null) return [unknownPlan(file, guess, foreign)]
  if (!isAll && isCutOff(guessed, bytes)) return [unknownPlan(file, guess, TOO_LONG)]
  const byList = tablesByList(given, guessed, bytes)
  if (byList !== null) return byList
  const lists = guessed.format === 'json' ? listsOfRecords(bytes) : []
  const escaped = withEscape(guessed, bytes, isAll, options)
  const found = recogniseHead(withList(escaped, bytes, options), bytes, isAll, mappings)
  const { layout, tables, fault } = found
  const absent = listAbsent(layout, options)
  const isOpen = options.encoding === undefined && guess.bomBytes === 0
  if (fault?.code === 'row/bad-encoding' && isOpen) return inOtherEncoding(given, evidence)
  if (tables.length === 0)
    return [{ ...unknownPlan(file, guess, nothingFound(found, lists, start) + absent), ...listsNamed(layout, lists) }]
  const answers = answersOf(tables[0], options, isOpen ? guess.encoding : null)
  if (answers !== null) return planTables({ ...given, options: answers })
  return tables.map(({ encoding: _encoding, escape: _escape, ...table }) => {
    const { bomBytes } = guess
    // A kind that is known and feeds no table has no list to choose.
    const isKnown = table.table === null && table.recognition?.by === 'preset'
    const named = isKnown ? {} : listsNamed(layout, lists)
    const reason = table.reason + absent
    const common = { encoding: guess.encoding, bomBytes, readings: {}, options }
    const plan: FilePlan = { ...layout, ...describedIn(found, table.table), ...named, ...table, ...common, reason }
    if (given.isGivenBack === true || table.table !== null) refuseEncoding(plan, options, evidence)
    if (isKnown) return plan
    if (table.table === null)
      return {
        ...plan,
        reason:
          (listElsewhere(layout, lists) ??
            foreignJson(file, start) ??
            quotedNames(start) ??
            printedTable(start) ??
            table.reason) + absent,
      }
    if (given.leavesReadings === true) return plan
    return { ...plan, readings: readingsOf(table, { ...plan, ...layout }, bytes, options) }
  })
}

type RecognisedHead = Readonly<{
  layout: Layout
  tables: readonly RecognisedTable[]
  /** The first records of a delimited file. */
  records: readonly (readonly string[])[]
  fault: HeadFault | null
  /** Is it one object with a list for each column? */
  isColumns?: boolean
}>

/** What a file is by its first row, else by a row below it. @returns no tables where there is no header, or no record of JSON */
function recogniseHead(layout: Layout, head: Uint8Array, isAll: boolean, mappings: MappingOffer): RecognisedHead {
  const { headers, records, objects, fault } = readHead(layout, head, isAll, HEAD_OBJECTS)
  if (isAll && objects.length === 1 && objects.every(isOfColumns))
    return { layout, tables: [], records, fault, isColumns: true }
  const listName = layout.recordsAt === undefined ? undefined : namesOfPath(layout.recordsAt).at(-1)
  const shape = {
    file: layout.file,
    listName,
    isJson: layout.format !== 'csv',
    headers,
    records,
    objects,
    isWhole: isAll,
  }
  const offer = offerFor(layout, mappings)
  const tables = headers.length === 0 ? [] : recognise(shape, offer)
  const isKnown = tables.some(({ table, recognition }) => table !== null || recognition?.by === 'preset')
  const mayBeTitle = fault === null && tables.every(({ recognition }) => recognition?.by === 'none')
  let likely: RecognisedHead | null = null
  for (const row of isKnown ? [] : headersBelow(layout, head)) {
    const found = recognise({ ...shape, headers: row.headers, records: row.records }, offer)
    if (found.every(fitsWell)) return atRow(row, found, 'the header is')
    if (mayBeTitle && isLikelier(row, headers)) likely ??= atRow(row, found, 'the header seems to be')
  }
  return likely ?? { layout, tables, records, fault }
}

function atRow(
  { layout, records }: HeaderCandidate,
  tables: readonly RecognisedTable[],
  words: string,
): RecognisedHead {
  const where = `${words} on line ${layout.headerLine}`
  return { layout, tables: tables.map(each => ({ ...each, reason: `${each.reason}; ${where}` })), records, fault: null }
}

/** Is a row of as many names as the one below has fields more of a header than the first line, which has half of them at most? */
function isLikelier({ headers, records }: HeaderCandidate, first: readonly string[]): boolean {
  const filled = (cells: readonly string[]): number => cells.filter(cell => cell.trim() !== '').length
  return filled(headers) >= LEAST_NAMES && 2 * filled(first) <= filled(headers) && records[0]?.length === headers.length
}

const LEAST_NAMES = 3

/** Events have a time, which no word is. */
function describedIn({ layout, records }: RecognisedHead, table: FilePlan['table']): Pick<FilePlan, 'describing'> {
  const describing = layout.format === 'csv' && table !== 'events' ? describedRows(records) : null
  return describing === null ? {} : { describing }
}

/** By two columns or more, so that no row of words is taken for a header. */
function fitsWell({ table, columns, derived = [] }: RecognisedTable): boolean {
  return table !== null && columns.filter(({ column }) => column !== null).length + derived.length >= 2
}

const COLUMNS =
  'The file is one object with a list for each column: only records are read; save it with an object for each'

/** A record has values of its own; a table of columns has lists of one length. */
function isOfColumns(object: Readonly<Record<string, unknown>>): boolean {
  const lengths = Object.values(object).map(value => (isOfScalars(value) ? value.length : -1))
  const [length = 0] = lengths
  return lengths.length > 1 && length > 1 && lengths.every(each => each === length)
}

function isOfScalars(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every(part => part === null || typeof part !== 'object')
}

/** A header that is not UTF-8: the file is read in the encodings that it may have, and asks where it fits a table so. */
function inOtherEncoding(given: FileHead, evidence: EncodingEvidence): readonly FilePlan[] {
  const plan = { file: given.file, encoding: 'utf-8', bomBytes: 0 } as const
  const found = likelyReadings(evidence.samples)
  const [likeliest] = found
  let plans: readonly FilePlan[] = []
  for (const { encoding } of found) {
    const tried = planTables({ ...given, options: { ...given.options, encoding } })
    const isFit = tried.some(({ table }) => table !== null)
    if (isFit) refuseEncoding(plan, given.options, { ...evidence, wideBytes: -1 }, { found, first: encoding })
    if (encoding === likeliest.encoding) plans = tried
  }
  const read = `Its header is not UTF-8. As ${likeliest.encoding}`
  const other = 'If it reads wrong so, name its encoding or save it as UTF-8'
  return plans.map(each => ({ ...each, reason: `${read}: ${each.reason}. ${other}` }))
}

/** The tables of a mapping that names a list of the document and fits it. */
function tablesByList(given: FileHead, { format }: Layout, head: Uint8Array): readonly FilePlan[] | null {
  const { options, mappings = {} } = given
  const recordsAt = format === 'json' ? listOfMapping(head, options, mappings) : null
  if (recordsAt === null) return null
  const tried = planTables({ ...given, options: { ...options, recordsAt } })
  return tried.some(({ recognition }) => recognition?.by === 'mapping') ? tried : null
}

/** @param start of a delimited file */
function nothingFound(
  { layout, fault, isColumns }: RecognisedHead,
  lists: readonly UnreadList[],
  start: string,
): string {
  if (isColumns === true) return COLUMNS
  return listElsewhere(layout, lists) ?? foreignJson(layout.file, start) ?? nothingRead(layout, fault)
}

/** Why there is no header, or no record of JSON. */
function nothingRead({ format }: Layout, fault: HeadFault | null): string {
  const found = fault === null ? undefined : HEADER_FAULTS[fault.code]
  if (fault === null && format === 'json') return 'The file has no record: it is an empty list or object'
  if (fault === null || found === undefined) return 'No header or record can be read'
  const detail = fault.detail === '' ? '' : ` (${fault.detail})`
  const record = format === 'csv' || fault.code === 'row/too-long' ? 'first line' : `record on line ${fault.line}`
  return `The ${record} ${found}${detail}: no header or record can be read`
}

const TOO_LONG = 'The first line is longer than 1 MiB: no header or record can be read'
const HEADER_FAULTS: Readonly<Partial<Record<HeldCode, string>>> = {
  'row/unterminated-quote': 'opens a quote that is not closed',
  'row/stray-quote': 'has text behind a closing quote',
  'row/too-long': 'is longer than 1 MiB',
  'row/bad-encoding': 'has bytes that are not text in its encoding',
  'row/not-json': 'is no JSON',
  'row/not-an-object': 'is no JSON object with a member for each column',
  'row/too-deep': 'is JSON of too many levels',
}

/** What is cut off is no header: its other half would be taken for a record. */
function isCutOff({ format }: Layout, head: Uint8Array): boolean {
  return format !== 'json' && !head.includes(10) && !head.includes(13)
}

function unknownPlan(file: string, guess: EncodingGuess, reason: string): FilePlan {
  return {
    file,
    format: 'unknown',
    delimiter: null,
    encoding: guess.encoding,
    bomBytes: guess.bomBytes,
    hasSepLine: false,
    table: null,
    reason,
    columns: [],
    readings: {},
  }
}

/** Up to the last line break, so that no cell is cut; all of it where there is none. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = Math.max(bytes.lastIndexOf(10), bytes.lastIndexOf(13)) + 1
  return end === 0 ? bytes : bytes.subarray(0, end)
}

const NOWHERE: ImportSink = { entities() {}, events() {}, held() {} }

/** How the columns are to be read by the values in the head. */
function readingsOf(
  { table }: RecognisedTable,
  plan: FilePlan,
  head: Uint8Array,
  options: ImportOptions,
): Readonly<Record<string, Reading>> {
  if (table === null) return {}
  const rows = new RowReader({ plan, table, options, sink: NOWHERE, onHeld() {} })
  const source = createEventSource(plan, options, rows, MAX_RECORD_BYTES) ?? createRecordSource(plan, rows)
  source.push(head)
  // Not ended for JSON: the end of the head is not the end of the document, and its records come one by one.
  if (plan.format !== 'json') source.end()
  return shownReadings(rows.readers, rows.columns)
}
