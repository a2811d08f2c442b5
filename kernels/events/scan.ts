import { equalBits, highBits, spansOf } from '../memory/lanes'
import {
  endsOf,
  escapedOf,
  fieldCount,
  keepJudgement,
  keepRecord,
  noteEscapes,
  QUOTE,
  ROWS,
  rowCount,
  setRowCount,
  startsOf,
} from './block'
import { wideBytes } from './utf8'

const LF: u8 = 10
const CR: u8 = 13
const STEP: usize = 64

let delimiter: u8 = 44
let longest: usize = 0
let line: u32 = 1

/** Bits of the 64 bytes at hand, the lowest for the first: quotes, delimiters, line breaks, bytes beyond ASCII. */
let quotes: u64 = 0
let delimiters: u64 = 0
let breaks: u64 = 0
let wides: u64 = 0

/** What holds from one 64 bytes to the next. */
let inside: u64 = 0
let opensNext: u64 = 0
let closesNext: u64 = 0
let wasWide: bool = false
let wasEscaped: bool = false

/** The record at hand. */
let recordStart: usize = 0
let fieldStart: usize = 0
let field: i32 = 0
let isOdd: bool = false
let innerBreaks: u32 = 0
let escapes: u64 = 0

/** @param most bytes of a record */
export function openScan(byte: i32, most: usize): void {
  delimiter = <u8>byte
  longest = most
}

/** Bytes of a record, at most. */
export function longestRecord(): usize {
  return longest
}

export function currentLine(): u32 {
  return line
}

export function setLine(at: u32): void {
  line = at
}

/**
 * Takes records apart from `from` on, whole ones whose quoting is plain, until the block is full.
 *
 * @param limit end of the bytes at hand; a record counts as whole where the byte behind its line break is known
 * @returns where the first record begins that was not taken
 */
export function scan(from: usize, limit: usize): usize {
  beginRecord(from)
  inside = 0
  opensNext = 1
  closesNext = 0
  wasWide = false
  wasEscaped = false
  for (let at = from; at < limit; at += STEP) {
    classify(at)
    if (limit - at < STEP) cut(((<u64>1) << (<u64>(limit - at))) - 1)
    let stops = delimiters | breaks
    let sound = <u64>-1
    escapes = 0
    if ((quotes | inside) !== 0 || closesNext !== 0) {
      sound = resolveQuotes()
      // A delimiter in quotes is text; a line break is one, too, but is counted.
      stops = (delimiters & ~inner) | breaks
    } else opensNext = stops >> 63
    if (!takeStops(at, stops & sound, limit) || sound !== <u64>-1) return recordStart
    wasWide = wasWide || wides !== 0
    wasEscaped = wasEscaped || escapes !== 0
  }
  return recordStart
}

/** Bits of the bytes in quotes, from the opening quote to before the closing one. */
let inner: u64 = 0

function beginRecord(at: usize): void {
  recordStart = at
  fieldStart = at
  field = 0
  isOdd = false
  innerBreaks = 0
}

function classify(at: usize): void {
  const lf = i8x16.splat(LF)
  const cr = i8x16.splat(CR)
  const a = v128.load(at)
  const b = v128.load(at, 16)
  const c = v128.load(at, 32)
  const d = v128.load(at, 48)
  inner = 0
  quotes = equalBits(a, b, c, d, QUOTE)
  delimiters = equalBits(a, b, c, d, delimiter)
  breaks = highBits(
    v128.or(i8x16.eq(a, lf), i8x16.eq(a, cr)),
    v128.or(i8x16.eq(b, lf), i8x16.eq(b, cr)),
    v128.or(i8x16.eq(c, lf), i8x16.eq(c, cr)),
    v128.or(i8x16.eq(d, lf), i8x16.eq(d, cr)),
  )
  wides = highBits(a, b, c, d)
}

function cut(mask: u64): void {
  quotes &= mask
  delimiters &= mask
  breaks &= mask
  wides &= mask
}

/**
 * Finds what lies in quotes. Quoting is plain where each opening quote follows a stop or a closing quote, and each closing
 * one is followed by a stop or an opening quote.
 *
 * @returns bits before the first that is not plain; all where all is
 */
function resolveQuotes(): u64 {
  const area = spansOf(quotes) ^ inside
  const opening = quotes & area
  const closing = quotes & ~area
  const stops = (delimiters | breaks) & ~area
  const mayOpen = ((stops | closing) << 1) | opensNext
  const behindClosing = (closing << 1) | closesNext
  const wrong = (opening & ~mayOpen) | (behindClosing & ~(stops | opening))
  escapes = opening & behindClosing
  inner = area
  inside = <u64>(<i64>area >> 63)
  opensNext = (stops | closing) >> 63
  closesNext = closing >> 63
  return wrong === 0 ? -1 : (wrong & (0 - wrong)) - 1
}

/** @returns false where the block is full or a record cannot be taken */
function takeStops(base: usize, stops: u64, limit: usize): bool {
  let left = stops
  while (left !== 0) {
    const bit = ctz<u64>(left)
    left &= left - 1
    const at = base + <usize>bit
    if (((inner >> bit) & 1) !== 0) {
      if (load<u8>(at) === CR || load<u8>(at - 1) !== CR) innerBreaks++
      continue
    }
    const byte = load<u8>(at)
    if (byte === LF && at < fieldStart) continue
    keepField(at, bit)
    if (byte === delimiter) {
      fieldStart = at + 1
      field++
    } else if (!endRecord(at, bit, byte, limit)) return false
  }
  return true
}

function keepField(at: usize, bit: u64): void {
  const below = ((<u64>1) << bit) - 1
  const isEscaped = wasEscaped || (escapes & below) !== 0
  escapes &= ~below
  wasEscaped = false
  let start = fieldStart
  let end = at
  if (start < end && load<u8>(start) === QUOTE) {
    start++
    end--
  }
  if (field >= fieldCount()) {
    if (start !== end) isOdd = true
    return
  }
  const row = <usize>rowCount()
  store<u32>(startsOf(field) + (row << 2), <u32>start)
  store<u32>(endsOf(field) + (row << 2), <u32>end)
  store<u8>(escapedOf(field) + row, isEscaped ? 1 : 0)
  if (isEscaped) noteEscapes()
}

function endRecord(at: usize, bit: u64, byte: u8, limit: usize): bool {
  const isPaired = byte === CR && at + 1 < limit && load<u8>(at, 1) === LF
  if ((byte === CR && at + 1 >= limit) || at - recordStart > longest) return false
  const below = ((<u64>1) << bit) - 1
  const isWide = wasWide || (wides & below) !== 0
  wides &= ~below
  wasWide = false
  const next = isPaired ? at + 2 : at + 1
  const row = rowCount()
  const wide = isWide ? wideBytes(recordStart, at) : 0
  keepRecord(row, recordStart, at, next)
  keepJudgement(row, line, isOdd || wide < 0 || field + 1 < fieldCount(), max(wide, 0))
  line += 1 + innerBreaks
  beginRecord(next)
  setRowCount(row + 1)
  return row + 1 < ROWS
}
