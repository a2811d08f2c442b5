import { utf8Of } from '#lib/utf8'
import type { FilePlan } from '#schema/import'
import { isPlainObject } from './json/json-cells.ts'
import { readJson } from './json/json-text.ts'
import { createSplitter } from './records/escaped-splitter.ts'
import { rawText, readRecords } from './records/fields.ts'
import { type Cutting, type Quoting, quotingOf, type ReadRecord } from './records/other-quotes.ts'
import { MAX_RECORD_BYTES } from './records/record-source.ts'
import { lenientText } from './utf8-text.ts'

/** How the text of a file is laid out. */
export type Format =
  | Readonly<{ format: 'csv'; delimiter: string; hasSepLine: boolean; skipsBlanks?: true; quoting?: Quoting }>
  | Readonly<{ format: 'json' | 'jsonl' }>

/** Bytes and records looked at for the delimiter. */
const SAMPLE_BYTES = 1 << 16
const SAMPLE_RECORDS = 200
/** Quotes behind blanks that make a habit of it. */
const LEAST_BLANKS = 2
/** Lines looked at to tell JSON Lines from one document. */
const SAMPLE_LINES = 20

/** The beginning of a delimited file, and whether backslashes escape in it. */
type Sample = Readonly<{ bytes: Uint8Array; escapes: boolean }>

const JSON_START = /^[[{]/
/** A header of a delimited file may begin with a bracket, but not go on like this. */
const JSON_FOR_SURE = /^[[{]\s*["{}[\]]/

/** Tried before any other. */
export const USUAL_DELIMITERS = [',', ';', '\t', '|']
/** Characters that words, numbers and times are made of: never taken for an unusual delimiter. */
const WORD = /[\p{L}\p{N}\s"'_.@-]/u

/**
 * The layout of a file: JSON by its first character, JSON Lines by its lines, else delimited text.
 *
 * A first line `sep=;` names the delimiter. Otherwise each of `,` `;` tab and `|` is tried, and the one with which most
 * records have as many fields as the first is taken, more fields counting more; another single character is taken only
 * where nine records in ten (of three fields or more, six) have the same number of fields with it. Without any, the file has one column.
 * Where two quotes or more stand behind the blanks of a field, and as many records are regular with them as quotes, they are.
 *
 * @param head the beginning of the file as UTF-8, whole lines
 * @param isWhole is that all of it?
 * @param backslashes what backslashes are, where it was said
 *
 * Source: docs/methods/import.md, "Formats".
 */
export function guessFormat(
  file: string,
  head: Uint8Array,
  isWhole: boolean,
  backslashes?: FilePlan['escape'],
): Format {
  const text = behindSeparator(lenientText(head.subarray(0, SAMPLE_BYTES)).trimStart())
  const json = /\.(?:csv|tsv)(?:\.gz)?$/i.test(file) ? JSON_FOR_SURE : JSON_START
  if (json.test(text)) {
    return { format: text.startsWith('{') && isJsonLines(file, head, isWhole) ? 'jsonl' : 'json' }
  }
  const sample: Sample = { bytes: head.subarray(0, SAMPLE_BYTES), escapes: backslashes === 'backslash' }
  const sep = /^"?sep=([^\r\n])"?(?:\r|\n|$)/i.exec(text)
  const delimiter = sep?.[1] === undefined ? guessDelimiter(sample, text) : namedDelimiter(sep[1], sample)
  const blanks = skipsBlanks(sample, delimiter) ? ({ skipsBlanks: true } as const) : {}
  const layout = { format: 'csv', delimiter, hasSepLine: sep !== null, ...blanks } as const
  return backslashes === 'backslash' ? layout : { ...layout, ...otherQuotes(sample, delimiter, sep !== null) }
}

function otherQuotes(sample: Sample, delimiter: string, hasSepLine: boolean): Partial<Cutting> {
  if (!mayBeInQuotes(lenientText(sample.bytes))) return {}
  const found: ReadRecord[] = []
  eachRecord(sample, delimiter, undefined, (cells, textOf) => found.push({ cells, text: textOf() }))
  if (hasSepLine) found.shift()
  const records = sample.bytes.length === SAMPLE_BYTES ? found.slice(0, -1) : found // the last may be cut off
  return (
    quotingOf(records.slice(0, SAMPLE_RECORDS), [delimiter, ...USUAL_DELIMITERS.filter(each => each !== delimiter)]) ??
    {}
  )
}

/** Does a row begin with a quote that is not that of CSV, or stand in quotes as a whole? Most files have none. */
export function mayBeInQuotes(text: string): boolean {
  return ROW_IN_QUOTES.test(text)
}

const ROW_IN_QUOTES = /[\r\n][ ]*(?:['“„«‘‚]|"[^"\r\n]*(?:""[^"\r\n]*)*"[ ]*(?:[\r\n]|$))/u

/**
 * Do quotes stand behind blanks, and are the records at least as regular if these are quotes? Of a single one that is not said.
 */
function skipsBlanks(sample: Sample, delimiter: string): boolean {
  if (!/[ \t]"/.test(lenientText(sample.bytes))) return false
  const plain = sampleRecords(sample, delimiter)
  const behind = plain.flat().filter(cell => /^[ \t]+"/.test(cell)).length
  if (behind < LEAST_BLANKS) return false
  const tried = sampleRecords(sample, delimiter, true)
  const width = tried[0]?.length ?? 0
  const fitting = (records: readonly (readonly string[])[]): number =>
    records.filter(({ length }) => length === width).length
  return fitting(tried) >= fitting(plain)
}

/** The delimiter that a `sep=` line names; where the header has none of it but another one, that: a program put the line on top. */
function namedDelimiter(named: string, sample: Sample): string {
  const start = sample.bytes.findIndex(byte => byte === 10 || byte === 13) + 1
  const rest: Sample = { ...sample, bytes: sample.bytes.subarray(start) }
  const text = lenientText(rest.bytes).trimStart()
  const [header = ''] = text.split(/\r\n|\r|\n/, 1)
  if (start === 0 || header.includes(named)) return named
  const found = guessDelimiter(rest, text)
  return header.includes(found) ? found : named
}

function isJsonLines(file: string, head: Uint8Array, isWhole: boolean): boolean {
  const isNamedSo = /\.(?:jsonl|ndjson)(?:\.gz)?$/i.test(file)
  const lines = firstLines(head)
  const objects = lines.filter(line => isPlainObject(readJson(line).value)).length
  // One line that is all of the file is one object, or a wrapper of records.
  if (lines.length === 1 && isWhole) return isNamedSo
  return isNamedSo || (objects > 0 && 2 * objects >= lines.length)
}

function firstLines(head: Uint8Array): readonly string[] {
  const lines: string[] = []
  for (let start = 0; start < head.length && lines.length < SAMPLE_LINES; ) {
    let end = start
    while (end < head.length && head[end] !== 10 && head[end] !== 13) end++
    const line = behindSeparator(lenientText(head.subarray(start, end)).trim())
    if (line !== '') lines.push(line)
    start = end + 1
  }
  return lines
}

function guessDelimiter(sample: Sample, text: string): string {
  const usual = USUAL_DELIMITERS.map(delimiter => consistencyOf(sample, delimiter)).filter(({ fields }) => fields > 1)
  const best = usual.toSorted((a, b) => b.share - a.share || b.fields - a.fields)[0]
  if (best !== undefined) return best.delimiter
  const [header = ''] = text.split(/\r\n|\r|\n/, 1)
  const unusual = [...new Set(header)].filter(character => character !== '\ufeff' && !WORD.test(character))
  const proven = unusual
    .map(delimiter => consistencyOf(sample, delimiter))
    .filter(({ fields, share, records }) => fields > 1 && share >= leastShare(fields) && records > 1)
  return proven.toSorted((a, b) => b.fields - a.fields)[0]?.delimiter ?? ','
}

/** Share of the records that must have as many fields as the header with an unusual delimiter; some may be damaged. */
function leastShare(fields: number): number {
  return fields > 2 ? 0.6 : 0.9
}

type Consistency = Readonly<{
  delimiter: string
  fields: number
  /** Share of the records that have as many fields as the first. */
  share: number
  records: number
}>

function consistencyOf(sample: Sample, delimiter: string): Consistency {
  const counts = fieldCounts(sample, delimiter)
  const [fields = 0] = counts
  const share = counts.length === 0 ? 0 : counts.filter(count => count === fields).length / counts.length
  return { delimiter, fields, share, records: counts.length }
}

/** Where blanks follow every delimiter of the header, quotes behind blanks are quotes. */
function fieldCounts(sample: Sample, delimiter: string): readonly number[] {
  const [header = ''] = lenientText(sample.bytes).split(/[\r\n]/, 1)
  const parts = header.split(delimiter).slice(1)
  const isSpaced = delimiter !== '\t' && parts.length > 0 && parts.every(part => /^[ \t]/.test(part))
  return sampleRecords(sample, delimiter, isSpaced ? true : undefined).map(({ length }) => length)
}

function sampleRecords(sample: Sample, delimiter: string, skipsBlanks?: true): readonly (readonly string[])[] {
  const found: (readonly string[])[] = []
  eachRecord(sample, delimiter, skipsBlanks, cells => found.push(cells))
  return found.slice(0, SAMPLE_RECORDS)
}

/** The readable records of a sample that are not blank. */
function eachRecord(
  { bytes, escapes }: Sample,
  delimiter: string,
  skipsBlanks: true | undefined,
  take: (cells: readonly string[], textOf: () => string) => void,
): void {
  const options = { delimiter: utf8Of(delimiter), maxRecordBytes: MAX_RECORD_BYTES, skipsBlanks }
  const splitter = createSplitter(options, escapes, batch => {
    const { records } = readRecords(batch, escapes, { delimiter, skipsBlanks })
    for (const [i, record] of records.entries()) {
      if (typeof record !== 'string' && record.some(cell => cell.trim() !== '')) take(record, () => rawText(batch, i))
    }
  })
  splitter.push(bytes)
  splitter.end()
}

/**
 * A line or text without the separator with which sequences of JSON (RFC 7464) begin each record.
 *
 * Source: docs/methods/import.md, "JSON".
 */
export function behindSeparator(text: string): string {
  return text.startsWith('\u001e') ? text.slice(1) : text
}
