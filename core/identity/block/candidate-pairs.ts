import { sharedWords } from '#lib/shared-words'
import { finish, type Steps } from '#lib/steps'
import type { CodeLists } from '../columns/list.ts'
import type { KeyKind } from './block-keys.ts'
import { type CandidateGround, chunksOf, type Memberships, walkChunk } from './candidate-chunks.ts'
import { type BlockCount, type Blocks, eachRun, splitBlocks } from './split-blocks.ts'

/** The records that are to be compared. */
export type Candidates = Readonly<{
  counts: readonly BlockCount[]
  /**
   * Walks every pair that shares a key of any kind once, smaller index first, kind by kind and block by block.
   * Returns the number of pairs each kind was the first to bring up.
   */
  eachPair(visit: (a: number, b: number) => void): readonly number[]
}>

/** The same, which can halt after each chunk, and what it walks by. */
export type SteppedCandidates = Candidates &
  Readonly<{ ground: CandidateGround; pairSteps(visit: (a: number, b: number) => void): Steps<readonly number[]> }>

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
  const blocks = all.map(({ keys, records }) => ({ keys, records }))
  const ground = { blocks, memberships: membershipsOf(size, all) }
  const pairSteps = function* (visit: (a: number, b: number) => void): Steps<readonly number[]> {
    const fresh = all.map(() => 0)
    for (const chunk of chunksOf(ground)) {
      fresh[chunk.kind] = (fresh[chunk.kind] as number) + walkChunk(ground, chunk, visit) // one per kind
      yield
    }
    return fresh
  }
  return { counts: all.map(({ count }) => count), ground, pairSteps, eachPair: visit => finish(pairSteps(visit)) }
}

/** Blocks of one bring up no pair, and there are more of them than of others. */
function withoutLone({ keys, records, count }: Blocks): Blocks {
  const kept = { keys: sharedWords(count.records), records: sharedWords(count.records) }
  let at = 0
  eachRun(keys, (from, to) => {
    kept.keys.set(keys.subarray(from, to), at)
    kept.records.set(records.subarray(from, to), at)
    at += to - from
  })
  return { ...kept, count }
}

function membershipsOf(size: number, all: readonly Blocks[]): Memberships {
  const lists = all.map(blocks => keyLists(size, blocks))
  const width = lists.filter(list => list === null).length
  const rows = sharedWords(size * width)
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
  const offsets = sharedWords(size + 1)
  let most = 0
  eachEntry(blocks, record => {
    const count = (offsets[record + 1] as number) + 1 // record < size
    offsets[record + 1] = count
    most = Math.max(most, count)
  })
  if (most <= 1) return null
  for (let i = 0; i < size; i++) offsets[i + 1] = (offsets[i + 1] as number) + (offsets[i] as number)
  const next = offsets.slice()
  const codes = sharedWords(offsets[size] as number)
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
