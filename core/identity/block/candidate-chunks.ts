import type { CodeLists } from '../columns/list.ts'
import { eachRun } from './split-blocks.ts'

/**
 * Keys of each record after splitting: what says whether two records met before. Kinds of which no record has two keys lie record by
 * record in one table, since whoever asks for one of them asks for all.
 */
export type Memberships = Readonly<{
  /** Key of record i and the nth of such kinds at [i * width + n], 0 for none. */
  rows: Uint32Array
  width: number
  /** Per kind: its place among such kinds, or its lists. */
  kinds: readonly (number | CodeLists)[]
}>

/** What pairs are walked by, numbers alone. */
export type CandidateGround = Readonly<{
  /** Entries of each kind in the order of their keys; every key has two or more. */
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
 * @param visit gets each pair
 * @returns how many there are
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function walkChunk(
  { blocks, memberships }: CandidateGround,
  { kind, from: start, to: end }: Chunk,
  visit: (a: number, b: number) => void,
): number {
  const records = blocks[kind]?.records.subarray(start, end) ?? NONE
  const keys = blocks[kind]?.keys.subarray(start, end) ?? NONE
  const own = memberships.kinds[kind]
  const repeated = typeof own === 'object' ? own : null
  const earlier = gatheredKeys({ ...memberships, kinds: memberships.kinds.slice(0, kind) }, records)
  let fresh = 0
  const meet = (x: number, y: number, key: number): void => {
    const [a, b] = x < y ? [x, y] : [y, x]
    if (repeated !== null && firstShared(repeated, a, b) !== key) return
    fresh++
    visit(a, b)
  }
  // No object is made per block: most are of two or three.
  eachRun(keys, (from, to) => {
    const key = keys[from] as number // from <= i < j < to <= length
    earlier.gather(from, to)
    for (let i = from; i < to; i++) {
      const x = records[i] as number
      for (let j = i + 1; j < to; j++) if (!earlier.haveMet(i - from, j - from)) meet(x, records[j] as number, key)
    }
  })
  return fresh
}

const NONE = new Uint32Array(0)

/** Places for keys of one block and kind. */
const SLOT_BITS = 12

/**
 * Whether records of one block met before, by keys that are brought together once per block: pairs are far more than records. Kinds of
 * which no two records of the block may share a key are left away.
 */
function gatheredKeys({ rows, width, kinds }: Memberships, records: Uint32Array) {
  const places = kinds.filter(kind => typeof kind === 'number')
  const listed = kinds.filter(kind => typeof kind === 'object')
  const isShared = sharingTest({ rows, width }, records)
  const columns = new Uint32Array(places.length)
  let [used, start] = [0, 0]
  let near = new Uint32Array(0)
  // Places lie within the block, keys within the rows of the places.
  return {
    gather: (from: number, to: number): void => {
      start = from
      used = 0
      for (const place of places) if (isShared(from, to, place)) columns[used++] = place
      if (near.length < (to - from) * used) near = new Uint32Array(2 * (to - from) * used)
      for (let i = from, at = 0; i < to; i++) {
        const row = (records[i] as number) * width
        for (let k = 0; k < used; k++) near[at++] = rows[row + (columns[k] as number)] as number
      }
    },
    haveMet: (i: number, j: number): boolean => {
      const [x, y] = [i * used, j * used]
      for (let k = 0; k < used; k++) {
        const key = near[x + k] as number
        if (key !== 0 && key === near[y + k]) return true
      }
      for (const lists of listed)
        if (firstShared(lists, records[start + i] as number, records[start + j] as number) !== 0) return true
      return false
    },
  }
}

/** May two of some records share a key? Two keys may fall on one place; then they may as well. */
function sharingTest({ rows, width }: Pick<Memberships, 'rows' | 'width'>, records: Uint32Array) {
  const met = new Uint32Array(1 << SLOT_BITS)
  let turn = 0
  return (from: number, to: number, place: number): boolean => {
    turn++
    for (let i = from; i < to; i++) {
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
