import type { Steps } from '#lib/steps'
import { type CandidateGround, type Chunk, chunksOf, meetingsOf, walkChunk } from '../block/candidate-chunks.ts'
import type { PairSieve, RecordValues } from '../block/gathered-values.ts'
import { byPlace } from '../block/record-places.ts'
import { createEdgeList, type Edges } from '../cluster/edges.ts'
import { type PairScorer, WATCH_STEPS } from '../weigh/pair-scorer.ts'
import type { PreparedGround } from './ground-steps.ts'
import { portable } from './portable.ts'
import type { ScoredChunk, SecondThread } from './second-thread.ts'
import { freeClaims, sharedSteps } from './shared-work.ts'

/** Pairs to be scored. */
export type PairTask = Readonly<{
  candidates: CandidateGround
  /** Where records come from: only pairs of two sources count. Null: all do. */
  source: Uint32Array | null
}>

/** Told how many pairs of how many were looked at; a pair counts once per key that it shares. */
export type PairsTold = (done: number, total: number) => void

/**
 * Scores all pairs, chunk by chunk; the other thread takes chunks from the end. What comes out does not depend on who scored what, nor on
 * whether there is another thread: chunks are put together in their order.
 *
 * @param task pairs
 * @param prepared as `groundSteps` made it, with this other thread
 * @param second null: this thread scores all
 * @param told after each chunk
 * @returns a generator that halts after each chunk; pairs that were compared, and those from -3 bits on
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function* scoreSteps(
  task: PairTask,
  { scorer, tables }: Pick<PreparedGround, 'scorer' | 'tables'>,
  second: SecondThread | null,
  told?: PairsTold,
): Steps<Readonly<{ pairs: number; edges: Edges }>> {
  const chunks = chunksOf(task.candidates)
  const sieve = sieveFor(task, scorer)
  const claims = freeClaims(chunks.length)
  second?.tell({ kind: 'pairs', pairs: portable(task), tables: portable(tables), claims })
  const scored = yield* sharedSteps(
    {
      parts: chunks.length,
      make: at => scoreChunk(task, chunks[at] as Chunk, scorer, sieve), // one per part
      read: answer => (answer.kind === 'pairs' ? answer : null),
      done: told === undefined ? undefined : teller(task, chunks, told),
    },
    claims,
    second,
  )
  return { pairs: scored.reduce((sum, { pairs }) => sum + pairs, 0), edges: joined(scored) }
}

/**
 * What turns pairs of a task away before they are scored, by places.
 *
 * @param task pairs
 * @param scorer of the ground
 *
 * Source: docs/methods/identity.md, "Similarity".
 */
export function sieveFor({ candidates: { memberships } }: PairTask, scorer: PairScorer): PairSieve | null {
  const sieve = scorer.sieve(WATCH_STEPS)
  const placed = (one: RecordValues): RecordValues =>
    one.isPlaced ? one : { ...one, words: byPlace(one.words, memberships.places) }
  return sieve === null ? null : { values: sieve.values.map(placed), open: sieve.open.map(placed) }
}

/** Tells of chunks as they are done, each once. */
function teller({ candidates }: PairTask, chunks: readonly Chunk[], told: PairsTold): (at: number) => void {
  const meetings = chunks.map(chunk => meetingsOf(candidates, chunk))
  const total = meetings.reduce((sum, own) => sum + own, 0)
  let done = 0
  return at => {
    done += meetings[at] ?? 0
    told(done, total)
  }
}

/**
 * Scores the pairs of one chunk.
 *
 * @param task of which it is a part
 * @param chunk one of `chunksOf`
 * @param scorer of the ground
 * @param sieve as `sieveFor` makes it, once for all chunks
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function scoreChunk(
  { candidates, source }: PairTask,
  chunk: Chunk,
  scorer: PairScorer,
  sieve: PairSieve | null,
): ScoredChunk {
  const list = createEdgeList()
  const score = (a: number, b: number): void => {
    const steps = scorer.score(a, b, WATCH_STEPS)
    if (steps >= WATCH_STEPS) list.push(a, b, steps)
  }
  if (source === null) {
    const pairs = walkChunk(candidates, chunk, score, sieve)
    return { pairs, edges: list.edges() }
  }
  let pairs = 0
  walkChunk(candidates, chunk, (a, b) => {
    if (source[a] === source[b]) return
    pairs++
    score(a, b)
  })
  return { pairs, edges: list.edges() }
}

function joined(scored: readonly ScoredChunk[]): Edges {
  const length = scored.reduce((sum, { edges }) => sum + edges.a.length, 0)
  const all = { a: new Uint32Array(length), b: new Uint32Array(length), steps: new Int32Array(length) }
  let at = 0
  for (const { edges } of scored) {
    all.a.set(edges.a, at)
    all.b.set(edges.b, at)
    all.steps.set(edges.steps, at)
    at += edges.a.length
  }
  return all
}
