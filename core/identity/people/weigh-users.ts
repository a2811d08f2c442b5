import type { Dataset } from '#schema/dataset'
import type { IdentityDecision } from '#schema/identity'
import { candidatePairs } from '../block/candidate-pairs.ts'
import type { BlockCount } from '../block/split-blocks.ts'
import { createEdgeList, type Edges, inWeightOrder } from '../cluster/edges.ts'
import type { EmailReading } from '../email.ts'
import { DEFAULT_FURTHER } from '../weigh/further-records.ts'
import { type PairScorer, pairScorer, priorBits, WATCH_STEPS } from '../weigh/pair-scorer.ts'
import { weightsWith } from '../weigh/weight-rules.ts'
import { type UserColumns, userColumns } from './user-columns.ts'
import { userComparisons, userKeys } from './user-comparisons.ts'

/** User records with every pair of them that has evidence: what decisions on pairs do not change. */
export type WeighedUsers = Readonly<{
  columns: UserColumns
  /** Pairs from -3 bits on, strongest first. */
  edges: Edges
  scorer: PairScorer
  blocks: readonly BlockCount[]
  /** Pairs that were compared. */
  compared: number
}>

/** What users are weighed by, besides their rows. */
export type WeighGround = Readonly<{
  decisions: readonly IdentityDecision[]
  read: (text: string | null) => EmailReading
  /** Weights that somebody set, by name. */
  weights: ReadonlyMap<string, number>
}>

/**
 * Weighs every pair of user records that shares a key.
 *
 * @param dataset its users, sorted by id
 * @param ground decisions in the order of the log, of which blocked and allowed values count here; what reads an address
 * @returns pairs from -3 bits on
 *
 * Source: docs/methods/identity.md, "Persons".
 */
export function weighUsers({ users }: Pick<Dataset, 'users'>, { decisions, read, weights }: WeighGround): WeighedUsers {
  const blocked = blockedValues(decisions)
  const columns = userColumns(users, read, (kind, value) => blocked.has(`${kind} ${value}`))
  const scorer = pairScorer(userComparisons(columns, weightsWith(weights)), priorBits(users.length, DEFAULT_FURTHER))
  const candidates = candidatePairs(users.length, userKeys(columns))
  const list = createEdgeList()
  const fresh = candidates.eachPair((a, b) => {
    const steps = scorer.score(a, b, WATCH_STEPS)
    if (steps >= WATCH_STEPS) list.push(a, b, steps)
  })
  const compared = fresh.reduce((sum, count) => sum + count, 0)
  return { columns, edges: inWeightOrder(list.edges()), scorer, blocks: candidates.counts, compared }
}

function blockedValues(decisions: readonly IdentityDecision[]): ReadonlySet<string> {
  const blocked = new Set<string>()
  for (const decision of decisions) {
    if (decision.type === 'block_value') blocked.add(`${decision.kind} ${decision.value}`)
    if (decision.type === 'allow_value') blocked.delete(`${decision.kind} ${decision.value}`)
  }
  return blocked
}
