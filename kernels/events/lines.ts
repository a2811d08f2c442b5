import { allocate, allocateClear, enlarge } from '../memory/memory'
import {
  endOf,
  endsOf,
  escapedOf,
  fieldCount,
  fromOf,
  isBad,
  keepJudgement,
  keepRecord,
  keepWide,
  markBad,
  ROWS,
  rowCount,
  setRowCount,
  startsOf,
} from './block'
import { areUsual, fragmentEnd } from './fragments'
import { copyObject } from './json'
import {
  askedLineKey,
  fieldOfKey,
  forgetAsked,
  isFirstOf,
  isLateKey,
  isOddKey,
  isWholeKey,
  lineKey,
  openLineKey,
} from './line-keys'
import { hasEscape, stringEnd, valueEnd } from './paths'
import { currentLine, longestRecord, setLine } from './scan'
import { wideBytes } from './utf8'

const LF: u8 = 10
const CR: u8 = 13
const QUOTE: u8 = 34
const OBJECT_OPEN: u8 = 123
const OBJECT_CLOSE: u8 = 125
const ARRAY_OPEN: u8 = 91
const ARRAY_CLOSE: u8 = 93
const LETTER_N: u8 = 110
const ZERO: u8 = 48

/** What a field is for: kept as JSON; read; where a worked-out field is taken from, or looked into; a number, an object. */
const CUSTOM: u8 = 1
const TARGET: u8 = 2
const SOURCE: u8 = 4
const INSIDE: u8 = 8
const NUMBER: u8 = 16
const OBJECT: u8 = 32

let root: usize = 0
let uses: usize = 0
/** Per field: the record in which it was filled last. Two ways of writing a key lead to one field. */
let filled: usize = 0
let serial: u32 = 0
let row: usize = 0
let copies: usize = 0
let room: usize = 0
let used: usize = 0

/** @returns the node below which the keys of records are, a word; then what each field is for, a byte each */
export function openLines(): usize {
  root = openLineKey(-1, 0)
  const at = allocate(4 + <usize>fieldCount())
  store<u32>(at, <u32>root)
  uses = at + 4
  filled = allocateClear((<usize>fieldCount()) << 2)
  return at
}

/**
 * Takes whole lines from `from` on as records, until the block is full.
 *
 * @param limit end of the bytes at hand; a line counts as whole where the byte behind its break is known
 * @returns where the first line begins that was not taken
 */
export function scanLines(from: usize, limit: usize): usize {
  let start = from
  while (rowCount() < ROWS) {
    const end = breakAt(start, limit)
    const isCr = end < limit && load<u8>(end) === CR
    if (end >= limit || (isCr && end + 1 >= limit) || end - start > longestRecord()) return start
    const next = isCr && load<u8>(end, 1) === LF ? end + 2 : end + 1
    const line = currentLine()
    keepRecord(rowCount(), start, end, next)
    keepJudgement(rowCount(), line, false, 0)
    setLine(line + 1)
    setRowCount(rowCount() + 1)
    start = next
  }
  return start
}

/** The first line break; not before `limit` where there is none. */
function breakAt(start: usize, limit: usize): usize {
  for (let at = start; at < limit; at += 16) {
    const bytes = v128.load(at)
    const mask = i8x16.bitmask(v128.or(i8x16.eq(bytes, i8x16.splat(LF)), i8x16.eq(bytes, i8x16.splat(CR))))
    if (mask !== 0) return at + ctz<i32>(mask)
  }
  return limit
}

/**
 * Lays the members of the JSON objects in the lines down as the cells of their fields: texts without quotes, marked as such;
 * all else as it is written, without blanks. A line that is no plain one becomes bad.
 *
 * @returns a row with a key that is not known (see `askedLineKey`), from which to go on; -1 at the end
 */
export function lookLines(first: i32): i32 {
  const count = rowCount()
  if (first === 0) reserve(count)
  for (let i = first; i < count; i++) {
    if (isBad(i)) continue
    row = <usize>i
    forgetAsked()
    const wide = wideBytes(fromOf(i), endOf(i))
    keepWide(i, max(wide, 0))
    const from = copies + used
    const to = wide < 0 ? 0 : copyObject(fromOf(i), endOf(i), from)
    serial++
    if (to !== 0 && members(root, from) !== 0) used += to - from + 32
    else if (to !== 0 && askedLineKey() !== 0) return i
    else markBad(i)
  }
  return -1
}

function reserve(count: i32): void {
  let bytes: usize = 0
  for (let i = 0; i < count; i++) bytes += endOf(i) - fromOf(i) + 64
  if (bytes > room) {
    copies = room === 0 ? allocate(2 * bytes) : enlarge(copies, 0, room, 2 * bytes)
    room = 2 * bytes
  }
  used = 0
  for (let field = 0; field < fieldCount(); field++) {
    memory.fill(startsOf(field), 0, (<usize>count) << 2)
    memory.fill(endsOf(field), 0, (<usize>count) << 2)
    memory.fill(escapedOf(field), 0, count)
  }
}

/** @returns the place behind the object, 0 where only the reference can tell */
function members(parent: usize, object: usize): usize {
  let at = object + 1
  if (load<u8>(at) === OBJECT_CLOSE) return at + 1
  while (true) {
    const end = stringEnd(at)
    if (hasEscape()) return 0
    const key = lineKey(parent, at + 1, end - 1)
    // Of equal keys the last counts.
    if (key === 0 || isOddKey(key) || !isFirstOf(serial, key)) return 0
    const isTaken = parent === root && load<u8>(end, 1) === OBJECT_OPEN && !isWholeKey(key)
    at = isTaken ? takeApart(key, end + 1) : put(fieldOfKey(key), end + 1)
    if (at === 0) return 0
    if (load<u8>(at) === OBJECT_CLOSE) return at + 1
    at++
  }
}

/** An object without members is text, of a worked-out field and of a column that is there late: the reference takes it. */
function takeApart(key: usize, object: usize): usize {
  const field = fieldOfKey(key)
  const isSource = field >= 0 && (load<u8>(uses + <usize>field) & SOURCE) !== 0
  const isText = isSource || isLateKey(key)
  return isText && load<u8>(object, 1) === OBJECT_CLOSE ? 0 : members(key, object)
}

/** Fills a field, which may be none where the value is null. @returns the place behind the value, 0 as above */
function put(field: i32, at: usize): usize {
  const byte = load<u8>(at)
  if (field < 0) return byte === LETTER_N ? at + 4 : 0
  const stamp = filled + ((<usize>field) << 2)
  if (load<u32>(stamp) === serial) return 0
  store<u32>(stamp, serial)
  if (byte === LETTER_N) return at + 4
  const use = load<u8>(uses + <usize>field)
  if (byte === QUOTE) return putText(field, use, at)
  if (byte === OBJECT_OPEN) return putObject(field, use, at)
  if (byte === ARRAY_OPEN) return putArray(field, use, at)
  const end = valueEnd(at)
  if ((use & NUMBER) !== 0 && !areDigits(at, end)) return 0
  return keep(field, at, end, end)
}

function keep(field: i32, start: usize, end: usize, next: usize): usize {
  store<u32>(startsOf(field) + (row << 2), <u32>start)
  store<u32>(endsOf(field) + (row << 2), <u32>end)
  return next
}

function putText(field: i32, use: u8, at: usize): usize {
  const end = stringEnd(at)
  if ((use & INSIDE) !== 0) return 0
  if (hasEscape() && ((use & ~CUSTOM) !== 0 || ((use & CUSTOM) !== 0 && !areUsual(at, end)))) return 0
  store<u8>(escapedOf(field) + row, 1)
  return keep(field, at + 1, end - 1, end)
}

function putObject(field: i32, use: u8, at: usize): usize {
  if ((use & SOURCE) !== 0 || (use & (TARGET | OBJECT)) === TARGET) return 0
  const end = (use & (CUSTOM | OBJECT)) !== 0 ? fragmentEnd(at) : valueEnd(at)
  return end === 0 ? 0 : keep(field, at, end, end)
}

/** Of a list, a worked-out field takes the first member. */
function putArray(field: i32, use: u8, at: usize): usize {
  if ((use & TARGET) !== 0) return 0
  if ((use & SOURCE) === 0) {
    const whole = (use & CUSTOM) !== 0 ? fragmentEnd(at) : valueEnd(at)
    return whole === 0 ? 0 : keep(field, at, whole, whole)
  }
  const byte = load<u8>(at, 1)
  if (use !== SOURCE || byte === OBJECT_OPEN || byte === ARRAY_OPEN) return 0
  const next = valueEnd(at)
  if (byte === ARRAY_CLOSE || byte === LETTER_N) return next
  if (byte !== QUOTE) return keep(field, at + 1, valueEnd(at + 1), next)
  const end = stringEnd(at + 1)
  return hasEscape() ? 0 : keep(field, at + 2, end - 1, next)
}

function areDigits(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if (!(load<u8>(at) - ZERO < 10)) return false
  return true
}
