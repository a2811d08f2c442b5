import type { Steps } from '#lib/steps'
import { type CandidateGround, type Chunk, chunksOf, meetingsOf, walkChunk } from '../block/candidate-chunks.ts'
import { createEdgeList, type Edges } from '../cluster/edges.ts'
import { type PairScorer, WATCH_STEPS } from '../weigh/pair-scorer.ts'
import { portable } from './portable.ts'
import type { ScoringGround } from './scoring-ground.ts'

/** The pairs of a chunk: how many there are, and those that may count. */
export type ScoredChunk = Readonly<{ chunk: number; pairs: number; edges: Edges }>

/** What another thread is told, values of `portable`: what pairs are scored by, then which pairs. */
export type PairOrder =
  | Readonly<{ kind: 'ground'; ground: unknown }>
  | Readonly<{ kind: 'pairs'; pairs: unknown; claims: Int32Array }>

/** Another thread that scores pairs as well. */
export type SecondThread = Readonly<{
  tell(order: PairOrder): void
  /** Chunks that came back since this was last asked. */
  scored(): readonly ScoredChunk[]
  /** Is it gone? What it had begun does not come back then. */
  isLost(): boolean
  close(): void
}>

/** Of a chunk: nobody's yet, taken by this thread, taken by the other one, come back from there. */
export const CLAIM = { free: 0, here: 1, there: 2, back: 3 } as const

/** Pairs to be scored. */
export type PairTask = Readonly<{
  candidates: CandidateGround
  /** Where records come from: only pairs of two sources count. Null: all do. */
  source: Uint32Array | null
}>

/** Told how many pairs of how many were looked at; a pair counts once per key that it shares. */
export type PairsTold = (done: number, total: number) => void

/** How long this thread waits for a chunk before it listens, ms. */
const WAIT_MS = 5
/** So often in a row without a word from there, and it does a chunk that is out itself: a host that gives no turns never hears of a loss. */
const MOST_WAITS = 100

/**
 * Hands over what pairs will be scored by, while this thread finds the pairs.
 *
 * @param second null where there is no other thread
 * @param ground as `scorerOf` needs it
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function tellGround(second: SecondThread | null, ground: ScoringGround): void {
  second?.tell({ kind: 'ground', ground: portable(ground) })
}

/**
 * Scores all pairs, chunk by chunk; the other thread takes chunks from the end. What comes out does not depend on who scored what, nor on
 * whether there is another thread: chunks are put together in their order.
 *
 * @param task pairs
 * @param scorer made on both sides of one ground
 * @param second that knows the ground; null: this thread scores all
 * @param told after each chunk
 * @returns a generator that halts after each chunk; pairs that were compared, and those from -3 bits on
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function* scoreSteps(
  task: PairTask,
  scorer: PairScorer,
  second: SecondThread | null,
  told?: PairsTold,
): Steps<Readonly<{ pairs: number; edges: Edges }>> {
  const chunks = chunksOf(task.candidates)
  const claims = new Int32Array(new SharedArrayBuffer(4 * chunks.length))
  const scored: ScoredChunk[] = []
  second?.tell({ kind: 'pairs', pairs: portable(task), claims })
  const tell = told === undefined ? undefined : teller(task, chunks, told)
  const take = (): void => {
    for (const one of second?.scored() ?? []) {
      scored[one.chunk] = one
      tell?.(one.chunk)
    }
  }
  for (const [at, chunk] of chunks.entries()) {
    if (Atomics.compareExchange(claims, at, CLAIM.free, CLAIM.here) !== CLAIM.free) continue
    scored[at] = scoreChunk(task, at, { chunk, scorer })
    tell?.(at)
    take()
    yield
  }
  for (const [at, chunk] of chunks.entries()) {
    let waits = 0
    for (take(); scored[at] === undefined; take()) {
      if (second?.isLost() === true || waits >= MOST_WAITS) {
        take()
        scored[at] ??= scoreChunk(task, at, { chunk, scorer })
        tell?.(at)
        break
      }
      Atomics.wait(claims, at, CLAIM.there, WAIT_MS)
      waits++
      yield
    }
  }
  return { pairs: scored.reduce((sum, { pairs }) => sum + pairs, 0), edges: joined(scored) }
}

/** Tells of chunks as they are done, each once. */
function teller({ candidates }: PairTask, chunks: readonly Chunk[], told: PairsTold): (at: number) => void {
  const meetings = chunks.map(chunk => meetingsOf(candidates, chunk))
  const total = meetings.reduce((sum, own) => sum + own, 0)
  let done = 0
  return at => {
    done += meetings[at] ?? 0
    meetings[at] = 0
    told(done, total)
  }
}

/**
 * Scores the pairs of one chunk.
 *
 * @param task of which it is a part
 * @param at its place among the chunks
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function scoreChunk(
  { candidates, source }: PairTask,
  at: number,
  { chunk, scorer }: Readonly<{ chunk: Chunk; scorer: PairScorer }>,
): ScoredChunk {
  const list = createEdgeList()
  let pairs = 0
  walkChunk(candidates, chunk, (a, b) => {
    if (source !== null && source[a] === source[b]) return
    pairs++
    const steps = scorer.score(a, b, WATCH_STEPS)
    if (steps >= WATCH_STEPS) list.push(a, b, steps)
  })
  return { chunk: at, pairs, edges: list.edges() }
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
