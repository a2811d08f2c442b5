const QUOTE: u8 = 34
const BACKSLASH: u8 = 92
const MINUS: u8 = 45
const ZERO: u8 = 48
const COMMA: u8 = 44
const COLON: u8 = 58
const OBJECT_OPEN: u8 = 123
const OBJECT_CLOSE: u8 = 125
const ARRAY_OPEN: u8 = 91
const ARRAY_CLOSE: u8 = 93
/** Deeper ones are left to the reference: its bound is 64. */
const MAX_DEPTH: i32 = 32

let at: usize = 0
let end: usize = 0
let to: usize = 0

/**
 * Checks that bytes [start .. end), valid UTF-8, are a JSON object and copies them without the blanks between its tokens.
 * What it refuses may be JSON all the same.
 *
 * @param target has room for as many bytes, and 16 more
 * @returns where the copy ends, 0 where the bytes are not plainly an object
 */
export function copyObject(start: usize, stop: usize, target: usize): usize {
  at = start
  end = stop
  to = target
  if (start >= stop || load<u8>(start) !== OBJECT_OPEN || !members(0)) return 0
  skipBlanks()
  return at === end ? to : 0
}

function next(): u8 {
  return at < end ? load<u8>(at) : 0
}

function take(): bool {
  store<u8>(to++, load<u8>(at++))
  return true
}

function members(depth: i32): bool {
  take()
  skipBlanks()
  if (next() === OBJECT_CLOSE) return take()
  while (true) {
    skipBlanks()
    if (next() !== QUOTE || !copyString()) return false
    skipBlanks()
    if (next() !== COLON) return false
    take()
    if (!value(depth + 1)) return false
    const byte = next()
    if (byte === OBJECT_CLOSE) return take()
    if (byte !== COMMA) return false
    take()
  }
}

function elements(depth: i32): bool {
  take()
  skipBlanks()
  if (next() === ARRAY_CLOSE) return take()
  while (true) {
    if (!value(depth + 1)) return false
    const byte = next()
    if (byte === ARRAY_CLOSE) return take()
    if (byte !== COMMA) return false
    take()
  }
}

/** A value with the blanks around it. */
function value(depth: i32): bool {
  skipBlanks()
  if (depth >= MAX_DEPTH || !bareValue(depth)) return false
  skipBlanks()
  return true
}

function bareValue(depth: i32): bool {
  const byte = next()
  if (byte === QUOTE) return copyString()
  if (byte === OBJECT_OPEN) return members(depth)
  if (byte === ARRAY_OPEN) return elements(depth)
  if (byte === MINUS || byte - ZERO < 10) return copyNumber()
  return literal()
}

/** The sixteen bytes at a time that are plain; then what is not. */
function copyString(): bool {
  take()
  while (true) {
    const bytes = v128.load(at)
    const special = v128.or(
      v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH))),
      i8x16.lt_u(bytes, i8x16.splat(32)),
    )
    const mask = i8x16.bitmask(special)
    v128.store(to, bytes)
    const plain: usize = mask === 0 ? 16 : ctz<i32>(mask)
    at += plain
    to += plain
    if (at >= end) return false
    if (mask === 0) continue
    const byte = load<u8>(at)
    if (byte === QUOTE) return take()
    if (byte !== BACKSLASH || !copyEscape()) return false
  }
}

function copyEscape(): bool {
  const left = end - at
  if (left < 2) return false
  const letter = load<u8>(at, 1)
  take()
  if (letter !== 117) return isSimple(letter) && take()
  if (left < 6) return false
  for (let i: usize = 1; i < 5; i++) {
    const byte = load<u8>(at + i)
    const lower = byte | 32
    if (!(byte - ZERO < 10) && (lower < 97 || lower > 102)) return false
  }
  for (let i = 0; i < 5; i++) take()
  return true
}

/** `"\/bfnrt` */
function isSimple(letter: u8): bool {
  if (letter === QUOTE || letter === BACKSLASH || letter === 47 || letter === 98) return true
  return letter === 102 || letter === 110 || letter === 114 || letter === 116
}

function copyNumber(): bool {
  if (next() === MINUS) take()
  if (next() === ZERO) take()
  else if (!copyDigits()) return false
  if (next() === 46) {
    take()
    if (!copyDigits()) return false
  }
  if ((next() | 32) !== 101) return true
  take()
  if (next() === 43 || next() === MINUS) take()
  return copyDigits()
}

/** At least one digit. */
function copyDigits(): bool {
  const from = at
  while (next() - ZERO < 10) take()
  return at > from
}

/** true, false, null */
function literal(): bool {
  const left = end - at
  const word = load<u32>(at)
  if (left >= 4 && (word === 0x65757274 || word === 0x6c6c756e)) return copyWord(4)
  return left >= 5 && word === 0x736c6166 && load<u8>(at, 4) === 101 && copyWord(5)
}

function copyWord(length: usize): bool {
  store<u64>(to, load<u64>(at))
  at += length
  to += length
  return true
}

function skipBlanks(): void {
  while (at < end) {
    const byte = load<u8>(at)
    if (byte > 32 || (byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13)) return
    at++
  }
}
