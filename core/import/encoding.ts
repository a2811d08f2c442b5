import { AppError } from '#lib/errors'
import { isUtf8 } from '#lib/utf8'
import { CODE_PAGE_NAMES, encodingNamed } from '#schema/encodings'
import type { Encoding, FilePlan, ImportOptions } from '#schema/import'
import { likelyReadings } from './likely-encodings.ts'
import { isEbcdic, isUtf32, utf16Order } from './odd-encodings.ts'
import { createTranscoder } from './transcode.ts'
import { utf7Run } from './utf7.ts'
import { strictText } from './utf8-text.ts'

/** How the bytes of a file are text. */
export type EncodingGuess = Readonly<{
  encoding: Encoding
  bomBytes: number
  /** Why the bytes are no text that can be read, null where they are. */
  unreadable: string | null
}>

/** What the records of a file say about whether they are UTF-8. */
export type EncodingEvidence = Readonly<{
  /** Bytes beyond one per UTF-16 unit, in records that are valid. */
  wideBytes: number
  /** Records that are not valid. */
  unreadable: number
  /** Bytes of records that are not valid; some. */
  samples: readonly Uint8Array[]
}>

const BOMS: readonly (readonly [Encoding | 'utf-32', readonly number[]])[] = [
  ['utf-32', [0xff, 0xfe, 0, 0]],
  ['utf-32', [0, 0, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** First bytes of files that are no text. */
const MAGIC: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'an Excel workbook or a zip archive; export it as CSV'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Excel workbook; export it as CSV'],
  ['%PDF', 'a PDF'],
  ['SQLite format 3\u0000', 'an SQLite database'],
  ['PAR1', 'a Parquet file'],
  ['\u001f\u008b', 'a gzip file inside another one'],
  ['\u0089PNG', 'a picture'],
  ['Obj\u0001', 'an Avro file'],
  ['ARROW1', 'an Arrow file'],
  ['\u0028\u00b5\u002f\u00fd', 'packed with zstd; unpack it'],
  ['BZh', 'packed with bzip2; unpack it'],
  ['\u00fd7zXZ', 'packed with xz; unpack it'],
  ['crc\u0000', 'a list of checksums that Hadoop keeps beside a file of data; it holds no data'],
  ['7z\u00bc\u00af', 'a 7z archive; unpack it'],
  ['Rar!\u001a', 'a RAR archive; unpack it'],
]
/** Where the headers of a tar archive have its name. */
const TAR_MARK = { at: 257, text: 'ustar' }
/** Escapes with which ISO-2022-JP and its kin begin letters of another script: plain ASCII to every other reader. */
const ISO_2022 = ['$@', '$A', '$B', '$)C', '$(C', '$(D', '(J', '(I'].map(shift => `\u001b${shift}`)

const LOOKED_AT = 4096
/** So many stray bytes make no short file a binary one. */
const FEW_ODD = 4

/**
 * How the bytes of a file are text: by its byte order mark, else by the analyst's answer, else by the zero bytes of UTF-16,
 * else UTF-8.
 *
 * @param head first bytes of the file
 * @param options `encoding`: one of utf-8, utf-16le, utf-16be, windows-1252, those of `CODE_PAGES`, or a common name of these
 * @throws AppError `usage/bad-argument` where the encoding given is none of these
 *
 * Source: docs/methods/import.md, "Encoding".
 */
export function guessEncoding(head: Uint8Array, options: ImportOptions): EncodingGuess {
  const asked = options.encoding === undefined ? null : encodingByName(options.encoding)
  const start = String.fromCharCode(...head.subarray(0, 16))
  const magic = MAGIC.find(([bytes]) => start.startsWith(bytes))?.[1] ?? markedInside(head)
  if (magic !== undefined) return { encoding: 'utf-8', bomBytes: 0, unreadable: `The file is ${magic}` }
  const bom = BOMS.find(([, bytes]) => bytes.every((byte, i) => head[i] === byte))
  if (bom?.[0] === 'utf-32') {
    return { encoding: 'utf-8', bomBytes: 4, unreadable: IN_UTF32 }
  }
  if (bom !== undefined) return { encoding: bom[0], bomBytes: bom[1].length, unreadable: null }
  return withoutMark(head, asked)
}

function withoutMark(head: Uint8Array, asked: Encoding | null): EncodingGuess {
  const none = { encoding: 'utf-8', bomBytes: 0 } as const
  if (asked !== null) return { encoding: asked, bomBytes: 0, unreadable: null }
  if (isEbcdic(head)) return { ...none, unreadable: IN_EBCDIC }
  const found = byZeroBytes(head)
  const encoding = found === 'binary' ? utf16Order(head) : found
  if (encoding === null) return { ...none, unreadable: isUtf32(head) ? IN_UTF32 : notText(head) }
  const shifted = encoding === 'utf-8' ? utf7Run(head) : null
  return { encoding, bomBytes: 0, unreadable: shifted === null ? null : inUtf7(shifted) }
}

const IN_UTF32 = 'The file is UTF-32; save it as UTF-8'
const IN_EBCDIC =
  'The file is in EBCDIC, the encoding of mainframes; convert it to UTF-8, as by iconv -f IBM037 -t UTF-8'

function inUtf7({ run, text }: Readonly<{ run: string; text: string }>): string {
  return `The file is in UTF-7, where "${run}" stands for "${text}"; save it as UTF-8. If it is not, name its encoding`
}

function markedInside(head: Uint8Array): string | undefined {
  const asText = (from: number, to: number): string => String.fromCharCode(...head.subarray(from, to))
  if (asText(TAR_MARK.at, TAR_MARK.at + TAR_MARK.text.length) === TAR_MARK.text) return 'a tar archive; unpack it'
  const text = head.subarray(0, LOOKED_AT).includes(27) ? asText(0, LOOKED_AT) : ''
  if (!ISO_2022.some(shift => text.includes(shift))) return undefined
  return 'in an encoding that switches scripts by escapes (ISO-2022); save it as UTF-8'
}

function encodingByName(name: string): Encoding {
  const encoding = encodingNamed(name)
  if (encoding !== null) return encoding
  const known = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', ...CODE_PAGE_NAMES].join(', ')
  throw new AppError('usage/bad-argument', `Unknown encoding "${name}"; known are ${known}`, { encoding: name })
}

/** The first bytes that no text has, and what to do where it is one all the same. */
function notText(head: Uint8Array): string {
  const looked = head.subarray(0, LOOKED_AT)
  const odd = looked.filter(byte => byte === 0 || isControl(byte)).length
  const first = looked.findIndex(byte => byte === 0 || isControl(byte))
  const where = `${odd} of its first ${looked.length} bytes are control characters, the first is byte ${first + 1}`
  return `The file is not text: ${where}. If it is text, name its encoding`
}

const isControl = (byte: number): boolean =>
  byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte > 7 && byte < 28

/** Text in UTF-16 has a zero byte in most of its units, always on the same side. */
function byZeroBytes(head: Uint8Array): Encoding | 'binary' {
  const length = Math.min(head.length, LOOKED_AT)
  const zeros = [0, 0]
  let controls = 0
  for (let i = 0; i < length; i++) {
    // Within range: i < length, and the index is 0 or 1.
    const byte = head[i] as number
    if (byte === 0) zeros[i & 1] = (zeros[i & 1] as number) + 1
    else if (isControl(byte)) controls++
  }
  const [even = 0, odd = 0] = zeros
  if (odd > 0.4 * (length / 2) && even < odd / 20) return 'utf-16le'
  if (even > 0.4 * (length / 2) && odd < even / 20) return 'utf-16be'
  const isOdd = even + odd > Math.max(FEW_ODD, length / 100) || controls > Math.max(FEW_ODD, length / 50)
  return isOdd ? 'binary' : 'utf-8'
}

/**
 * The head as UTF-8, its byte order mark cut off.
 *
 * @param isAll is it the whole file? Else a character that is cut off at its end is left out
 */
export function utf8Head(
  head: Uint8Array,
  guess: Pick<EncodingGuess, 'encoding' | 'bomBytes'>,
  isAll: boolean,
): Uint8Array {
  const transcoder = createTranscoder(guess.encoding)
  const bytes = transcoder.push(head.subarray(guess.bomBytes))
  const rest = isAll ? transcoder.end() : bytes.subarray(0, 0)
  if (rest.length === 0) return bytes
  const whole = new Uint8Array(bytes.length + rest.length)
  whole.set(bytes)
  whole.set(rest, bytes.length)
  return whole
}

/** What the lines of a piece of a file say about whether they are UTF-8. */
export function encodingEvidence(bytes: Uint8Array): EncodingEvidence {
  const whole = strictText(bytes)
  if (whole !== null) return { wideBytes: bytes.length - whole.length, unreadable: 0, samples: [] }
  const evidence = { wideBytes: 0, unreadable: 0, samples: [] as Uint8Array[] }
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(10, start)
    const line = bytes.subarray(start, found < 0 ? bytes.length : found)
    start += line.length + 1
    if (isUtf8(line)) evidence.wideBytes += line.length - (strictText(line) ?? '').length
    else {
      evidence.unreadable++
      keepSample(evidence.samples, line)
    }
  }
  return evidence
}

/** Are the bytes rather another encoding than damaged UTF-8: more records that are invalid than wide characters that are not? */
export function isOtherEncoding({ wideBytes, unreadable }: EncodingEvidence): boolean {
  return unreadable > wideBytes
}

/**
 * @param likely what it reads like, where that is known, and the encoding that is to be suggested before others
 * @throws AppError `import/ambiguous` with what it reads like in up to three encodings, where a file taken for UTF-8 is none and
 *   nobody named its encoding
 */
export function refuseEncoding(
  plan: Pick<FilePlan, 'file' | 'encoding' | 'bomBytes'>,
  options: ImportOptions,
  evidence: EncodingEvidence,
  likely?: Readonly<{ found: ReturnType<typeof likelyReadings>; first: Encoding }>,
): void {
  if (plan.encoding !== 'utf-8' || plan.bomBytes > 0 || options.encoding !== undefined) return
  if (!isOtherEncoding(evidence)) return
  const { found, first } = likely ?? { found: likelyReadings(evidence.samples), first: null }
  const readings = found.toSorted((a, b) => Number(b.encoding === first) - Number(a.encoding === first))
  const [{ encoding: suggestion, samples } = found[0]] = readings
  const read = readings.map(reading => `As ${reading.encoding} it reads: ${reading.samples}.`).join(' ')
  const right =
    readings.length === 1
      ? `If that is right, say --encoding ${suggestion}; if not, name another one or save it as UTF-8.`
      : `If the first is right, say --encoding ${suggestion}; else name the one that is, or save it as UTF-8.`
  throw new AppError('import/ambiguous', `${plan.file} is not UTF-8. ${read} ${right}`, {
    file: plan.file,
    flag: '--encoding',
    suggestion,
    samples,
    readings: readings.map(reading => `${reading.encoding}: ${reading.samples}`).join('\n'),
    records: evidence.unreadable,
  })
}

const MOST_SAMPLES = 32
const SAMPLE_BYTES = 512

/** Keeps a copy of a record that is not valid, where there are not enough; of a long one the beginning, to a blank or comma. */
export function keepSample(samples: Uint8Array[], record: Uint8Array): void {
  if (samples.length === MOST_SAMPLES || record.length === 0) return
  let end = Math.min(record.length, SAMPLE_BYTES)
  while (end > 0 && end < record.length && (record[end] as number) >= 0x30) end-- // within range: end < length
  samples.push(record.slice(0, end))
}
