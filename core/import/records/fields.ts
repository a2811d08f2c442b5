import Papa from 'papaparse'
import { isUtf8 } from '#lib/utf8'
import type { HeldCode } from '#schema/import'
import { lenientText, strictText } from '../utf8-text.ts'
import { behindBlanks, cutEscaped, type EscapedCutting, type EscapedRecord } from './escaped-fields.ts'
import type { RecordBatch } from './record-batch.ts'

/** The records of one batch, read: the fields of record i, or why it has none. */
export type FieldBatch = Readonly<{
  records: readonly (readonly string[] | HeldCode)[]
  /** Bytes beyond one per UTF-16 unit in the readable records: 0 where all is ASCII. */
  wideBytes: number
  /** Records that are not valid UTF-8. */
  unreadable: number
  /** Where backslashes escape: the records as they were cut; null for those at fault. */
  escaped?: readonly (EscapedRecord | null)[]
}>

type Newline = '\n' | '\r\n' | '\r'

/**
 * Splits whole records into fields.
 *
 * @param escapes do backslashes escape?
 * @returns one entry per record of the batch, in its order
 *
 * Source: docs/methods/import.md, "Records", "Backslashes".
 */
export function readRecords(batch: RecordBatch, escapes: boolean, cutting: EscapedCutting): FieldBatch {
  return escapes ? readEscaped(batch, cutting) : readFields(batch, cutting.delimiter, cutting.skipsBlanks)
}

/**
 * With Papa Parse, which sees each batch as one text with one kind of line break.
 *
 * A batch whose records all end alike is decoded in one piece. Otherwise, and where a record is at fault, the sound
 * records are put together anew; where Papa Parse still finds other records than the splitter, each is parsed alone.
 */
function readFields(batch: RecordBatch, delimiter: string, skipsBlanks?: true): FieldBatch {
  if (skipsBlanks) return readApart(batch, delimiter, skipsBlanks)
  if (batch.isClean && batch.newline !== null) {
    const bytes = batch.bytes.subarray(batch.starts[0], batch.end)
    const text = strictText(bytes)
    const records = text === null ? null : parse(text, delimiter, batch.newline, batch.count)
    if (text !== null && records !== null) return { records, wideBytes: bytes.length - text.length, unreadable: 0 }
  }
  return readApart(batch, delimiter)
}

/** The first bytes of a record that is not sound, as text: what is kept of it with the held row. */
export function rawText(batch: RecordBatch, i: number): string {
  return lenientText(batch.bytes.subarray(batch.starts[i], batch.ends[i]))
}

/** The same where backslashes escape, without Papa Parse, which knows no such thing. */
function readEscaped(batch: RecordBatch, cutting: EscapedCutting): FieldBatch {
  const { faults, sound, wideBytes, unreadable } = soundTexts(batch)
  let next = 0
  const escaped = faults.map(fault => (fault === null ? cutEscaped(sound[next++] ?? '', cutting) : null))
  const records = faults.map((fault, i) => fault ?? escaped[i]?.cells ?? [])
  return { records, wideBytes, unreadable, escaped }
}

function readApart(batch: RecordBatch, delimiter: string, skipsBlanks?: true): FieldBatch {
  const { faults, sound: texts, wideBytes, unreadable } = soundTexts(batch)
  const sound = skipsBlanks ? texts.map(text => closedUp(text, delimiter)) : texts
  const parsed =
    parse(`${sound.join('\n')}\n`, delimiter, '\n', sound.length) ?? sound.map(text => one(text, delimiter))
  let next = 0
  return { records: faults.map(fault => fault ?? parsed[next++] ?? 'row/stray-quote'), wideBytes, unreadable }
}

type SoundTexts = Readonly<{
  /** Why each record has no text; null where it has. */
  faults: readonly (HeldCode | null)[]
  sound: readonly string[]
  wideBytes: number
  unreadable: number
}>

function soundTexts(batch: RecordBatch): SoundTexts {
  const faults: (HeldCode | null)[] = []
  const sound: string[] = []
  let wideBytes = 0
  let unreadable = 0
  for (let i = 0; i < batch.count; i++) {
    // Within range: all lists of a batch have `count` entries.
    const [start, end, fault] = [batch.starts[i] as number, batch.ends[i] as number, batch.faults[i]]
    const isReadable = fault === 'row/too-long' || isUtf8(batch.bytes, start, end)
    if (!isReadable) unreadable++
    const code = isReadable ? fault : 'row/bad-encoding'
    if (code !== undefined && code !== 'none') {
      faults.push(code)
      continue
    }
    const text = lenientText(batch.bytes.subarray(start, end))
    wideBytes += end - start - text.length
    sound.push(text)
    faults.push(null)
  }
  return { faults, sound, wideBytes, unreadable }
}

/** A sound record without the blanks before its quoted fields. */
function closedUp(text: string, delimiter: string): string {
  let closed = ''
  for (let at = 0; ; ) {
    const quote = behindBlanks(text, at, delimiter)
    const isQuoted = text[quote] === '"'
    const end = fieldEnd(text, isQuoted ? quote : at, delimiter)
    closed += text.slice(isQuoted ? quote : at, end)
    if (end === text.length) return closed
    closed += delimiter
    at = end + delimiter.length
  }
}

/** The end of the field that begins at `from`: the next delimiter outside its quotes, or that of the text. */
function fieldEnd(text: string, from: number, delimiter: string): number {
  let at = from
  if (text[from] === '"') {
    at++
    while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) at += text[at] === '"' ? 2 : 1
  }
  const end = text.indexOf(delimiter, at)
  return end < 0 ? text.length : end
}

function one(text: string, delimiter: string): readonly string[] | HeldCode {
  return parse(`${text}\n`, delimiter, '\n', 1)?.[0] ?? 'row/stray-quote'
}

/** @returns the records of a text that ends with a line break; null where there are not as many as expected */
function parse(text: string, delimiter: string, newline: Newline, count: number): string[][] | null {
  if (count === 0) return []
  // Papa Parse cuts a byte order mark off whatever it is given, also off the first field of a later batch.
  const { data, errors } = Papa.parse(text.startsWith('\ufeff') ? `\ufeff${text}` : text, { delimiter, newline })
  if (errors.length > 0 || data.length !== count + 1) return null
  data.pop()
  return data
}
