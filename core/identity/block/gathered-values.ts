/** A value of each record: that of record i lies at [i * width + place]. */
export type RecordValues = Readonly<{
  words: Uint32Array
  /** They lie by the place of the record already (record-places.ts). */
  isPlaced: boolean
  width: number
  place: number
  /** Two records without the value have it in common, too; else 0 is none. */
  isNoneShared: boolean
}>

/** Pairs that have none of the values in common, and neither record of which is open, do not count. */
export type PairSieve = Readonly<{ values: readonly RecordValues[]; open: readonly RecordValues[] }>

/**
 * Codes of the records as values.
 *
 * @param codes one per record, 0 for none
 *
 * Source: docs/methods/identity.md, "Similarity".
 */
export function valuesOf(codes: Uint32Array): RecordValues {
  return { words: codes, isPlaced: false, width: 1, place: 0, isNoneShared: false }
}

/** Places for values of one block. */
const SLOT_BITS = 12
/** Stands for a value that is none: no code and no hash that is likely to occur. */
const SHARED_NONE = 0xa3c59ac3

/**
 * Whether records of one block have a value in common, by values that are brought together once per block: pairs are far more than
 * records. Values that no two records of the block may share are left away.
 *
 * @param values by place
 * @param places of the records of all blocks
 * @returns `gather` takes the block at [from, to), `haveOne` asks for its ith and jth record
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function gatheredValues(values: readonly RecordValues[], places: Uint32Array) {
  const isShared = sharingTest(places)
  const shared = new Uint32Array(values.length)
  let used = 0
  let near = new Uint32Array(0)
  // Indices lie within the block, values within their rows.
  const lay = (from: number, to: number, k: number): void => {
    const { words, width, place, isNoneShared } = values[shared[k] as number] as RecordValues
    const none = isNoneShared ? SHARED_NONE : 0
    for (let i = from, at = k; i < to; i++, at += used)
      near[at] = (words[(places[i] as number) * width + place] as number) || none
  }
  return {
    gather: (from: number, to: number): void => {
      used = 0
      for (let k = 0; k < values.length; k++) if (isShared(from, to, values[k] as RecordValues)) shared[used++] = k
      if (near.length < (to - from) * used) near = new Uint32Array(2 * (to - from) * used)
      for (let k = 0; k < used; k++) lay(from, to, k)
    },
    haveOne: (i: number, j: number): boolean => {
      const [x, y] = [i * used, j * used]
      for (let k = 0; k < used; k++) {
        const value = near[x + k] as number
        if (value !== 0 && value === near[y + k]) return true
      }
      return false
    },
  }
}

/**
 * The same of a sieve: may the ith and the jth record of a block count as a pair?
 *
 * @param sieve by place
 * @param places of the records of all blocks
 *
 * Source: docs/methods/identity.md, "Similarity".
 */
export function gatheredSieve({ values, open }: PairSieve, places: Uint32Array) {
  const near = gatheredValues(values, places)
  let isOpen = new Uint8Array(0)
  // Indices lie within the block.
  return {
    gather: (from: number, to: number): void => {
      near.gather(from, to)
      if (isOpen.length < to - from) isOpen = new Uint8Array(2 * (to - from))
      isOpen.fill(0, 0, to - from)
      for (const { words, width, place } of open)
        for (let i = from; i < to; i++) if (words[(places[i] as number) * width + place] !== 0) isOpen[i - from] = 1
    },
    mayCount: (i: number, j: number): boolean => isOpen[i] === 1 || isOpen[j] === 1 || near.haveOne(i, j),
  }
}

/** May two of some records have a value in common? Two values may fall on one slot; then they may as well. */
function sharingTest(places: Uint32Array) {
  const met = new Uint32Array(1 << SLOT_BITS)
  let turn = 0
  return (from: number, to: number, { words, width, place, isNoneShared }: RecordValues): boolean => {
    turn++
    for (let i = from; i < to; i++) {
      const value = words[(places[i] as number) * width + place] as number // i < length
      if (value === 0 && !isNoneShared) continue
      const slot = Math.imul(value, 0x9e3779b1) >>> (32 - SLOT_BITS)
      if (met[slot] === turn) return true
      met[slot] = turn
    }
    return false
  }
}
