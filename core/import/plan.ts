import { invariant } from '#lib/errors'
import type { FilePlan, ImportOptions, ImportSink, Reading } from '#schema/import'
import { type EncodingGuess, encodingEvidence, guessEncoding, refuseEncoding, utf8Head } from './encoding.ts'
import { guessFormat } from './format.ts'
import { readHead } from './head-records.ts'
import { shownReadings } from './judgement.ts'
import { type MappingOffer, type RecognisedTable, recognise } from './recognition.ts'
import { createRecordSource, type Layout } from './records/record-source.ts'
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
export function planTables({ file, head, size, isWhole, options, mappings = {} }: FileHead): readonly FilePlan[] {
  const isAll = isWhole || (size !== null && size <= head.length)
  const guess = guessEncoding(head, options)
  if (guess.unreadable !== null) return [unknownPlan(file, guess, guess.unreadable)]
  if (head.length === guess.bomBytes) return [unknownPlan(file, guess, 'The file is empty')]
  const plain = utf8Head(head, guess)
  const bytes = isAll ? plain : wholeLines(plain)
  const evidence = encodingEvidence(bytes)
  const layout: Layout = {
    file,
    delimiter: null,
    hasSepLine: false,
    ...guessFormat(file, bytes, isAll),
    encoding: 'utf-8',
    bomBytes: 0,
  }
  const { headers, records, objects } = readHead(layout, bytes, isAll, HEAD_OBJECTS)
  if (headers.length === 0) return [unknownPlan(file, guess, 'No header or record can be read')]
  const shape = { file, isJson: layout.format !== 'csv', headers, records, objects, isWhole: isAll }
  const tables = recognise(shape, mappings)
  const encoding = tables[0]?.encoding ?? guess.encoding
  if (options.encoding === undefined && guess.bomBytes === 0 && encoding !== guess.encoding) {
    return planTables({ file, head, size, isWhole, options: { ...options, encoding }, mappings })
  }
  return tables.map(({ encoding: _encoding, ...found }) => {
    const { bomBytes } = guess
    const plan: FilePlan = { ...layout, encoding: guess.encoding, bomBytes, ...found, readings: {}, options }
    if (found.table === null) return plan
    refuseEncoding(plan, options, evidence)
    return { ...plan, readings: readingsOf(found, { ...plan, ...layout }, bytes, options) }
  })
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
  const source = createRecordSource(plan, rows)
  source.push(head)
  // Not ended for JSON: the end of the head is not the end of the document, and its records come one by one.
  if (plan.format !== 'json') source.end()
  return shownReadings(rows.readers, rows.columns)
}
