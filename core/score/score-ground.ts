import { type CellIndex, NO_DAY } from '#features'
import type { Day } from '#lib/time'
import type { Cells, Slots } from '#schema/cells'
import { type Condition, type ScoringModel, SIGNAL_BUCKETS } from '#schema/model'
import type { Unit } from '#schema/unit'
import { type PersonColumns, personColumns, type UnitColumns, unitColumns } from './ground-columns.ts'
import { type SignalRule, signalRules } from './signals.ts'

export type BucketBounds = Readonly<{ isPersonal: boolean; min: number; max: number }>
export type ConditionRule = Readonly<{ condition: Condition; test: 'trial_ending' | 'inactive'; bucket: number }>

/** What a score is worked out from, as columns: cells, people and units. */
export type ScoreColumns = Readonly<{
  cells: Pick<Cells, 'kinds' | 'runs' | 'slots' | 'days' | 'lastActiveDay'>
  people: PersonColumns
  units: UnitColumns
}>

/** Columns with a model made ready for them, and the day: all that the sums need. No object per unit, person or cell. */
export type SumGround = Readonly<{
  model: ScoringModel
  today: Day
  slots: Slots
  people: PersonColumns
  unitColumns: UnitColumns
  /** Newest day with any event per unit; NO_DAY where there is none. */
  lastActiveDay: Int32Array
  rules: readonly SignalRule[]
  /** In the order of SIGNAL_BUCKETS. */
  bounds: readonly BucketBounds[]
  conditions: readonly ConditionRule[]
}>

/** The same beside the units it was made for: what lines and ranges are told of. */
export type ScoreGround = SumGround & Readonly<{ index: CellIndex; units: readonly Unit[] }>

/**
 * Makes a model ready for one set of cells and units.
 *
 * @param index cells of the same units
 * @param units with the roles of the same model
 * @param today day of asOf in the model's zone
 */
export function scoreGround(index: CellIndex, units: readonly Unit[], model: ScoringModel, today: Day): ScoreGround {
  const { cells, slots } = index
  const columns = { cells, people: personColumns(slots, units), units: unitColumns(units) }
  return { ...sumGround(columns, model, today), index, units }
}

/**
 * Makes a model ready for columns. Cheap: tables over the days that occur, nothing per cell.
 *
 * @param columns of the same units; roles and fit by the same model
 * @param today   day of asOf in the model's zone
 */
export function sumGround({ cells, people, units }: ScoreColumns, model: ScoringModel, today: Day): SumGround {
  return {
    model,
    today,
    slots: cells.slots,
    people,
    unitColumns: units,
    lastActiveDay: cells.lastActiveDay,
    rules: signalRules(model, cells, today),
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
  }
}

/**
 * Does a condition hold at asOf?
 *
 *   trial_ending  the unit is on trial, its end is known, and 0 <= trial end - today <= days
 *   inactive      no active day at ages 0 .. days - 1, and created_at is known with today - created >= days
 *
 * Source: docs/methods/score.md, "Conditions".
 */
export function holds({ condition, test }: ConditionRule, ground: SumGround, u: number): boolean {
  const { today, unitColumns, lastActiveDay } = ground
  // u is a position in units. NO_DAY lies before every window that a model can ask for.
  if (test === 'trial_ending') {
    const left = (unitColumns.trialEndDay[u] as number) - today
    return left >= 0 && left <= condition.days
  }
  const created = unitColumns.createdDay[u] as number
  const last = lastActiveDay[u] as number
  return created !== NO_DAY && today - created >= condition.days && today - last >= condition.days
}
