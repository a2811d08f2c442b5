import { finish, type Steps } from '#lib/steps'
import type { CodeLists } from '../columns/list.ts'
import type { KeyKind } from './block-keys.ts'
import { type BlockCount, type Blocks, eachRun, splitBlocks } from './split-blocks.ts'

/**
 * Keys of each record after splitting: what says whether two records met before. Kinds of which no record has two keys lie record by
 * record in one table, since whoever asks for one of them asks for all.
 */
type Memberships = Readonly<{
  /** Key of record i and the nth of such kinds at [i * width + n], 0 for none. */
  rows: Uint32Array
  width: number
  /** Per kind: its place among such kinds, or its lists. */
  kinds: readonly (number | CodeLists)[]
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
  const memberships = membershipsOf(size, all)
  const pairSteps = function* (visit: (a: number, b: number) => void): Steps<readonly number[]> {
    const fresh: number[] = []
    for (const [kind, blocks] of all.entries()) {
      fresh.push(walk(blocks, { ...memberships, kinds: memberships.kinds.slice(0, kind + 1) }, visit))
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

function walk(blocks: Blocks, memberships: Memberships, visit: (a: number, b: number) => void): number {
  const { records, keys } = blocks
  const own = memberships.kinds.at(-1)
  const repeated = typeof own === 'object' ? own : null
  const earlier = gatheredKeys({ ...memberships, kinds: memberships.kinds.slice(0, -1) })
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

/** Places for keys of one block and kind. */
const SLOT_BITS = 12

/**
 * Whether records of one block met before, by keys that are brought together once per block: pairs are far more than records. Kinds of
 * which no two records of the block may share a key are left away.
 */
function gatheredKeys({ rows, width, kinds }: Memberships) {
  const places = kinds.filter(kind => typeof kind === 'number')
  const listed = kinds.filter(kind => typeof kind === 'object')
  const isShared = sharingTest(rows, width)
  const columns = new Uint32Array(places.length)
  let used = 0
  let near = new Uint32Array(0)
  let here = new Uint32Array(0)
  // Places lie within the block, keys within the rows of the places.
  return {
    gather: (records: Uint32Array, from: number, to: number): void => {
      here = records.subarray(from, to) as Uint32Array<ArrayBuffer>
      used = 0
      for (const place of places) if (isShared(here, place)) columns[used++] = place
      if (near.length < here.length * used) near = new Uint32Array(2 * here.length * used)
      for (let i = 0; i < here.length; i++) {
        const row = (here[i] as number) * width
        for (let k = 0; k < used; k++) near[i * used + k] = rows[row + (columns[k] as number)] as number
      }
    },
    haveMet: (i: number, j: number): boolean => {
      const [x, y] = [i * used, j * used]
      for (let k = 0; k < used; k++) {
        const key = near[x + k] as number
        if (key !== 0 && key === near[y + k]) return true
      }
      for (const lists of listed) if (firstShared(lists, here[i] as number, here[j] as number) !== 0) return true
      return false
    },
  }
}

/** May two of some records share a key? Two keys may fall on one place; then they may as well. */
function sharingTest(rows: Uint32Array, width: number): (records: Uint32Array, place: number) => boolean {
  const met = new Uint32Array(1 << SLOT_BITS)
  let turn = 0
  return (records, place) => {
    turn++
    for (let i = 0; i < records.length; i++) {
      const key = rows[(records[i] as number) * width + place] as number // i < length
      if (key === 0) continue
      const slot = Math.imul(key, 0x9e3779b1) >>> (32 - SLOT_BITS)
      if (met[slot] === turn) return true
      met[slot] = turn
    }
    return false
  }
}

/** The first key of `a` that `b` has too, 0 where there is none. */
function firstShared({ offsets, codes }: CodeLists, a: number, b: number): number {
  const end = offsets[b + 1] as number // one entry more than there are records
  for (let i = offsets[a] as number; i < (offsets[a + 1] as number); i++) {
    for (let j = offsets[b] as number; j < end; j++) if (codes[i] === codes[j]) return codes[i] as number
  }
  return 0
}

function membershipsOf(size: number, all: readonly Blocks[]): Memberships {
  const lists = all.map(blocks => keyLists(size, blocks))
  const width = lists.filter(list => list === null).length
  const rows = new Uint32Array(size * width)
  let place = 0
  const kinds = lists.map((list, kind) => {
    if (list !== null) return list
    eachEntry(all[kind] as Blocks, (record, key) => {
      rows[record * width + place] = key
    })
    return place++
  })
  return { rows, width, kinds }
}

/** Keys of each record; null where no record has two. Blocks of one are no key: nobody is met there. */
function keyLists(size: number, blocks: Blocks): CodeLists | null {
  const offsets = new Uint32Array(size + 1)
  let most = 0
  eachEntry(blocks, record => {
    const count = (offsets[record + 1] as number) + 1 // record < size
    offsets[record + 1] = count
    most = Math.max(most, count)
  })
  if (most <= 1) return null
  for (let i = 0; i < size; i++) offsets[i + 1] = (offsets[i + 1] as number) + (offsets[i] as number)
  const next = offsets.slice()
  const codes = new Uint32Array(offsets[size] as number)
  eachEntry(blocks, (record, key) => {
    codes[next[record] as number] = key
    next[record] = (next[record] as number) + 1
  })
  return { offsets, codes }
}

function eachEntry({ keys, records }: Blocks, visit: (record: number, key: number) => void): void {
  eachRun(keys, (from, to) => {
    for (let i = from; i < to; i++) visit(records[i] as number, keys[i] as number) // i < length
  })
}
