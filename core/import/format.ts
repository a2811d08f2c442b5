import { utf8Of } from '#lib/utf8'
import { isPlainObject } from './json/json-cells.ts'
import { readJson } from './json/json-text.ts'
import { readFields } from './records/fields.ts'
import { MAX_RECORD_BYTES } from './records/record-source.ts'
import { RecordSplitter } from './records/record-splitter.ts'
import { lenientText } from './utf8-text.ts'

/** How the text of a file is laid out. */
export type Format =
  | Readonly<{ format: 'csv'; delimiter: string; hasSepLine: boolean }>
  | Readonly<{ format: 'json' | 'jsonl' }>

/** Bytes and records looked at for the delimiter. */
const SAMPLE_BYTES = 1 << 16
const SAMPLE_RECORDS = 200
/** Lines looked at to tell JSON Lines from one document. */
const SAMPLE_LINES = 20

const JSON_START = /^[[{]/
/** A header of a delimited file may begin with a bracket, but not go on like this. */
const JSON_FOR_SURE = /^[[{]\s*["{}[\]]/

const USUAL = [',', ';', '\t', '|']
/** Characters that words, numbers and times are made of: never taken for an unusual delimiter. */
const WORD = /[\p{L}\p{N}\s"'_.@-]/u

/**
 * The layout of a file: JSON by its first character, JSON Lines by its lines, else delimited text.
 *
 * A first line `sep=;` names the delimiter. Otherwise each of `,` `;` tab and `|` is tried, and the one with which most
 * records have as many fields as the first is taken, more fields counting more; another single character is taken only
 * where nine records in ten (of three fields or more, six) have the same number of fields with it. Without any, the file has one column.
 *
 * @param head the beginning of the file as UTF-8, whole lines
 * @param isWhole is that all of it?
 *
 * Source: docs/methods/import.md, "Formats".
 */
export function guessFormat(file: string, head: Uint8Array, isWhole: boolean): Format {
  const text = lenientText(head.subarray(0, SAMPLE_BYTES)).trimStart()
  const json = /\.(?:csv|tsv)(?:\.gz)?$/i.test(file) ? JSON_FOR_SURE : JSON_START
  if (json.test(text)) {
    return { format: text.startsWith('{') && isJsonLines(file, head, isWhole) ? 'jsonl' : 'json' }
  }
  const sep = /^"?sep=([^\r\n])"?(?:\r|\n|$)/i.exec(text)
  if (sep?.[1] !== undefined)
    return { format: 'csv', delimiter: namedDelimiter(sep[1], head.subarray(0, SAMPLE_BYTES)), hasSepLine: true }
  return { format: 'csv', delimiter: guessDelimiter(head.subarray(0, SAMPLE_BYTES), text), hasSepLine: false }
}

/** The delimiter that a `sep=` line names; where the header has none of it but another one, that: a program put the line on top. */
function namedDelimiter(named: string, sample: Uint8Array): string {
  const start = sample.findIndex(byte => byte === 10 || byte === 13) + 1
  const rest = sample.subarray(start)
  const text = lenientText(rest).trimStart()
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
    const line = lenientText(head.subarray(start, end)).trim()
    if (line !== '') lines.push(line)
    start = end + 1
  }
  return lines
}

function guessDelimiter(sample: Uint8Array, text: string): string {
  const usual = USUAL.map(delimiter => consistencyOf(sample, delimiter)).filter(({ fields }) => fields > 1)
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

function consistencyOf(sample: Uint8Array, delimiter: string): Consistency {
  const counts = fieldCounts(sample, delimiter)
  const [fields = 0] = counts
  const share = counts.length === 0 ? 0 : counts.filter(count => count === fields).length / counts.length
  return { delimiter, fields, share, records: counts.length }
}

function fieldCounts(sample: Uint8Array, delimiter: string): readonly number[] {
  const counts: number[] = []
  const splitter = new RecordSplitter({ delimiter: utf8Of(delimiter), maxRecordBytes: MAX_RECORD_BYTES }, batch => {
    for (const record of readFields(batch, delimiter).records) {
      if (typeof record !== 'string' && record.some(cell => cell.trim() !== '')) counts.push(record.length)
    }
  })
  splitter.push(sample)
  splitter.end()
  return counts.slice(0, SAMPLE_RECORDS)
}
