import { type CellIndex, idleDays } from '#features'
import type { Day } from '#lib/time'
import { type Condition, type ScoringModel, SIGNAL_BUCKETS } from '#schema/model'
import type { Unit } from '#schema/unit'
import { type SignalRule, signalRules } from './signals.ts'
import { UnitDays } from './unit-days.ts'

export type BucketBounds = Readonly<{ isPersonal: boolean; min: number; max: number }>
export type ConditionRule = Readonly<{ condition: Condition; test: 'trial_ending' | 'inactive'; bucket: number }>

/** Factor and standing at [slot - firstSlot]; standing is a sum of ADMIN and CHAMPION. */
export type PersonColumns = Readonly<{ factor: Float64Array; standing: Uint8Array; firstSlot: number }>
export const ADMIN = 1
export const CHAMPION = 2

/** All that a score is worked out from: cells, units, a model made ready, and the day. */
export type ScoreGround = Readonly<{
  index: CellIndex
  units: readonly Unit[]
  model: ScoringModel
  today: Day
  rules: readonly SignalRule[]
  /** In the order of SIGNAL_BUCKETS. */
  bounds: readonly BucketBounds[]
  conditions: readonly ConditionRule[]
  people: PersonColumns
  /** Working space, overwritten by every use. */
  days: UnitDays
}>

/**
 * Makes a model ready for one set of cells and units.
 *
 * @param index cells of the same units
 * @param units with the roles of the same model
 * @param today day of asOf in the model's zone
 */
export function scoreGround(index: CellIndex, units: readonly Unit[], model: ScoringModel, today: Day): ScoreGround {
  return {
    index,
    units,
    model,
    today,
    rules: signalRules(model),
    bounds: SIGNAL_BUCKETS.map(id => {
      const { scope, min, max } = model.buckets[id]
      return {
        isPersonal: scope === 'person',
        min: min ?? Number.NEGATIVE_INFINITY,
        max: max ?? Number.POSITIVE_INFINITY,
      }
    }),
    conditions: model.conditions.map(condition => ({
      condition,
      test: condition.when ?? (condition.id.startsWith('trial_ending') ? 'trial_ending' : 'inactive'),
      bucket: SIGNAL_BUCKETS.indexOf(condition.bucket),
    })),
    people: personColumns(index, units),
    days: new UnitDays(),
  }
}

function personColumns({ slots }: Pick<CellIndex, 'slots'>, units: readonly Unit[]): PersonColumns {
  const factor = new Float64Array(slots.person.length)
  const standing = new Uint8Array(slots.person.length)
  for (const [u, { people }] of units.entries()) {
    let slot = slots.start[u] as number // the unit's first slot is nobody's
    for (const { roleFactor, isAdmin, isChampion } of people) {
      factor[++slot] = roleFactor
      standing[slot] = (isAdmin ? ADMIN : 0) + (isChampion ? CHAMPION : 0)
    }
  }
  return { factor, standing, firstSlot: 0 }
}

/**
 * Does a condition hold at asOf?
 *
 *   trial_ending  the unit is on trial, its end is known, and 0 <= trial end - today <= days
 *   inactive      no active day at ages 0 .. days - 1, and created_at is known with today - created >= days
 *
 * Source: docs/methods/score.md, "Conditions".
 */
export function holds({ condition, test }: ConditionRule, ground: ScoreGround, u: number): boolean {
  const unit = ground.units[u] as Unit // u is a position in units
  if (test === 'trial_ending') {
    if (!unit.isOnTrial || unit.trialEndDay === null) return false
    const left = unit.trialEndDay - ground.today
    return left >= 0 && left <= condition.days
  }
  if (unit.createdDay === null || ground.today - unit.createdDay < condition.days) return false
  return idleDays(ground.index, u, ground.today) >= condition.days
}
