import {
  appendText,
  clearHeap,
  commitText,
  commitTexts,
  HEAP_BYTES,
  heapBytes,
  heapCount,
  heapOffsets,
  openHeap,
  reserveHeap,
} from '../memory/heap'
import { allocate, copyText, enlarge } from '../memory/memory'
import { endsOf, ROWS, recordsAt, startsOf } from './block'
import { closeDictionary, hashOfCode, openDictionary } from './dictionary'
import { begun, finished, hashText, hashUuid, mixed } from './hash'
import { UUID } from './ids'
import { tally } from './tally'
import { packUuid, unpackUuid } from './uuids'

/** The columns of the rows read so far, by number; codes of kind k are column CODES + k. */
const ID_HASH: i32 = 0
const CONTENT_HASH: i32 = 1
const TIMESTAMP: i32 = 2
const WEIGHT: i32 = 3
const LINE: i32 = 4
const KEY_EVENT: i32 = 5
const UUIDS: i32 = 6
const IS_DATE: i32 = 7
const CODES: i32 = 8
const KINDS: i32 = 8
const COLUMNS: i32 = CODES + KINDS
/** Place per column, then bytes per value. */
const table: usize = memory.data(COLUMNS * 8)
const dictionaries: usize = memory.data(KINDS * 4)

const ids: usize = allocate(HEAP_BYTES)
const properties: usize = allocate(HEAP_BYTES)
const custom: usize = allocate(HEAP_BYTES)

let capacity: i32 = 0
let count: i32 = 0
let areUuids: bool = true

function widthOf(column: i32): usize {
  if (column === UUIDS) return 16
  if (column === KEY_EVENT || column === IS_DATE) return 1
  return column < LINE ? 8 : 4
}

/** Makes the columns. Called once. */
export function openRows(rows: i32): void {
  capacity = rows
  for (let column = 0; column < COLUMNS; column++) {
    store<u32>(table + ((<usize>column) << 2), <u32>allocate(<usize>rows * widthOf(column)))
  }
  for (let kind = 0; kind < KINDS; kind++) store<u32>(dictionaries + ((<usize>kind) << 2), <u32>openDictionary())
  openHeap(ids, rows, 1024)
  openHeap(properties, rows, 1024)
  openHeap(custom, rows, 1024)
}

export function columnAt(column: i32): usize {
  return load<u32>(table + ((<usize>column) << 2))
}

export function dictionaryAt(kind: i32): usize {
  return load<u32>(dictionaries + ((<usize>kind) << 2))
}

/** Begins a dictionary anew; the codes of rows that were not taken become meaningless. */
export function renewDictionary(kind: i32): void {
  closeDictionary(dictionaryAt(kind))
  store<u32>(dictionaries + ((<usize>kind) << 2), <u32>openDictionary())
}

/** Texts of the ids, properties or custom fields. */
export function textsAt(which: i32): usize {
  return which === 0 ? ids : which === 1 ? properties : custom
}

export function total(): i32 {
  return count
}

export function haveUuids(): bool {
  return areUuids && count > 0
}

/** Makes room for more rows. */
export function reserveRows(rows: i32): void {
  if (count + rows <= capacity) return
  const wider = max(count + rows, 2 * capacity)
  for (let column = 0; column < COLUMNS; column++) {
    const width = widthOf(column)
    const at = enlarge(columnAt(column), <usize>count * width, <usize>capacity * width, <usize>wider * width)
    store<u32>(table + ((<usize>column) << 2), <u32>at)
  }
  capacity = wider
}

/** Forgets the rows. */
export function clearRows(): void {
  count = 0
  areUuids = true
  clearHeap(ids)
  clearHeap(properties)
  clearHeap(custom)
}

/** Appends the ids of rows [from .. to) of the block, read by `lookIds`. */
export function writeIds(field: i32, kinds: usize, uuids: usize, from: i32, to: i32): void {
  if (areUuids && !areAllUuids(kinds, from, to)) spellIds()
  if (areUuids) {
    memory.copy(columnAt(UUIDS) + ((<usize>count) << 4), uuids + ((<usize>from) << 4), (<usize>(to - from)) << 4)
    return
  }
  for (let row = from; row < to; row++) {
    const at = (<usize>row) << 2
    if (load<u8>(kinds + row) === UUID) spellId(uuids + (at << 2))
    else appendText(ids, load<u32>(startsOf(field) + at), load<u32>(endsOf(field) + at))
  }
}

/** Appends one id for the next row. */
export function writeId(start: usize, end: usize): void {
  if (areUuids && end - start === 36 && packUuid(start, columnAt(UUIDS) + ((<usize>count) << 4))) return
  if (areUuids) spellIds()
  appendText(ids, start, end)
}

function areAllUuids(kinds: usize, from: i32, to: i32): bool {
  for (let row = from; row < to; row++) if (load<u8>(kinds + row) !== UUID) return false
  return true
}

/** Not all ids are UUIDs any more: those so far become texts. */
function spellIds(): void {
  areUuids = false
  for (let row = 0; row < count; row++) spellId(columnAt(UUIDS) + ((<usize>row) << 4))
}

function spellId(uuid: usize): void {
  unpackUuid(uuid, reserveHeap(ids, 1, 40))
  commitText(ids, 36)
}

/** Appends the texts in the cells of a field. */
export function writeTexts(which: i32, field: i32, from: i32, to: i32): void {
  const heap = textsAt(which)
  const starts = startsOf(field)
  const ends = endsOf(field)
  let bytes: usize = 0
  for (let row = from; row < to; row++)
    bytes += load<u32>(ends + ((<usize>row) << 2)) - load<u32>(starts + ((<usize>row) << 2))
  let target = reserveHeap(heap, to - from, bytes + 128)
  let offset = heapOffsets(heap) + ((<usize>heapCount(heap)) << 2)
  let end = load<u32>(offset)
  for (let row = from; row < to; row++) {
    const start = load<u32>(starts + ((<usize>row) << 2))
    const length = load<u32>(ends + ((<usize>row) << 2)) - start
    if (length !== 0) copyText(target, start, length)
    target += length
    end += length
    offset += 4
    store<u32>(offset, end)
  }
  commitTexts(heap, to - from)
}

/** Appends one text. */
export function writeText(which: i32, start: usize, end: usize): void {
  appendText(textsAt(which), start, end)
}

/** Appends empty texts. */
export function writeNoTexts(which: i32, rows: i32): void {
  if (which === 0 && areUuids) spellIds()
  const heap = textsAt(which)
  reserveHeap(heap, rows, 0)
  const offset = heapOffsets(heap) + ((<usize>heapCount(heap)) << 2)
  const end = load<u32>(offset)
  for (let row = 1; row <= rows; row++) store<u32>(offset + ((<usize>row) << 2), end)
  commitTexts(heap, rows)
}

/** Appends the lines of rows [from .. to) of the block. */
export function writeLines(from: i32, to: i32): void {
  const lines = recordsAt() + 12 * ROWS + ((<usize>from) << 2)
  memory.copy(columnAt(LINE) + ((<usize>count) << 2), lines, (<usize>(to - from)) << 2)
}

/**
 * Ends rows that were written behind the last one, and hashes them.
 *
 *   content = time, weight, key event, whether the time is a date, hash of each text;  id = its hash, or
 *   hash(content, ordinal among equal rows) where the row has none
 *
 * @param hashes where the hashes of the texts of each kind lie, 0 where the codes tell. @param from the first row there
 */
export function sealRows(rows: i32, hashes: usize, from: i32): void {
  const end = count + rows
  for (let row = count; row < end; row++) {
    const hash = contentOf(row, hashes, (<usize>(from + row - count)) << 3)
    store<u64>(columnAt(CONTENT_HASH) + ((<usize>row) << 3), hash)
    store<u64>(columnAt(ID_HASH) + ((<usize>row) << 3), idOf(row, hash))
  }
  count = end
}

function contentOf(row: i32, hashes: usize, at: usize): u64 {
  const flags = load<u8>(columnAt(KEY_EVENT) + row) | (load<u8>(columnAt(IS_DATE) + row) << 4)
  let hash = mixed(begun(flags), numberBits(load<f64>(columnAt(TIMESTAMP) + ((<usize>row) << 3))))
  hash = mixed(hash, numberBits(load<f64>(columnAt(WEIGHT) + ((<usize>row) << 3))))
  for (let kind = 0; kind < KINDS; kind++) hash = mixed(hash, kindHash(kind, row, hashes, at))
  return finished(mixed(mixed(hash, textHash(properties, row)), textHash(custom, row)))
}

function kindHash(kind: i32, row: i32, hashes: usize, at: usize): u64 {
  if (hashes === 0) {
    return hashOfCode(dictionaryAt(kind), load<u32>(columnAt(CODES + kind) + ((<usize>row) << 2)))
  }
  const place = <usize>load<u32>(hashes + ((<usize>kind) << 2))
  return place === 0 ? 0 : load<u64>(place + at)
}

/** Equal numbers have equal bits: there is one zero and one NaN. */
function numberBits(value: f64): u64 {
  return isNaN(value) ? 0x7ff8000000000000 : reinterpret<u64>(value + 0)
}

function textHash(heap: usize, row: i32): u64 {
  const offset = heapOffsets(heap) + ((<usize>row) << 2)
  const start = load<u32>(offset)
  const length = load<u32>(offset, 4) - start
  return length === 0 ? 0 : hashText(heapBytes(heap) + start, length)
}

function idOf(row: i32, content: u64): u64 {
  if (areUuids) return hashUuid(columnAt(UUIDS) + ((<usize>row) << 4))
  const offset = heapOffsets(ids) + ((<usize>row) << 2)
  const start = load<u32>(offset)
  return start === load<u32>(offset, 4)
    ? finished(mixed(content, tally(content)))
    : hashId(heapBytes(ids) + start, load<u32>(offset, 4) - start)
}

const spelled: usize = allocate(64)

/** The hash of an id, whichever way it is kept. */
export function hashId(at: usize, length: i32): u64 {
  return length === 36 && packUuid(at, spelled) ? hashUuid(spelled) : hashText(at, length)
}

/** The same; its two words are at the place returned. */
export function hashIdAt(at: usize, length: i32): usize {
  store<u64>(spelled, hashId(at, length), 32)
  return spelled + 32
}
