import type { Instant } from '#lib/time'
import type { UnitFacts } from '#schema/cells'
import type { HoldsWhen, Milestone, SingleTest } from '#schema/milestone'
import type { Unit } from '#schema/unit'
import type { CellIndex } from './cell-index.ts'
import type { BaseRollups } from './rollups.ts'

/** What milestones of one unit are tested on. */
export type MilestoneGround = Readonly<{
  index: CellIndex
  facts: UnitFacts
  unit: Unit
  /** Position of the unit in the index. */
  u: number
  rollups: BaseRollups
}>

/** When activation was reached, and the kind of the event that completed it; '' is an event of no kind. */
export type ActivationPoint = Readonly<{ at: Instant; kind: string }>

/**
 * Does a test hold for a unit at asOf?
 *
 *   kindSeen k       an event of k (loops aside) was ever seen
 *   activePersons n  n or more distinct persons were ever active
 *   rollup r, n      r is known and r >= n; true counts as 1
 *   role             the unit has an admin (or a manager)
 *   allOf            every one of them
 *
 * Source: docs/methods/features.md, "Milestones".
 */
export function isReached(test: HoldsWhen, ground: MilestoneGround): boolean {
  if ('allOf' in test) return test.allOf.every(one => isReached(one, ground))
  if ('rollup' in test) return Number(rollupValue(ground, test.rollup)) >= test.atLeast
  if ('role' in test) {
    return ground.unit.people.some(person => person.isAdmin || (test.role === 'admin_or_manager' && person.isManager))
  }
  return pointOf(test, ground) !== null
}

/** NaN where the rollup is unknown or there is none of that name. */
function rollupValue({ rollups }: MilestoneGround, name: string): number {
  const value = Object.hasOwn(rollups, name) ? rollups[name as keyof BaseRollups] : null
  return value === null || value === undefined ? Number.NaN : Number(value)
}

/** Each milestone of the model, in its order, with whether it holds. */
export function judgeMilestones(
  milestones: readonly Milestone[],
  ground: MilestoneGround,
): readonly Readonly<{ milestone: Milestone; holds: boolean }>[] {
  return milestones.map(milestone => ({ milestone, holds: isReached(milestone.holdsWhen, ground) }))
}

/** The first milestone that does not hold; null where all do. */
export function nextBestAction(
  judged: readonly Readonly<{ milestone: Milestone; holds: boolean }>[],
): Milestone | null {
  return judged.find(({ holds }) => !holds)?.milestone ?? null
}

/** When a test was first met, and by what; null where it is not met, or cannot be dated. */
export function pointOf(test: SingleTest, { index, facts, u }: MilestoneGround): ActivationPoint | null {
  if ('kindSeen' in test) {
    const code = index.codeOf.get(test.kindSeen)
    const at = code === undefined ? Number.NaN : (facts.firstKindAt[u * index.cells.kinds.length + code] ?? Number.NaN)
    return Number.isNaN(at) ? null : { at, kind: test.kindSeen }
  }
  if (!('activePersons' in test)) return null
  const { unit, at, kind } = facts.arrivals
  const place = firstArrival(unit, u) + test.activePersons - 1
  if (place >= unit.length || unit[place] !== u) return null
  return { at: at[place] as number, kind: index.cells.kinds[kind[place] as number] ?? '' }
}

/** Place of a unit's first arrival; arrivals are sorted by unit. */
function firstArrival(units: Uint32Array, u: number): number {
  let low = 0
  let high = units.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((units[middle] as number) < u) low = middle + 1
    else high = middle
  }
  return low
}
