import { endsOf, isBad, ROWS, rowCount, startsOf } from './block'
import {
  codeInBucket,
  findText,
  hashCell,
  hashOfCode,
  internText,
  LOOK_ON,
  maskOf,
  NOT_THERE,
  slotsOf,
} from './dictionary'

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
  hashCells(field, dictionary, looked)
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

/** Hashes of the cells, 0 where one is empty or its row bad, and the slots where they are looked for. */
function hashCells(field: i32, dictionary: usize, looked: usize): void {
  const count = rowCount()
  const starts = startsOf(field)
  const ends = endsOf(field)
  const slots = slotsOf(dictionary)
  const mask = maskOf(dictionary)
  for (let row = 0; row < count; row++) {
    const at = (<usize>row) << 2
    const start = <usize>load<u32>(starts + at)
    const end = <usize>load<u32>(ends + at)
    const hash = start === end || isBad(row) ? 0 : hashCell(start, end, keys + (at << 2))
    store<u64>(looked + HASHES + (at << 1), hash)
    v128.store(firsts + (at << 2), v128.load(slots + ((<usize>hash & <usize>mask & ~3) << 2)))
  }
}

function codeOf(field: i32, dictionary: usize, kind: i32, row: i32, hash: u64): i32 {
  const at = (<usize>row) << 4
  const found = codeInBucket(dictionary, v128.load(firsts + at), v128.load(keys + at), hash)
  if (found !== NOT_THERE && found !== LOOK_ON) return found
  const start = <usize>load<u32>(startsOf(field) + ((<usize>row) << 2))
  const end = <usize>load<u32>(endsOf(field) + ((<usize>row) << 2))
  const code = found === NOT_THERE ? 0 : findText(dictionary, start, <i32>(end - start), hash)
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
