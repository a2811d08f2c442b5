import { finish, type Steps } from '#lib/steps'
import type { KeyKind } from './block-keys.ts'
import { type CandidateGround, chunksOf, walkChunk } from './candidate-chunks.ts'
import { createKeyRows, type KeyRows, type KindBlocks, kindBlocks } from './kind-blocks.ts'
import type { BlockCount } from './split-blocks.ts'

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
 * @param kinds kinds of keys, the most telling first; those without any key are left out
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function candidatePairs(size: number, kinds: readonly KeyKind[]): SteppedCandidates {
  const rows = createKeyRows(size, kinds.length)
  return candidatesOf(
    rows,
    kinds.map((kind, place) => kindBlocks(kind, rows, place)),
  )
}

/**
 * The same from blocks that were found kind by kind.
 *
 * @param rows that were filled while they were
 * @param found in the order of the kinds, null for those without any key
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function candidatesOf(rows: KeyRows, found: readonly (KindBlocks | null)[]): SteppedCandidates {
  const all = found.filter(blocks => blocks !== null)
  const blocks = all.map(({ keys, records }) => ({ keys, records }))
  const ground = { blocks, memberships: { ...rows, kinds: all.map(({ own }) => own) } }
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
