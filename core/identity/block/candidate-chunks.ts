import type { CodeLists } from '../columns/list.ts'
import { gatheredSieve, gatheredValues, type PairSieve, type RecordValues } from './gathered-values.ts'
import type { RecordPlaces } from './record-places.ts'
import { eachRun } from './split-blocks.ts'

/**
 * Keys of each record after splitting: what says whether two records met before. Kinds of which no record has two keys lie record by
 * record in one table, since whoever asks for one of them asks for all.
 */
export type Memberships = Readonly<{
  /** Key of the record at place i and the nth of such kinds at [i * width + n], 0 for none. */
  rows: Uint32Array
  width: number
  /** Rows, lists and blocks name places; null: records are their own places. */
  places: RecordPlaces | null
  /** Per kind: its place among such kinds, or its lists. */
  kinds: readonly (number | CodeLists)[]
}>

/** What pairs are walked by, numbers alone. */
export type CandidateGround = Readonly<{
  /** Entries of each kind, those of one key together; every key has two or more. `records` are places. */
  blocks: readonly Readonly<{ keys: Uint32Array; records: Uint32Array }>[]
  memberships: Memberships
}>

/** Some blocks of one kind, one after the other. */
export type Chunk = Readonly<{ kind: number; from: number; to: number }>

/** Entries of a chunk, those of its last block beyond them. */
const CHUNK_ENTRIES = 1 << 14

/**
 * All blocks in chunks: kind by kind, none divided.
 *
 * @param ground as `candidatePairs` has it
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function chunksOf({ blocks }: CandidateGround): readonly Chunk[] {
  const chunks: Chunk[] = []
  for (const [kind, { keys }] of blocks.entries()) {
    for (let from = 0; from < keys.length; ) {
      let to = Math.min(from + CHUNK_ENTRIES, keys.length)
      while (to < keys.length && keys[to] === keys[to - 1]) to++
      chunks.push({ kind, from, to })
      from = to
    }
  }
  return chunks
}

/**
 * How many times two records lie in one block: pairs as they are walked, once per key that they share.
 *
 * @param ground as `candidatePairs` has it
 * @param chunk one of `chunksOf`
 * @returns the sum of c (c - 1) / 2 over its blocks of c records
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function meetingsOf({ blocks }: CandidateGround, { kind, from, to }: Chunk): number {
  let meetings = 0
  eachRun(blocks[kind]?.keys.subarray(from, to) ?? NONE, (first, end) => {
    meetings += ((end - first) * (end - first - 1)) / 2
  })
  return meetings
}

/**
 * Walks the pairs of a chunk that no earlier kind and no earlier key of its own brought up, smaller index first.
 *
 * @param ground as `candidatePairs` has it
 * @param chunk one of `chunksOf`
 * @param visit gets each pair, but for those that do not count by the sieve
 * @param sieve by the places of the ground; null: all count
 * @returns how many there are, visited or not
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function walkChunk(
  { blocks, memberships }: CandidateGround,
  { kind, from: start, to: end }: Chunk,
  visit: (a: number, b: number) => void,
  sieve: PairSieve | null = null,
): number {
  const places = blocks[kind]?.records.subarray(start, end) ?? NONE
  const keys = blocks[kind]?.keys.subarray(start, end) ?? NONE
  const before = memberships.kinds.slice(0, kind)
  const earlier = gatheredValues(earlierKeys(memberships, before), places)
  const telling = sieve === null ? null : gatheredSieve(sieve, places)
  const hasMet = metByLists(before, memberships.kinds[kind])
  const meet = visitor(memberships.places, visit)
  let fresh = 0
  /** Pairs of the ith entry with those behind it in its block, [from, to). */
  const walkFrom = (i: number, from: number, to: number, isSifted: boolean): void => {
    const [x, key] = [places[i] as number, keys[i] as number] // from <= i < j < to <= length
    for (let j = i + 1; j < to; j++) {
      if (earlier.haveOne(i - from, j - from)) continue
      const y = places[j] as number
      if (hasMet?.(x, y, key) === true) continue
      fresh++
      if (!isSifted || telling?.mayCount(i - from, j - from) === true) meet(x, y)
    }
  }
  // No object is made per block: most are of two or three.
  eachRun(keys, (from, to) => {
    earlier.gather(from, to)
    const isSifted = telling !== null && to - from > LEAST_SIFTED
    if (isSifted) telling.gather(from, to)
    for (let i = from; i < to; i++) walkFrom(i, from, to, isSifted)
  })
  return fresh
}

const NONE = new Uint32Array(0)
/** Records of a block for whose few pairs nothing is brought together. */
const LEAST_SIFTED = 3

function earlierKeys({ rows, width }: Memberships, kinds: Memberships['kinds']): readonly RecordValues[] {
  return kinds
    .filter(kind => typeof kind === 'number')
    .map(place => ({ words: rows, isPlaced: true, width, place, isNoneShared: false }))
}

/** Did two records meet by a kind that lies in lists, or by an earlier key of their own kind? Null where none lies in lists. */
function metByLists(before: Memberships['kinds'], own: Memberships['kinds'][number] | undefined) {
  const listed = before.filter(kind => typeof kind === 'object')
  const repeated = typeof own === 'object' ? own : null
  if (listed.length === 0 && repeated === null) return null
  return (x: number, y: number, key: number): boolean => {
    for (let k = 0; k < listed.length; k++) if (firstShared(listed[k] as CodeLists, x, y) !== 0) return true // k < length
    return repeated !== null && firstShared(repeated, x, y) !== key
  }
}

/** Visits the records at two places. */
function visitor(places: RecordPlaces | null, visit: (a: number, b: number) => void): typeof visit {
  if (places === null) return (x, y) => (x < y ? visit(x, y) : visit(y, x))
  const { recordAt } = places
  return (x, y) => {
    const [a, b] = [recordAt[x] as number, recordAt[y] as number] // places have a record each
    if (a < b) visit(a, b)
    else visit(b, a)
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
