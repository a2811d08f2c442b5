import { endsOf, isBad, ROWS, rowCount, startsOf } from './block'
import {
  candidateIn,
  findText,
  hashCell,
  hashOfCode,
  internText,
  isFull,
  isKey,
  isText,
  keysOf,
  maskOf,
  slotsOf,
} from './dictionary'
import { SHORT } from './hash'

import { isPlain } from './plain'

/** Beside codes: a text that is not there yet and means itself; one that the reference has to be asked about. */
const FRESH: i32 = -2
const ASK: i32 = -3
/** Rows per column: a word each, then the hash of each cell, 0 where it is empty. */
export const LOOKED_BYTES: usize = 12 * ROWS
const HASHES: usize = 4 * ROWS
/** The first four slots of each: nothing depends on reading them, so that many are waited for at once. */
const firsts: usize = memory.data(16 * 1024, 16)
const keys: usize = memory.data(16 * 1024, 16)
/** The code that each has if its text is there at all, 0 where the first slots name none; and the key of that code. */
const candidates: usize = memory.data(4 * 1024, 16)
const theirKeys: usize = memory.data(16 * 1024, 16)

/** Hashes of the cells that were looked at, a row each. */
export function hashesAt(looked: usize): usize {
  return looked + HASHES
}

/**
 * Looks the cells of a field up in a dictionary.
 *
 * @param isRequired is an empty cell to be asked about?
 * @param looked receives a word per row: the code, 0 where the cell is empty, FRESH or ASK; and the hashes
 * @returns how many are to be asked about
 */
export function lookCodes(field: i32, dictionary: usize, kind: i32, isRequired: bool, looked: usize): i32 {
  hashCells(field, looked)
  readSlots(dictionary, looked)
  chooseCandidates(dictionary, looked)
  readKeys(dictionary)
  const count = rowCount()
  let asked = 0
  for (let row = 0; row < count; row++) {
    const at = (<usize>row) << 2
    const hash = load<u64>(looked + HASHES + (at << 1))
    let code: i32 = 0
    if (hash !== 0) code = codeOf(field, dictionary, kind, row, hash)
    else if (isRequired && !isBad(row)) code = ASK
    store<i32>(looked + at, code)
    if (code === ASK) asked++
  }
  return asked
}

/** Hashes of the cells, 0 where one is empty or its row bad. */
function hashCells(field: i32, looked: usize): void {
  const count = rowCount()
  const starts = startsOf(field)
  const ends = endsOf(field)
  for (let row = 0; row < count; row++) {
    const at = (<usize>row) << 2
    const start = <usize>load<u32>(starts + at)
    const end = <usize>load<u32>(ends + at)
    const hash = start === end || isBad(row) ? 0 : hashCell(start, end, keys + (at << 2))
    store<u64>(looked + HASHES + (at << 1), hash)
  }
}

/** The slots where the cells are looked for. The fewer instructions lie between two reads, the more of them are under way. */
function readSlots(dictionary: usize, looked: usize): void {
  const end = (<usize>rowCount()) << 3
  const slots = slotsOf(dictionary)
  const mask = <usize>maskOf(dictionary) & ~3
  for (let at: usize = 0; at < end; at += 8) {
    const bucket = <usize>load<u32>(looked + HASHES + at) & mask
    v128.store(firsts + (at << 1), v128.load(slots + (bucket << 2)))
  }
}

/** What the first slots say. */
function chooseCandidates(dictionary: usize, looked: usize): void {
  const end = (<usize>rowCount()) << 2
  const mask = maskOf(dictionary)
  for (let at: usize = 0; at < end; at += 4) {
    store<u32>(candidates + at, candidateIn(firsts + (at << 2), mask, load<u64>(looked + HASHES + (at << 1))))
  }
}

/** The keys of the candidates: read for all before any is compared. */
function readKeys(dictionary: usize): void {
  const end = (<usize>rowCount()) << 2
  const own = keysOf(dictionary)
  for (let at: usize = 0; at < end; at += 4) {
    v128.store(theirKeys + (at << 2), v128.load(own + ((<usize>load<u32>(candidates + at)) << 4)))
  }
}

function codeOf(field: i32, dictionary: usize, kind: i32, row: i32, hash: u64): i32 {
  const at = (<usize>row) << 4
  const candidate = load<i32>(candidates + (at >> 2))
  const start = <usize>load<u32>(startsOf(field) + ((<usize>row) << 2))
  const end = <usize>load<u32>(endsOf(field) + ((<usize>row) << 2))
  if (candidate !== 0 && isKey(theirKeys + at, v128.load(keys + at))) {
    const length = <i32>(end - start)
    if (length <= SHORT || isText(dictionary, candidate, start, length)) return candidate
  }
  const isLookedOn = candidate !== 0 || isFull(firsts + at)
  const code = isLookedOn ? findText(dictionary, start, <i32>(end - start), hash) : 0
  if (code !== 0) return code
  return isPlain(kind, start, end) ? FRESH : ASK
}

/** Writes the codes of rows [from .. to) to `target`; a fresh text gets the next code. */
export function writeCodes(field: i32, dictionary: usize, looked: usize, from: i32, to: i32, target: usize): void {
  const starts = startsOf(field)
  const ends = endsOf(field)
  let out = target
  for (let row = from; row < to; row++) {
    const at = (<usize>row) << 2
    let code = load<i32>(looked + at)
    if (code === FRESH) {
      const start = load<u32>(starts + at)
      code = internText(dictionary, start, load<u32>(ends + at) - start, load<u64>(looked + HASHES + (at << 1)))
    }
    store<i32>(out, code)
    out += 4
  }
}

/** What was found out about a row that was to be asked about: the hash is that of the code's text. */
export function settleCode(looked: usize, row: i32, code: i32, dictionary: usize): void {
  store<i32>(looked + ((<usize>row) << 2), code)
  if (code >= 0) store<u64>(looked + HASHES + ((<usize>row) << 3), hashOfCode(dictionary, code))
}
