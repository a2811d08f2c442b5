import { finish, type Steps } from '#lib/steps'
import type { KeyKind } from './block-keys.ts'
import { type BlockCount, type Blocks, eachRun, splitBlocks } from './split-blocks.ts'

/** Keys of each record after splitting, kind by kind: what says whether two records met before. */
type Membership = Readonly<{
  offsets: Uint32Array
  keys: Uint32Array
  /** No record has two. */
  isSingle: boolean
}>

/** The records that are to be compared. */
export type Candidates = Readonly<{
  counts: readonly BlockCount[]
  /**
   * Walks every pair that shares a key of any kind once, smaller index first, kind by kind and block by block.
   * Returns the number of pairs each kind was the first to bring up.
   */
  eachPair(visit: (a: number, b: number) => void): readonly number[]
}>

/** The same, which can halt after each kind. */
export type SteppedCandidates = Candidates &
  Readonly<{ pairSteps(visit: (a: number, b: number) => void): Steps<readonly number[]> }>

/**
 * Finds the pairs of records to compare: the union over all kinds of keys, each pair once.
 *
 * A pair that several kinds bring up is left to the first of them: whether an earlier one did is read from the two records'
 * keys, so that no set of pairs is held.
 *
 * @param size number of records
 * @param kinds kinds of keys, the most telling first
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function candidatePairs(size: number, kinds: readonly KeyKind[]): SteppedCandidates {
  const all = kinds.map(kind => withoutLone(splitBlocks(kind)))
  const memberships = all.map(blocks => membershipOf(size, blocks))
  const pairSteps = function* (visit: (a: number, b: number) => void): Steps<readonly number[]> {
    const fresh: number[] = []
    for (const [kind, blocks] of all.entries()) {
      fresh.push(walk(blocks, memberships.slice(0, kind + 1), visit))
      yield
    }
    return fresh
  }
  return { counts: all.map(({ count }) => count), pairSteps, eachPair: visit => finish(pairSteps(visit)) }
}

/** Blocks of one bring up no pair, and there are more of them than of others. */
function withoutLone({ keys, records, count }: Blocks): Blocks {
  const kept = { keys: new Uint32Array(count.records), records: new Uint32Array(count.records) }
  let at = 0
  eachRun(keys, (from, to) => {
    kept.keys.set(keys.subarray(from, to), at)
    kept.records.set(records.subarray(from, to), at)
    at += to - from
  })
  return { ...kept, count }
}

function walk(blocks: Blocks, memberships: readonly Membership[], visit: (a: number, b: number) => void): number {
  const { records, keys } = blocks
  const own = memberships.at(-1)
  const repeated = own === undefined || own.isSingle ? null : own
  const earlier = gatheredKeys(memberships.slice(0, -1))
  let fresh = 0
  const meet = (x: number, y: number, key: number): void => {
    const [a, b] = x < y ? [x, y] : [y, x]
    if (repeated !== null && firstShared(repeated, a, b) !== key) return
    fresh++
    visit(a, b)
  }
  eachRun(keys, (from, to) => {
    const key = keys[from] as number // from <= i < j < to <= length
    earlier.gather(records, from, to)
    for (let i = from; i < to; i++) {
      const x = records[i] as number
      for (let j = i + 1; j < to; j++) if (!earlier.haveMet(i - from, j - from)) meet(x, records[j] as number, key)
    }
  })
  return fresh
}

/** Whether records of one block met before, by keys that are brought together once per block: pairs are far more than records. */
function gatheredKeys(memberships: readonly Membership[]) {
  const single = memberships.filter(({ isSingle }) => isSingle)
  const listed = memberships.filter(({ isSingle }) => !isSingle)
  const width = single.length
  let near = new Uint32Array(0)
  let here = new Uint32Array(0)
  // Places lie within the block, keys within the rows of the places.
  return {
    gather: (records: Uint32Array, from: number, to: number): void => {
      here = records.subarray(from, to) as Uint32Array<ArrayBuffer>
      if (near.length < here.length * width) near = new Uint32Array(2 * here.length * width)
      for (let i = 0; i < here.length; i++) {
        for (let k = 0; k < width; k++)
          near[i * width + k] = (single[k] as Membership).keys[here[i] as number] as number
      }
    },
    haveMet: (i: number, j: number): boolean => {
      const [x, y] = [i * width, j * width]
      for (let k = 0; k < width; k++) {
        const key = near[x + k] as number
        if (key !== 0 && key === near[y + k]) return true
      }
      for (const membership of listed)
        if (firstShared(membership, here[i] as number, here[j] as number) !== 0) return true
      return false
    },
  }
}

/** The first key of `a` that `b` has too, 0 where there is none. */
function firstShared({ offsets, keys, isSingle }: Membership, a: number, b: number): number {
  // Offsets have one entry more than there are records.
  if (isSingle) {
    const key = keys[a] as number
    return key === keys[b] ? key : 0
  }
  const end = offsets[b + 1] as number
  for (let i = offsets[a] as number; i < (offsets[a + 1] as number); i++) {
    for (let j = offsets[b] as number; j < end; j++) if (keys[i] === keys[j]) return keys[i] as number
  }
  return 0
}

/** Blocks of one are no key: nobody is met there. */
function membershipOf(size: number, blocks: Blocks): Membership {
  const counts = new Uint32Array(size + 1)
  eachEntry(blocks, record => {
    counts[record + 1] = (counts[record + 1] as number) + 1 // record < size
  })
  if (!counts.some(count => count > 1)) return singleMembership(size, blocks)
  for (let i = 0; i < size; i++) counts[i + 1] = (counts[i + 1] as number) + (counts[i] as number)
  const offsets = counts.slice()
  const keys = new Uint32Array(counts[size] as number)
  eachEntry(blocks, (record, key) => {
    keys[counts[record] as number] = key
    counts[record] = (counts[record] as number) + 1
  })
  return { offsets, keys, isSingle: false }
}

function singleMembership(size: number, blocks: Blocks): Membership {
  const keys = new Uint32Array(size)
  eachEntry(blocks, (record, key) => {
    keys[record] = key
  })
  return { offsets: new Uint32Array(0), keys, isSingle: true }
}

function eachEntry({ keys, records }: Blocks, visit: (record: number, key: number) => void): void {
  eachRun(keys, (from, to) => {
    for (let i = from; i < to; i++) visit(records[i] as number, keys[i] as number) // i < length
  })
}
