import { equalBits, spansOf } from '../memory/lanes'
import { keepJudgement, keepRecord, ROWS, rowCount, setRowCount } from './block'
import { currentLine, longestRecord, setLine } from './scan'

const LF: u8 = 10
const CR: u8 = 13
const QUOTE: u8 = 34
const BACKSLASH: u8 = 92
const COMMA: u8 = 44
const OBJECT_OPEN: u8 = 123
const OBJECT_CLOSE: u8 = 125
/** Set in both kinds of brackets, it makes them one. */
const CURLED: u8 = 32
const STEP: usize = 64

/** Bits of the 64 bytes at hand, the lowest for the first. */
let quotes: u64 = 0
let backslashes: u64 = 0
let opening: u64 = 0
let closing: u64 = 0
let lineFeeds: u64 = 0
let returns: u64 = 0

/** What holds from one 64 bytes to the next. */
let inside: u64 = 0
let isEscaped: u64 = 0
let wasReturn: u64 = 0
let depth: i32 = 0

let breaks: u32 = 0

/**
 * Takes whole objects of a list as records, until the block is full. Strings, brackets and commas are looked at, as
 * `ElementSplitter` does; an object that it might end elsewhere is left to it.
 *
 * @param from the opening bracket of an object
 * @param limit end of the bytes at hand; 64 bytes behind it can be read
 * @returns the place behind the last object that was taken, whose line is the current one then; `from` where none was
 */
export function scanElements(from: usize, limit: usize): usize {
  let start = from
  let behind = from
  while (rowCount() < ROWS) {
    const line = currentLine() + breaks
    breaks = 0
    const end = elementEnd(start, limit)
    if (end === 0 || end - start > longestRecord()) break
    keepRecord(rowCount(), start, end, end)
    keepJudgement(rowCount(), line, false, 0)
    setRowCount(rowCount() + 1)
    setLine(line + breaks)
    breaks = 0
    behind = end
    start = nextElement(end, limit)
    if (start === 0) break
  }
  breaks = 0
  return behind
}

/** The opening bracket of the next object, 0 where something else comes, or nothing yet; counts the line breaks before it. */
function nextElement(from: usize, limit: usize): usize {
  let commas = 0
  for (let at = from; at < limit; at++) {
    const byte = load<u8>(at)
    if (byte === OBJECT_OPEN) return commas === 1 ? at : 0
    if (byte === COMMA) commas++
    else if (byte === CR || (byte === LF && load<u8>(at - 1) !== CR)) breaks++
    else if (byte !== 32 && byte !== 9 && byte !== LF) return 0
  }
  return 0
}

/** The place behind an object; 0 where it ends behind the limit, or has a backslash outside its strings. */
function elementEnd(start: usize, limit: usize): usize {
  inside = 0
  isEscaped = 0
  wasReturn = 0
  depth = 0
  for (let at = start; at < limit; at += STEP) {
    classify(at)
    if (limit - at < STEP) cut(((<u64>1) << (<u64>(limit - at))) - 1)
    const texts = areaOfTexts()
    const odd = backslashes & ~texts
    const last = lastBracket(opening & ~texts, closing & ~texts)
    const mine: u64 = last < 0 ? -1 : <u64>-1 >> (63 - <u64>last)
    if ((odd & mine) !== 0) return 0
    countBreaks(mine)
    if (last >= 0) return at + <usize>last + 1
  }
  return 0
}

function classify(at: usize): void {
  const a = v128.load(at)
  const b = v128.load(at, 16)
  const c = v128.load(at, 32)
  const d = v128.load(at, 48)
  quotes = equalBits(a, b, c, d, QUOTE)
  backslashes = equalBits(a, b, c, d, BACKSLASH)
  lineFeeds = equalBits(a, b, c, d, LF)
  returns = equalBits(a, b, c, d, CR)
  const curled = i8x16.splat(CURLED)
  const e = v128.or(a, curled)
  const f = v128.or(b, curled)
  const g = v128.or(c, curled)
  const h = v128.or(d, curled)
  opening = equalBits(e, f, g, h, OBJECT_OPEN)
  closing = equalBits(e, f, g, h, OBJECT_CLOSE)
}

function cut(mask: u64): void {
  quotes &= mask
  backslashes &= mask
  opening &= mask
  closing &= mask
  lineFeeds &= mask
  returns &= mask
}

/** Bits of the bytes in strings, from the opening quote to before the closing one. Right up to the first backslash outside. */
function areaOfTexts(): u64 {
  let escaped = isEscaped
  let left = backslashes & ~escaped
  isEscaped = 0
  while (left !== 0) {
    const bit = ctz<u64>(left)
    if (bit === 63) isEscaped = 1
    else escaped |= (<u64>2) << bit
    left &= ~((<u64>3) << bit)
  }
  const area = spansOf(quotes & ~escaped) ^ inside
  inside = <u64>(<i64>area >> 63)
  return area
}

/** The bit of the bracket that closes the object, -1 where it is not among these. */
function lastBracket(opens: u64, closes: u64): i32 {
  const closed = <i32>popcnt<u64>(closes)
  if (closed < depth) {
    depth += <i32>popcnt<u64>(opens) - closed
    return -1
  }
  for (let left = opens | closes; left !== 0; left &= left - 1) {
    const bit = ctz<u64>(left)
    if (((opens >> bit) & 1) !== 0) depth++
    else if (--depth === 0) return <i32>bit
  }
  return -1
}

function countBreaks(mine: u64): void {
  if ((lineFeeds | returns) === 0) wasReturn = 0
  else {
    breaks += <u32>popcnt<u64>(returns & mine) + <u32>popcnt<u64>(lineFeeds & mine & ~((returns << 1) | wasReturn))
    wasReturn = returns >> 63
  }
}
