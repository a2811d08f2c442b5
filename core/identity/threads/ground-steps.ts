import type { Steps } from '#lib/steps'
import { candidatesOf, type SteppedCandidates } from '../block/candidate-pairs.ts'
import { createKeyRows } from '../block/kind-blocks.ts'
import type { EmailTables } from '../compare/email-tables.ts'
import type { PairScorer } from '../weigh/pair-scorer.ts'
import { portable, revived } from './portable.ts'
import { groundParts, keysOf, partsTogether, placesOf, type ScoringGround, scorerOf } from './scoring-ground.ts'
import type { SecondThread } from './second-thread.ts'
import { freeClaims, sharedSteps } from './shared-work.ts'

/** What pairs are found and scored by. */
export type PreparedGround = Readonly<{
  candidates: SteppedCandidates
  scorer: PairScorer
  tables: EmailTables | undefined
}>

/** A part of a large ground takes a while: two seconds without a word. */
const PATIENCE = 400

/**
 * Finds the pairs to compare, and counts what they are compared by: part by part, on two threads where there is another one.
 *
 * @param ground columns and weights
 * @param second another thread, null for none
 * @param sent makes the ground as the other thread gets it: without what only this one shows
 * @returns a generator that halts after each part; equal whoever made what
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function* groundSteps(
  ground: ScoringGround,
  second: SecondThread | null,
  sent: () => ScoringGround = () => ground,
): Steps<PreparedGround> {
  const size = ground.kind === 'users' ? ground.columns.people.size : ground.columns.size
  const kinds = keysOf(ground).length
  const rows = createKeyRows(size, kinds, placesOf(ground))
  const parts = groundParts(ground, rows)
  const claims = freeClaims(parts.length)
  // What little is no memory that both read would be filled there, and not here.
  const isShared = rows.rows.buffer instanceof SharedArrayBuffer
  const other = isShared ? second : null
  second?.tell({ kind: 'ground', ground: portable(sent()), rows, claims: isShared ? claims : freeClaims(0) })
  const made = yield* sharedSteps(
    {
      parts: parts.length,
      make: part => parts[part]?.(),
      read: answer => (answer.kind === 'ground' ? { part: answer.part, made: revived(answer.made) } : null),
      patience: PATIENCE,
    },
    claims,
    other,
  )
  const { blocks, tables } = partsTogether(made, kinds)
  return { candidates: candidatesOf(rows, blocks), scorer: scorerOf(ground, tables), tables }
}
