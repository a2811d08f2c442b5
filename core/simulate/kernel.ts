import { invariant } from '#lib/errors'
import type { Day } from '#lib/time'
import { BUCKETS, type BucketId, type ScoringModel } from '#schema/model'
import type { Unit } from '#schema/unit'
import {
  addTotal,
  type FitColumns,
  fillScores,
  fillTotals,
  fitColumns,
  fitPointsOf,
  newSettled,
  newSums,
  newTotals,
  type RoleColumns,
  represent,
  roleColumns,
  type ScoreColumns,
  type Settled,
  type SumGround,
  type Sums,
  settleBucket,
  sumGround,
  type UnitColumns,
  type UnitTotals,
  unitColumns,
} from '#score'
import { type MovedBuckets, movedBuckets } from './moved-buckets.ts'
import { RolePeople } from './role-people.ts'
import { asksOtherCells, isSameValue } from './same-cells.ts'
import { SignalSums } from './signal-sums.ts'

/** All that scores under changing models are worked out from: nothing in it depends on what a scenario can change. */
export type KernelColumns = Readonly<{
  cells: ScoreColumns['cells']
  roles: RoleColumns
  fit: FitColumns
  units: Pick<UnitColumns, 'trialEndDay' | 'createdDay'>
}>

/** What a change came to: signals whose values were worked out anew, and buckets that were settled again. */
export type Worked = Readonly<{ signals: readonly string[]; buckets: readonly BucketId[] }>

/**
 * The columns of a kernel from units.
 *
 * @param cells of the same units
 * @param units with roles and fit by any model that a scenario can reach from the kernel's
 */
export function kernelColumns(cells: ScoreColumns['cells'], units: readonly Unit[]): KernelColumns {
  return { cells, roles: roleColumns(cells.slots, units), fit: fitColumns(units), units: unitColumns(units) }
}

/**
 * Scores of one set of cells under a model that changes: each change costs what it touches.
 *
 *   changed signal               its values over the cells of its kind, then the sums of its bucket
 *   changed bucket of persons    sums, representatives, all buckets per person
 *   changed bucket of units      that bucket
 *   changed factor               factors, who may represent, representatives, all buckets per person
 *   changed stage                stages alone
 *
 * Every sum is taken by the functions of the full score and in their order, so that the result is that of a full re-score bit
 * for bit, whatever came before.
 *
 * Source: docs/methods/simulate.md, "The kernel".
 */
export class ScoreKernel {
  /** Rounded scores by the model applied last. Overwritten by the next change. */
  readonly score: Float64Array
  private readonly columns: KernelColumns
  private readonly today: Day
  private readonly sums: Sums
  private readonly settled: Settled
  private readonly signals: SignalSums
  private readonly people: RolePeople
  private ground: SumGround
  private changes = 0

  /**
   * @param today  day of asOf in the model's zone
   * @param people of the same columns; kernels that move together share it
   */
  constructor(columns: KernelColumns, model: ScoringModel, today: Day, people = new RolePeople(columns)) {
    const { slots, lastActiveDay } = columns.cells
    this.columns = columns
    this.people = people
    this.today = today
    this.sums = newSums(slots.person.length, lastActiveDay.length)
    this.settled = newSettled(lastActiveDay.length)
    this.score = new Float64Array(lastActiveDay.length)
    this.signals = new SignalSums(this.sums, slots)
    this.ground = this.groundOf(model, null)
    this.signals.apply(this.ground.rules, false)
    this.settle({ isRepresentedAnew: true, touched: null, buckets: BUCKETS })
  }

  /** By the model applied last, worked out when it is asked for. The next change overwrites its buckets and total. */
  get totals(): UnitTotals {
    const totals = newTotals(this.settled)
    fillTotals(this.ground, this.settled, totals)
    return totals
  }

  /** Rises with every change of any score. */
  get version(): number {
    return this.changes
  }

  /** The model applied last. */
  get model(): ScoringModel {
    return this.ground.model
  }

  /**
   * Moves to another model.
   *
   * @param model differs from the one before in signals, buckets, conditions, role factors and stages alone
   * @throws Error where it asks for other cells, roles or fit rules: then there is nothing here to work it out from
   */
  apply(model: ScoringModel): Worked {
    const before = this.ground
    invariant(!asksOtherCells(before.model, model, this.columns.cells.kinds), 'a scenario keeps the cells as they are')
    this.ground = this.groundOf(model, before)
    // Where all people are others, anybody may be moved.
    const summed = this.signals.apply(this.ground.rules, before.people === this.ground.people)
    const moved = movedBuckets(before, this.ground, summed)
    this.settle(moved)
    return { signals: summed.worked, buckets: moved.buckets }
  }

  private groundOf(model: ScoringModel, before: SumGround | null): SumGround {
    const { cells, units } = this.columns
    const people = this.people.of(model.roles)
    const isSameFit = before !== null && isSameValue(before.model.buckets.fit, model.buckets.fit)
    const fitPoints = isSameFit ? before.unitColumns.fitPoints : fitPointsOf(this.columns.fit, model)
    return sumGround({ cells, people, units: { ...units, fitPoints } }, model, this.today)
  }

  private settle({ isRepresentedAnew, touched, buckets }: MovedBuckets): void {
    const { ground, sums, settled, score } = this
    const span = { from: 0, to: score.length }
    const settling = { people: ground.people, out: settled }
    if (isRepresentedAnew) represent(ground, span, sums, { ...settling, touched })
    for (const id of buckets) settleBucket(ground, span, sums, { ...settling, id })
    if (!isRepresentedAnew && buckets.length === 0) return
    this.changes++
    addTotal(settled)
    fillScores({ total: settled.total, score })
  }
}
