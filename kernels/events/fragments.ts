import { allocate } from '../memory/memory'
import { isOddKey, lineKey, openLineKey } from './line-keys'
import { hasEscape, stringEnd, valueEnd } from './paths'

const QUOTE: u8 = 34
const BACKSLASH: u8 = 92
const OBJECT_OPEN: u8 = 123
const OBJECT_CLOSE: u8 = 125
const ARRAY_OPEN: u8 = 91
const ARRAY_CLOSE: u8 = 93
/** Keys of the objects that are open at a time. */
const MOST_KEYS: i32 = 1024

const names = openLineKey(-1, 0)
const open: usize = allocate((<usize>MOST_KEYS) << 2)
let opened: i32 = 0

/** The node below which the keys of nested objects are. */
export function nestedKeys(): usize {
  return names
}

/**
 * Would a JSON value without blanks be written as it stands, were it read and written anew? Not with escapes that are spelled
 * otherwise, with equal keys, or with keys that are odd: left out, or put elsewhere.
 *
 * @returns the place behind it; 0 where it would not, or a key is not known
 */
export function fragmentEnd(at: usize): usize {
  opened = 0
  return value(at)
}

/** Are the escapes in a text those that a writer of JSON makes? */
export function areUsual(start: usize, end: usize): bool {
  let at = start
  while (at < end) {
    if (load<u8>(at) !== BACKSLASH) {
      at++
      continue
    }
    const letter = load<u8>(at, 1)
    if (letter === 47 || letter === 117) return false
    at += 2
  }
  return true
}

function value(at: usize): usize {
  const byte = load<u8>(at)
  if (byte === OBJECT_OPEN) return members(at)
  if (byte === ARRAY_OPEN) return elements(at)
  if (byte !== QUOTE) return valueEnd(at)
  const end = stringEnd(at)
  return hasEscape() && !areUsual(at, end) ? 0 : end
}

function elements(array: usize): usize {
  let at = array + 1
  if (load<u8>(at) === ARRAY_CLOSE) return at + 1
  while (true) {
    at = value(at)
    if (at === 0) return 0
    if (load<u8>(at) === ARRAY_CLOSE) return at + 1
    at++
  }
}

function members(object: usize): usize {
  const first = opened
  let at = object + 1
  if (load<u8>(at) === OBJECT_CLOSE) return at + 1
  while (true) {
    const end = stringEnd(at)
    if (hasEscape()) return 0
    const key = lineKey(names, at + 1, end - 1)
    if (key === 0 || isOddKey(key) || !isNew(first, key)) return 0
    at = value(end + 1)
    if (at === 0) return 0
    if (load<u8>(at) === OBJECT_CLOSE) break
    at++
  }
  opened = first
  return at + 1
}

/** Remembers a key of the object whose keys begin at `first`. */
function isNew(first: i32, key: usize): bool {
  if (opened === MOST_KEYS) return false
  for (let i = first; i < opened; i++) if (load<u32>(open + ((<usize>i) << 2)) === <u32>key) return false
  store<u32>(open + ((<usize>opened) << 2), <u32>key)
  opened++
  return true
}
