import { allocate, enlarge } from '../memory/memory'
import { findText, intern, openDictionary } from './dictionary'
import { hashText } from './hash'

/** Keys of JSON objects as a tree. A node: the dictionary of the keys below it, a node per code, room for these; what it is. */
const CHILDREN: usize = 4
const ROOM: usize = 8
const FIELD: usize = 12
const KIND: usize = 16
/** The record in which it came last. */
const SEEN: usize = 20
const NODE_BYTES: usize = 24
const FIRST_ROOM: u32 = 16

/** Its objects stay whole. */
const WHOLE: u32 = 1
/** Only the reference knows what becomes of it. */
const ODD: u32 = 2
/** The reference may read a column of this name. */
const LATE: u32 = 4

const nameless = openLineKey(-1, ODD)
let asked: usize = 0
let askedFrom: usize = 0
let askedTo: usize = 0

/** @param field -1: no field of the block */
export function openLineKey(field: i32, kind: u32): usize {
  const node = allocate(NODE_BYTES)
  store<u32>(node, 0)
  store<u32>(node, 0, CHILDREN)
  store<u32>(node, 0, ROOM)
  store<i32>(node, field, FIELD)
  store<u32>(node, kind, KIND)
  store<u32>(node, 0, SEEN)
  return node
}

/** Hangs a node below another under a key that it has not yet, and that is not empty. */
export function addLineKey(parent: usize, start: usize, end: usize, child: usize): void {
  if (load<u32>(parent) === 0) store<u32>(parent, <u32>openDictionary())
  const code = intern(load<u32>(parent), start, end)
  const room = load<u32>(parent, ROOM)
  if (code > room) {
    const wider = max(FIRST_ROOM, 2 * room)
    const used = (<usize>room) << 2
    const at =
      room === 0 ? allocate((<usize>wider) << 2) : enlarge(load<u32>(parent, CHILDREN), used, used, (<usize>wider) << 2)
    store<u32>(parent, <u32>at, CHILDREN)
    store<u32>(parent, wider, ROOM)
  }
  store<u32>(load<u32>(parent, CHILDREN) + ((<usize>code - 1) << 2), <u32>child)
}

/** The node of a key; 0 where it is not known, and is to be asked about. */
export function lineKey(parent: usize, start: usize, end: usize): usize {
  if (start === end) return nameless
  const keys = <usize>load<u32>(parent)
  const length = <i32>(end - start)
  const code = keys === 0 ? 0 : findText(keys, start, length, hashText(start, length))
  if (code !== 0) return load<u32>(load<u32>(parent, CHILDREN) + ((<usize>code - 1) << 2))
  asked = parent
  askedFrom = start
  askedTo = end
  return 0
}

/** The node below which a key was not known; 0 where all were. */
export function askedLineKey(): usize {
  return asked
}

export function askedStart(): usize {
  return askedFrom
}

export function askedEnd(): usize {
  return askedTo
}

export function forgetAsked(): void {
  asked = 0
}

/** Does a key come for the first time in a record? */
export function isFirstOf(record: u32, node: usize): bool {
  const isFirst = load<u32>(node, SEEN) !== record
  store<u32>(node, record, SEEN)
  return isFirst
}

export function isOddKey(node: usize): bool {
  return (load<u32>(node, KIND) & ODD) !== 0
}

export function isWholeKey(node: usize): bool {
  return (load<u32>(node, KIND) & WHOLE) !== 0
}

export function isLateKey(node: usize): bool {
  return (load<u32>(node, KIND) & LATE) !== 0
}

export function fieldOfKey(node: usize): i32 {
  return load<i32>(node, FIELD)
}
