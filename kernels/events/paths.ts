import { heapCount } from '../memory/heap'
import { allocate } from '../memory/memory'
import { endsOf, isBad, markBad, ROWS, rowCount, startsOf } from './block'
import { findText, intern, openDictionary } from './dictionary'
import { hashText } from './hash'

/**
 * Where in the JSON objects of a field the wanted values lie. Wanted keys form a tree. A node is the dictionary of the keys
 * below it, the number of its slot (-1: it has none), and a node per code of the dictionary.
 */
const SLOT: usize = 4
const CHILDREN: usize = 8

const QUOTE: u8 = 34
const BACKSLASH: u8 = 92
const COMMA: u8 = 44
const OBJECT_OPEN: u8 = 123
const OBJECT_CLOSE: u8 = 125
const ARRAY_OPEN: u8 = 91
const ARRAY_CLOSE: u8 = 93
const LETTER_N: u8 = 110

/** What lies at the end of a path: nothing; null or an empty list; a text or number that means its bytes; something else. */
const ABSENT: u8 = 0
const NULL: u8 = 1
const PLAIN: u8 = 2
const OTHER: u8 = 3

/** Per slot: where the value of each row begins and ends, and what it is. */
const SLOT_BYTES: usize = 9 * ROWS

let slots: usize = 0
let row: usize = 0
/** Has a string at hand an escape? */
let isEscaped: bool = false
/** A key with an escape may be a wanted one. */
let isOdd: bool = false

export function openPathNode(children: i32, slot: i32): usize {
  const node = allocate(CHILDREN + ((<usize>children) << 2))
  store<u32>(node, children === 0 ? 0 : <u32>openDictionary())
  store<i32>(node, slot, SLOT)
  return node
}

/** Hangs a node below another under a key that it has not yet. */
export function addPathKey(node: usize, start: usize, end: usize, child: usize): void {
  const code = intern(load<u32>(node), start, end)
  store<u32>(node + ((<usize>code) << 2), <u32>child, CHILDREN - 4)
}

export function openPathSlots(count: i32): usize {
  return allocate(<usize>count * SLOT_BYTES)
}

/**
 * Finds the wanted values in the cells of a field: empty ones, or JSON objects without blanks, as `lookObjects` leaves them.
 * Of equal keys the last counts. A row with a key that is not spelled as it is becomes bad.
 *
 * @param into receives, per slot, starts and ends, a word per row each, then what there is, a byte per row
 */
export function lookPaths(field: i32, tree: usize, into: usize, count: i32): void {
  const rows = rowCount()
  slots = into
  for (let slot = 0; slot < count; slot++) memory.fill(into + <usize>slot * SLOT_BYTES + 8 * ROWS, ABSENT, rows)
  for (let i = 0; i < rows; i++) {
    const start = <usize>load<u32>(startsOf(field) + ((<usize>i) << 2))
    if (isBad(i) || start === <usize>load<u32>(endsOf(field) + ((<usize>i) << 2))) continue
    row = <usize>i
    isOdd = false
    members(tree, start)
    if (isOdd) markBad(i)
  }
}

/** @returns the place behind the object */
function members(node: usize, object: usize): usize {
  let at = object + 1
  if (load<u8>(at) === OBJECT_CLOSE) return at + 1
  while (true) {
    const end = stringEnd(at)
    isOdd = isOdd || isEscaped
    const child = childOf(node, at + 1, end - 1)
    at = child === 0 ? valueEnd(end + 1) : keep(child, end + 1)
    if (load<u8>(at) === OBJECT_CLOSE) return at + 1
    at++
  }
}

function childOf(node: usize, start: usize, end: usize): usize {
  const length = <i32>(end - start)
  const code = findText(load<u32>(node), start, length, hashText(start, length))
  return code === 0 ? 0 : load<u32>(node + ((<usize>code) << 2), CHILDREN - 4)
}

/** Keeps the value of a node. @returns the place behind it */
function keep(node: usize, at: usize): usize {
  const isInner = load<u32>(node) !== 0
  if (isInner) forget(node)
  const byte = load<u8>(at)
  const end = isInner && byte === OBJECT_OPEN ? members(node, at) : valueEnd(at)
  if (byte === QUOTE) put(node, at + 1, end - 1, isEscaped ? OTHER : PLAIN)
  else if (byte === LETTER_N || (byte === ARRAY_OPEN && end === at + 2)) put(node, at, at, NULL)
  else put(node, at, end, byte === OBJECT_OPEN || byte === ARRAY_OPEN ? OTHER : PLAIN)
  return end
}

function put(node: usize, start: usize, end: usize, what: u8): void {
  const slot = load<i32>(node, SLOT)
  if (slot < 0) return
  const place = slots + <usize>slot * SLOT_BYTES
  store<u32>(place + (row << 2), <u32>start)
  store<u32>(place + (row << 2), <u32>end, 4 * ROWS)
  store<u8>(place + row, what, 8 * ROWS)
}

/** What an earlier member of the same key had inside counts no more. */
function forget(node: usize): void {
  const keys = <usize>load<u32>(node)
  if (keys === 0) return
  const children = heapCount(keys)
  for (let i = 0; i < children; i++) {
    const child = <usize>load<u32>(node + ((<usize>i) << 2), CHILDREN)
    put(child, 0, 0, ABSENT)
    forget(child)
  }
}

/** Had the string that was passed over last an escape? */
export function hasEscape(): bool {
  return isEscaped
}

/** The place behind the closing quote of a string. */
export function stringEnd(open: usize): usize {
  let at = open + 1
  isEscaped = false
  while (true) {
    const bytes = v128.load(at)
    const special = v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH)))
    const mask = i8x16.bitmask(special)
    if (mask === 0) {
      at += 16
      continue
    }
    at += ctz<i32>(mask)
    if (load<u8>(at) === QUOTE) return at + 1
    isEscaped = true
    at += 2
  }
}

/** The place behind a value of JSON without blanks. */
export function valueEnd(from: usize): usize {
  const byte = load<u8>(from)
  if (byte === QUOTE) return stringEnd(from)
  if (byte === OBJECT_OPEN || byte === ARRAY_OPEN) return bracketEnd(from)
  let at = from
  while (true) {
    const next = load<u8>(at)
    if (next === COMMA || next === OBJECT_CLOSE || next === ARRAY_CLOSE) return at
    at++
  }
}

function bracketEnd(open: usize): usize {
  let at = open
  let depth = 0
  while (true) {
    const byte = load<u8>(at)
    if (byte === QUOTE) {
      at = stringEnd(at)
      continue
    }
    if (byte === OBJECT_OPEN || byte === ARRAY_OPEN) depth++
    else if (byte === OBJECT_CLOSE || byte === ARRAY_CLOSE) depth--
    at++
    if (depth === 0) return at
  }
}
