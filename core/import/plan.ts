import { invariant } from '#lib/errors'
import type { Encoding, FilePlan, HeldCode, ImportOptions, ImportSink, Reading } from '#schema/import'
import {
  type EncodingEvidence,
  type EncodingGuess,
  encodingEvidence,
  guessEncoding,
  refuseEncoding,
  utf8Head,
} from './encoding.ts'
import { createEventSource } from './event-source.ts'
import { guessFormat } from './format.ts'
import { readHead } from './head-records.ts'
import { headersBelow } from './header-line.ts'
import { listsOfRecords, type UnreadList } from './json/unread-lists.ts'
import { shownReadings } from './judgement.ts'
import { type MappingOffer, type RecognisedTable, recognise } from './recognition.ts'
import { createRecordSource, type Layout, MAX_RECORD_BYTES } from './records/record-source.ts'
import { RowReader } from './row-reader.ts'

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
}>

/** JSON records whose keys make the columns of the plan. */
const HEAD_OBJECTS = 2000
/** Bytes in which a list inside an object is looked for. */
const LIST_BYTES = 1 << 16

/**
 * Says how a file will be read, from its first bytes: encoding, format, table, columns, and the readings that the values
 * there suggest. The proof over all rows comes while the file is read.
 *
 * @returns a plan; its table is null and its reason says why where the file is empty, no text, or fits no table
 * @throws AppError `import/ambiguous` where the file fits a table but is not UTF-8 and no encoding is given;
 *   `usage/bad-argument` where the encoding or the zone given does not exist
 *
 * Source: docs/methods/import.md.
 */
export function planFile(head: FileHead): FilePlan {
  const [first] = planTables(head)
  invariant(first !== undefined, 'a file has a plan')
  return first
}

/**
 * The same for every table that the file feeds: a file of calls holds events, users and workspaces. Each plan reads the
 * whole file and skips the rows of the others.
 *
 * @returns at least one plan; one without a table where the file feeds none
 * @throws as `planFile`
 */
export function planTables(given: FileHead): readonly FilePlan[] {
  const { file, head, size, isWhole, mappings = {} } = given
  const encodingOfMapping = mappings.assigned?.encoding
  const options = encodingOfMapping === undefined ? given.options : { encoding: encodingOfMapping, ...given.options }
  const isAll = isWhole || (size !== null && size <= head.length)
  const guess = guessEncoding(head, options)
  if (guess.unreadable !== null) return [unknownPlan(file, guess, guess.unreadable)]
  if (head.length === guess.bomBytes) return [unknownPlan(file, guess, 'The file is empty')]
  const plain = utf8Head(head, guess)
  const bytes = isAll ? plain : wholeLines(plain)
  const evidence = encodingEvidence(bytes)
  const guessed: Layout = {
    file,
    delimiter: null,
    hasSepLine: false,
    ...guessFormat(file, bytes, isAll),
    encoding: 'utf-8',
    bomBytes: 0,
  }
  const found = recogniseHead(guessed, bytes, isAll, mappings)
  const { layout, tables, fault } = found
  if (fault === 'row/bad-encoding' && options.encoding === undefined && guess.bomBytes === 0)
    return inOtherEncoding(given, evidence)
  // What is cut off is no header: its other half would be taken for a record.
  const isCut = layout.format !== 'json' && !isAll && !hasBreak(bytes)
  if (isCut) return [unknownPlan(file, guess, nothingRead('row/too-long'))]
  if (tables.length === 0) return [unknownPlan(file, guess, nothingFound(found, bytes))]
  const encoding = tables[0]?.encoding ?? guess.encoding
  if (options.encoding === undefined && guess.bomBytes === 0 && encoding !== guess.encoding) {
    return planTables({ file, head, size, isWhole, options: { ...options, encoding }, mappings })
  }
  return tables.map(({ encoding: _encoding, ...table }) => {
    const { bomBytes } = guess
    const plan: FilePlan = { ...layout, encoding: guess.encoding, bomBytes, ...table, readings: {}, options }
    if (table.table === null) return { ...plan, reason: listElsewhere(layout, bytes) ?? plan.reason }
    refuseEncoding(plan, options, evidence)
    return { ...plan, readings: readingsOf(table, { ...plan, ...layout }, bytes, options) }
  })
}

type RecognisedHead = Readonly<{
  layout: Layout
  tables: readonly RecognisedTable[]
  fault: HeldCode | null
  /** Is it one object with a list for each column? */
  isColumns?: boolean
}>

/** What a file is by its first row, else by a row below it. @returns no tables where there is no header, or no record of JSON */
function recogniseHead(layout: Layout, head: Uint8Array, isAll: boolean, mappings: MappingOffer): RecognisedHead {
  const { headers, records, objects, fault } = readHead(layout, head, isAll, HEAD_OBJECTS)
  if (isAll && objects.length === 1 && objects.every(isOfColumns)) return { layout, tables: [], fault, isColumns: true }
  const shape = { file: layout.file, isJson: layout.format !== 'csv', headers, records, objects, isWhole: isAll }
  const tables = headers.length === 0 ? [] : recognise(shape, mappings)
  const isKnown = tables.some(({ table, recognition }) => table !== null || recognition?.by === 'preset')
  const rows = isKnown ? [] : headersBelow(layout, head)
  for (const row of rows) {
    const found = recognise({ ...shape, headers: row.headers, records: row.records }, mappings)
    if (!found.every(fitsWell)) continue
    const where = `the header is on line ${row.layout.headerLine}`
    return {
      layout: row.layout,
      tables: found.map(each => ({ ...each, reason: `${each.reason}; ${where}` })),
      fault: null,
    }
  }
  return { layout, tables, fault }
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

const OTHER: Encoding = 'windows-1252'

/** A header that is not UTF-8: the file is read in the encoding that it most often is then, and asks whether that is right. */
function inOtherEncoding(given: FileHead, evidence: EncodingEvidence): readonly FilePlan[] {
  const plans = planTables({ ...given, options: { ...given.options, encoding: OTHER } })
  const plan = { file: given.file, encoding: 'utf-8', bomBytes: 0 } as const
  if (plans.some(({ table }) => table !== null)) refuseEncoding(plan, given.options, { ...evidence, wideBytes: -1 })
  return plans.map(each => ({ ...each, reason: `Its header is not UTF-8. As ${OTHER}: ${each.reason}` }))
}

/** An object that is no record and has its records somewhere else than where they are read. */
function listElsewhere({ format }: Layout, head: Uint8Array): string | null {
  const lists = format === 'json' ? listsOfRecords(head.subarray(0, LIST_BYTES)) : []
  const others = lists.filter(({ path, isByName }) => isByName || (path !== 'data' && path !== ''))
  if (others.length === 0) return null
  if (others.length < lists.length)
    return `No column of the records in the list "data" belongs to a known table. Not read: ${others.map(placeWords).join(', ')}; save each as a file of its own`
  const own = others.length === 1 ? 'save it as a file of its own' : 'save each as a file of its own'
  return `The records seem to be ${others.map(placeWords).join(', ')}: only a list by itself, or a list "data", is read; ${own}`
}

function placeWords({ path, isByName }: UnreadList): string {
  if (path === '') return 'the members of an object'
  return isByName ? `the members of the object "${path}"` : `the list "${path}" of an object`
}

function nothingFound({ layout, fault, isColumns }: RecognisedHead, head: Uint8Array): string {
  return isColumns === true ? COLUMNS : (listElsewhere(layout, head) ?? nothingRead(fault))
}

/** Why there is no header, or no record of JSON. */
function nothingRead(fault: HeldCode | null): string {
  const found = fault === null ? undefined : HEADER_FAULTS[fault]
  return found === undefined
    ? 'No header or record can be read'
    : `The first line ${found}: no header or record can be read`
}

const HEADER_FAULTS: Readonly<Partial<Record<HeldCode, string>>> = {
  'row/unterminated-quote': 'opens a quote that is not closed',
  'row/stray-quote': 'has text behind a closing quote',
  'row/too-long': 'is longer than 1 MiB',
  'row/bad-encoding': 'has bytes that are not text in its encoding',
  'row/not-json': 'is no JSON',
  'row/not-an-object': 'is no JSON object',
  'row/too-deep': 'is JSON of too many levels',
}

const hasBreak = (bytes: Uint8Array): boolean => bytes.includes(10) || bytes.includes(13)

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
