import { once } from '#lib/once'
import { mixHashes } from '../columns/hash-text.ts'
import { type CodeLists, codeColumn } from '../columns/list.ts'

/** A column of keys or codes, one per record and 0 for none, which is made when it is first asked for. */
export type LazyColumn = () => Uint32Array

/** Entries that carry a key, one record each; key 0 is none. */
export type KeyEntries = Readonly<{ keys: Uint32Array; records: Uint32Array }>

/** One kind of key: records that share a key are compared. */
export type KeyKind = Readonly<{
  name: string
  /** Made anew each time. */
  entries(): KeyEntries
  /** Further keys by which a block that is too large is split, one value per record, tried in this order. */
  refine: readonly LazyColumn[]
  /** Largest block. */
  cap: number
}>

/** Largest block of every kind of key. */
export const BLOCK_CAP = 200

/**
 * Two columns as one of hashes, made once.
 *
 * @param one column
 * @param other of the same length
 * @param mix one hash from two, 0 where one is missing
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function mixedColumns(one: LazyColumn, other: LazyColumn, mix = mixHashes): LazyColumn {
  return once(() => {
    const [x, y] = [one(), other()]
    return codeColumn(x.length, i => mix(x[i] as number, y[i] as number)) // i < length
  })
}

/**
 * A kind of key with at most one key per record.
 *
 * @param name as it is counted and shown
 * @param keys per record, 0 for none
 * @param refine as in `KeyKind`
 * @param cap as in `KeyKind`
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function singleKeys(name: string, keys: LazyColumn, refine: readonly LazyColumn[], cap = BLOCK_CAP): KeyKind {
  return { name, entries: () => keyed(keys()), refine, cap }
}

function keyed(keys: Uint32Array): KeyEntries {
  let count = 0
  for (let i = 0; i < keys.length; i++) if (keys[i] !== 0) count++
  const kept = new Uint32Array(count)
  const records = new Uint32Array(count)
  let at = 0
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number // i < length
    if (key === 0) continue
    kept[at] = key
    records[at++] = i
  }
  return { keys: kept, records }
}

/**
 * A kind of key with any number of keys per record.
 *
 * @param name as it is counted and shown
 * @param lists keys of each record, from one or more lists
 * @param refine as in `KeyKind`
 * @param cap as in `KeyKind`
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function listedKeys(
  name: string,
  lists: readonly (() => CodeLists)[],
  refine: readonly LazyColumn[],
  cap = BLOCK_CAP,
): KeyKind {
  return { name, entries: () => listed(lists.map(list => list())), refine, cap }
}

function listed(lists: readonly CodeLists[]): KeyEntries {
  const total = lists.reduce((sum, { codes }) => sum + codes.length, 0)
  const keys = new Uint32Array(total)
  const records = new Uint32Array(total)
  const size = (lists[0]?.offsets.length ?? 1) - 1
  let at = 0
  for (let i = 0; i < size; i++) {
    const start = at
    for (const { offsets, codes } of lists) {
      // Offsets have one entry more than there are records.
      for (let k = offsets[i] as number; k < (offsets[i + 1] as number); k++) {
        const key = codes[k] as number
        if (isAmong(keys, start, at, key)) continue
        keys[at] = key
        records[at++] = i
      }
    }
  }
  return { keys: keys.subarray(0, at), records: records.subarray(0, at) }
}

function isAmong(keys: Uint32Array, from: number, to: number, key: number): boolean {
  for (let i = from; i < to; i++) if (keys[i] === key) return true
  return false
}
