import type { CodeLists } from '../columns/list.ts'

/** One kind of key: records that share a key are compared. */
export type KeyKind = Readonly<{
  name: string
  /** Entries that carry a key, parallel to `records`; key 0 is none. */
  keys: Uint32Array
  records: Uint32Array
  /** Further keys by which a block that is too large is split, one value per record, tried in this order. */
  refine: readonly Uint32Array[]
  /** Largest block. */
  cap: number
}>

/** Largest block of every kind of key. */
export const BLOCK_CAP = 200

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
export function singleKeys(name: string, keys: Uint32Array, refine: readonly Uint32Array[], cap = BLOCK_CAP): KeyKind {
  let count = 0
  for (const key of keys) if (key !== 0) count++
  const kept = new Uint32Array(count)
  const records = new Uint32Array(count)
  let at = 0
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number // i < length
    if (key === 0) continue
    kept[at] = key
    records[at++] = i
  }
  return { name, keys: kept, records, refine, cap }
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
  lists: readonly CodeLists[],
  refine: readonly Uint32Array[],
  cap = BLOCK_CAP,
): KeyKind {
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
  return { name, keys: keys.subarray(0, at), records: records.subarray(0, at), refine, cap }
}

function isAmong(keys: Uint32Array, from: number, to: number, key: number): boolean {
  for (let i = from; i < to; i++) if (keys[i] === key) return true
  return false
}
