import { HOUR_MS, type Instant } from '#lib/time'
import type { SingleTest } from '#schema/milestone'
import type { ScoringModel } from '#schema/model'
import type { Rollups } from '#schema/rollups'
import { type ActivationPoint, isReached, type MilestoneGround, pointOf } from './milestones.ts'
import type { BaseRollups } from './rollups.ts'

/**
 * First instant at which the primary milestone held, and the kind of the event that completed it.
 *
 *   at = latest over the tests of: first event of the kind | arrival of the n-th person
 *
 * A role test has no history and does not move the instant. A rollup test cannot be dated from cells.
 *
 * @returns null where it does not hold, or where no instant can be told
 *
 * Source: docs/methods/features.md, "Activation".
 */
export function activationOf(model: Pick<ScoringModel, 'activation'>, ground: MilestoneGround): ActivationPoint | null {
  const { primary } = model.activation
  const tests: readonly SingleTest[] = 'allOf' in primary ? primary.allOf : [primary]
  if (tests.some(test => 'rollup' in test) || !isReached(primary, ground)) return null
  let last: ActivationPoint | null = null
  for (const test of tests) {
    const point = pointOf(test, ground)
    if (point !== null && (last === null || point.at >= last.at)) last = point
  }
  return last
}

/**
 * Rollups with activation: the first instant of the primary milestone, what completed it, and
 * hours = (activation - created_at) / 1 h, negative where it was reached before the workspace's stated creation.
 */
export function withActivation(
  base: BaseRollups,
  activation: ActivationPoint | null,
  createdAt: Instant | null,
): Rollups {
  const { last_active_at, days_since_signup, ...counts } = base
  return {
    ...counts,
    activation_date: activation?.at ?? null,
    activation_path: activation?.kind ?? null,
    time_to_activation_hours: activation === null || createdAt === null ? null : (activation.at - createdAt) / HOUR_MS,
    last_active_at,
    days_since_signup,
  }
}
