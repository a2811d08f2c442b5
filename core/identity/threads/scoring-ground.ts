import type { OrganisationColumns } from '../columns/organisation-columns.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { organisationComparisons, personComparisons } from '../compare/all-comparisons.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { UserColumns } from '../people/user-columns.ts'
import { userComparisons } from '../people/user-comparisons.ts'
import { type PairScorer, pairScorer } from '../weigh/pair-scorer.ts'
import { weightsWith } from '../weigh/weight-rules.ts'

/** What a scorer is made of, as values alone. */
export type ScoringGround = Readonly<{ prior: number }> &
  (
    | Readonly<{ kind: 'users'; columns: UserColumns; weights: readonly (readonly [string, number])[] }>
    | Readonly<{ kind: 'persons'; columns: PersonColumns; unknownOthers: number }>
    | Readonly<{ kind: 'organisations'; columns: OrganisationColumns; unknownOthers: number }>
  )

/**
 * The scorer of a ground: equal grounds make scorers that give equal totals.
 *
 * @param ground columns, weights that somebody set, log2 odds before any evidence
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function scorerOf(ground: ScoringGround): PairScorer {
  return pairScorer(comparisonsOf(ground), ground.prior)
}

function comparisonsOf(ground: ScoringGround): readonly Comparison[] {
  if (ground.kind === 'users') return userComparisons(ground.columns, weightsWith(new Map(ground.weights)))
  return ground.kind === 'persons'
    ? personComparisons(ground.columns, ground.unknownOthers)
    : organisationComparisons(ground.columns, ground.unknownOthers)
}
