import { DAY_MS, type Instant } from '#lib/time'
import type { UnitFacts } from '#schema/cells'
import type { ActivationEffect, ActivationFigures } from '#schema/data-health'
import type { ScoringModel } from '#schema/model'
import type { Rollups } from '#schema/rollups'
import type { Unit } from '#schema/unit'
import { activationOf, withActivation } from '../activation.ts'
import type { CellIndex } from '../cell-index.ts'
import { isReached, type MilestoneGround } from '../milestones.ts'

type Activation = ScoringModel['activation']

/** Days after creation that the curve of activations shows. */
const CURVE_DAYS = 60

export type ActivationGround = Readonly<{
  index: CellIndex
  facts: UnitFacts
  units: readonly Unit[]
  asOf: Instant
  /** Of each unit; of them only what needs no milestone is read. */
  rollups: readonly Rollups[]
}>

type Reached = Readonly<{ isActivated: boolean; at: number | null }>

/**
 * What a change of the activation rule does: how many workspaces are activated, how fast, and which change.
 *
 *   activated  the primary milestone holds at as-of; deleted and sandbox workspaces are left out
 *   days       from created_at to the activation, where both can be told; 0 where it was before. Workspaces created before
 *              the first event of the data are left out of days: what they did before is not known
 *   within(n)  share of workspaces activated n days after their creation, estimated by Kaplan and Meier
 *   gained, lost, moved  activated by the draft alone, by the rule in force alone, by both on another instant
 *
 * @param ground of one as-of
 * @param now the rule in force
 * @param draft the rule that is looked at
 *
 * Source: docs/methods/data-health.md, "Activation"; E. L. Kaplan, P. Meier, JASA 53 (1958).
 */
export function activationEffect(ground: ActivationGround, now: Activation, draft: Activation): ActivationEffect {
  const chosen = ground.units.flatMap((unit, u) => (unit.isDeleted || unit.isSandbox ? [] : [u]))
  const before = chosen.map(u => reached(ground, u, now))
  const after = chosen.map(u => reached(ground, u, draft))
  const pairs = before.map((one, i) => ({ one, other: after[i] as Reached })) // of equal length
  return {
    now: figuresOf(ground, chosen, before, now),
    draft: figuresOf(ground, chosen, after, draft),
    gained: pairs.filter(({ one, other }) => !one.isActivated && other.isActivated).length,
    lost: pairs.filter(({ one, other }) => one.isActivated && !other.isActivated).length,
    moved: pairs.filter(({ one, other }) => one.isActivated && other.isActivated && one.at !== other.at).length,
  }
}

/**
 * Since when each of some milestones of a unit holds.
 *
 * @param milestones primary or secondary ones
 * @returns in the order given; `at` null where it does not hold or cannot be dated
 *
 * Source: docs/methods/data-health.md, "Activation".
 */
export function reachedMilestones(
  ground: ActivationGround,
  u: number,
  milestones: Activation['secondary'],
): { id: string; holds: boolean; at: number | null }[] {
  return milestones.map(({ id, holdsWhen }) => {
    const { isActivated, at } = reached(ground, u, { primary: holdsWhen, secondary: [] })
    return { id, holds: isActivated, at }
  })
}

/**
 * The rollups of activation by any rule: when it was reached, by which kind, and how long after the creation.
 *
 * @returns as docs/methods/features.md, "Activation" has them
 *
 * Source: docs/methods/data-health.md, "Activation".
 */
export function activationRollups(
  ground: ActivationGround,
  u: number,
  activation: Activation,
): Pick<Rollups, 'activation_date' | 'activation_path' | 'time_to_activation_hours'> {
  const tested = testedUnit(ground, u)
  const { activation_date, activation_path, time_to_activation_hours } = withActivation(
    tested.rollups,
    activationOf({ activation }, tested),
    tested.unit.createdAt,
  )
  return { activation_date, activation_path, time_to_activation_hours }
}

function reached(ground: ActivationGround, u: number, activation: Activation): Reached {
  const tested = testedUnit(ground, u)
  const isActivated = isReached(activation.primary, tested)
  return { isActivated, at: isActivated ? (activationOf({ activation }, tested)?.at ?? null) : null }
}

function testedUnit({ index, facts, units, rollups }: ActivationGround, u: number): MilestoneGround {
  // As many rollups as units.
  return { index, facts, unit: units[u] as Unit, u, rollups: rollups[u] as Rollups }
}

function figuresOf(
  ground: ActivationGround,
  chosen: readonly number[],
  reachedBy: readonly Reached[],
  { secondary }: Activation,
): ActivationFigures {
  const timed = timesOf(ground, chosen, reachedBy)
  return {
    workspaces: chosen.length,
    activated: reachedBy.filter(({ isActivated }) => isActivated).length,
    timed: timed.length,
    medianDays: medianOf(timed.flatMap(({ days, isActivated }) => (isActivated ? [days] : []))),
    within: sharesWithin(timed),
    secondary: secondary.map(({ id, holdsWhen }) => ({
      id,
      holds: chosen.filter(u => isReached(holdsWhen, testedUnit(ground, u))).length,
    })),
  }
}

/** Days from creation to activation, or to as-of where it has not come yet. */
type Timed = Readonly<{ days: number; isActivated: boolean }>

/** Workspaces whose whole life lies in the data: those created before the first event may have been activated unseen. */
function timesOf(
  { units, facts, asOf }: ActivationGround,
  chosen: readonly number[],
  reachedBy: readonly Reached[],
): readonly Timed[] {
  let first = Number.POSITIVE_INFINITY
  for (const at of facts.arrivals.at) first = Math.min(first, at)
  return reachedBy.flatMap(({ isActivated, at }, i): Timed[] => {
    const createdAt = units[chosen[i] ?? -1]?.createdAt ?? null
    if (createdAt === null || createdAt < first || (isActivated && at === null)) return []
    return [{ days: Math.max(0, ((at ?? asOf) - createdAt) / DAY_MS), isActivated }]
  })
}

/**
 * Share activated within n days of the creation. Workspaces that are younger than n days count for as long as they are
 * watched (Kaplan and Meier), so that many new ones do not lower the share.
 */
function sharesWithin(timed: readonly Timed[]): number[] {
  const activated = new Array<number>(CURVE_DAYS + 1).fill(0)
  const watched = new Array<number>(CURVE_DAYS + 1).fill(0)
  for (const { days, isActivated } of timed) {
    const last = isActivated ? Math.ceil(days) : Math.floor(days)
    for (let n = 0; n <= Math.min(last, CURVE_DAYS); n++) watched[n] = (watched[n] ?? 0) + 1
    if (isActivated && last <= CURVE_DAYS) activated[last] = (activated[last] ?? 0) + 1
  }
  let open = 1
  return activated.map((count, n) => {
    const atRisk = watched[n] ?? 0
    if (atRisk > 0) open *= 1 - count / atRisk
    return 1 - open
  })
}

/** The middle one; of an even number the mean of the two in the middle. */
function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const high = sorted[sorted.length >> 1]
  if (high === undefined) return null
  return sorted.length % 2 === 1 ? high : ((sorted[(sorted.length >> 1) - 1] as number) + high) / 2
}
