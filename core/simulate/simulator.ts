import { AppError } from '#lib/errors'
import type { Day } from '#lib/time'
import type { ScoringModel } from '#schema/model'
import type { RoutingPolicy } from '#schema/policy'
import { fillStages } from '#score'
import { cellsUpTo } from './earlier-cells.ts'
import { ScoreKernel } from './kernel.ts'
import { columnsOfUnit } from './one-unit.ts'
import { RolePeople } from './role-people.ts'
import { fillChecklist } from './rollup-columns.ts'
import { type FactKinds, RouteTable, type Ruling } from './route-table.ts'
import { asksOtherCells, asksOtherFindings, isSameValue } from './same-cells.ts'
import { tenthsOf } from './score-ladder.ts'
import { splicedGround, type UnitGround } from './spliced-ground.ts'

const DAYS_PER_WEEK = 7
/** What units are judged by. */
export type Judge = Readonly<{ model: ScoringModel; policy: RoutingPolicy }>

/** What a judge comes to, in the order of units. */
export type Judged = Readonly<{
  /** Rounded to a tenth. */
  score: Float64Array
  /** Position in STAGES. */
  stage: Uint8Array
  /** Position in DESTINATIONS. */
  destination: Uint8Array
}>

/** The same with where each unit was a week earlier. */
export type JudgedWeek = Judged &
  Readonly<{
    before: Judged | null
    /** 1 per unit that was there a week earlier. */
    wasThere: Uint8Array
  }>

/** All that a simulator holds: nothing in it depends on what a scenario can change. */
export type SimulatorGround = UnitGround &
  Readonly<{
    /** What the columns, facts and rollups were made by. */
    base: Judge
    /** Day of asOf in the model's zone. */
    today: Day
  }>

/** Scores in columns that the next judgement overwrites. */
export type PassingScores = Readonly<{
  /** Another number wherever a score may be another. */
  stamp: number
  /** Rounded to a tenth, in the order of units. */
  score: Float64Array
}>

/** Scores as they were handed out: they are never written to again. */
type Emitted = Readonly<{ stamp: number; score: Float64Array; tenths: Uint16Array }>
type Watch = { kernel: ScoreKernel | null; emitted: Emitted | null }
type Checked = PassingScores & Readonly<{ rows: ScoringModel['checklist'] }>

/**
 * Judges all units by any model and policy within reach of the base: scores by the kernel, destinations by the route table.
 *
 *   judge(m, p) = the scores, stages and destinations that a full re-score by m and p gives, bit for bit
 *
 * Source: docs/methods/simulate.md, "The kernel" and "Destinations".
 */
export class Simulator {
  readonly units: number
  readonly base: Judge
  /** 1 per unit that was there a week before asOf. */
  readonly wasThere: Uint8Array
  private readonly ground: SimulatorGround
  private readonly routes: RouteTable
  private readonly people: RolePeople
  private readonly now: Watch = { kernel: null, emitted: null }
  private readonly weekBefore: Watch = { kernel: null, emitted: null }
  private checkedLast: Checked | null = null

  constructor(ground: SimulatorGround) {
    const { createdDay } = ground.columns.units
    this.ground = ground
    this.base = ground.base
    this.units = createdDay.length
    this.routes = new RouteTable(ground.facts)
    this.people = new RolePeople(ground.columns)
    // Who is not known to be younger was there.
    this.wasThere = Uint8Array.from(createdDay, day => (day <= ground.today - DAYS_PER_WEEK ? 1 : 0))
  }

  /**
   * Scores, stages and destinations by another model and policy.
   *
   * @throws AppError usage/bad-model where the model asks for cells, roles or findings that the base does not have
   */
  judge(judge: Judge): Judged {
    this.mustReach(judge.model)
    return this.judgedBy(judge, this.now, 0)
  }

  /**
   * The same with where every unit was a week earlier by the same judge, what is known of it beside its events held as it is.
   * Checklists count over windows that end at asOf, so that they know of no week before.
   */
  judgeWeek(judge: Judge): JudgedWeek {
    const judged = this.judge(judge)
    const { wasThere } = this
    if (judge.model.checklist !== undefined) return { ...judged, before: null, wasThere }
    return { ...judged, before: this.judgedBy(judge, this.weekBefore, DAYS_PER_WEEK), wasThere }
  }

  /** The same judge over the units of `splicedGround`. */
  spliced(other: UnitGround, order: Int32Array): Simulator {
    return new Simulator({ ...this.ground, ...splicedGround(this.ground, other, order) })
  }

  /** Bearers of the kinds of facts there are. */
  get factBearers(): FactKinds['facts'] {
    return this.ground.facts.facts
  }

  /** What rules see of a unit beside its score: units of one number are told apart by no test. */
  factKindOf(u: number): number {
    return this.ground.facts.ofUnit[u] as number // u is a position in units
  }

  /** A simulator of one unit alone, with the same base. @param u position of the unit, which is 0 in it */
  ofUnit(u: number): Simulator {
    const { columns, facts, rollups, ...ground } = this.ground
    const own = [...rollups].map(([name, values]) => [name, values.slice(u, u + 1)] as const)
    return new Simulator({
      ...ground,
      columns: columnsOfUnit(columns, u),
      facts: { ...facts, ofUnit: facts.ofUnit.slice(u, u + 1) },
      rollups: new Map(own),
    })
  }

  /** Where one unit would go with each score, by tenths: positions in DESTINATIONS. */
  destinationsByScore(u: number, { model, policy }: Judge): Uint8Array {
    return this.routes.byScore(u, { policy, stages: model.stages })
  }

  /**
   * Scores of this week and of the week before without room of their own, for who counts them at once.
   *
   * @returns columns that the next judgement overwrites; no week before where a checklist judges
   * @throws AppError usage/bad-model as `judge` does
   */
  passingScores(model: ScoringModel): Readonly<{ now: PassingScores; before: PassingScores | null }> {
    this.mustReach(model)
    if (model.checklist !== undefined) return { now: this.checked(model.checklist), before: null }
    return { now: this.passing(model, this.now, 0), before: this.passing(model, this.weekBefore, DAYS_PER_WEEK) }
  }

  /** What comes of every score, by tenths; the one `destinationOf` goes by from now on. */
  rulings({ model, policy }: Judge): readonly Ruling[] {
    return this.routes.rulings({ policy, stages: model.stages })
  }

  /** Position in DESTINATIONS. @param ruling of the rulings asked for last */
  destinationOf(ruling: Ruling, u: number): number {
    return this.routes.destinationOf(ruling, this.factKindOf(u))
  }

  /** Fills where every unit goes. @param tenths its rounded score times ten @param out takes positions in DESTINATIONS */
  fillDestinations(tenths: Uint16Array, { model, policy }: Judge, out: Uint8Array): void {
    this.routes.fill(tenths, { policy, stages: model.stages }, out)
  }

  private judgedBy(judge: Judge, watch: Watch, daysAgo: number): Judged {
    const { score, tenths } = this.emitted(judge.model, watch, daysAgo)
    const stage = new Uint8Array(this.units)
    const destination = new Uint8Array(this.units)
    fillStages({ score, stage }, judge.model.stages)
    this.fillDestinations(tenths, judge, destination)
    return { score, stage, destination }
  }

  /** Scores to keep. What nothing has changed is what was handed out before. */
  private emitted(model: ScoringModel, watch: Watch, daysAgo: number): Emitted {
    const { checklist } = model
    const { stamp, score } = checklist === undefined ? this.passing(model, watch, daysAgo) : this.checked(checklist)
    if (watch.emitted?.stamp !== stamp) {
      const kept = score.slice()
      watch.emitted = { stamp, score: kept, tenths: tenthsOf(kept) }
    }
    return watch.emitted
  }

  private passing(model: ScoringModel, watch: Watch, daysAgo: number): PassingScores {
    if (watch.kernel === null) watch.kernel = this.kernelAt(model, daysAgo)
    else watch.kernel.apply(model)
    const { version, score } = watch.kernel
    return { stamp: version, score }
  }

  /** Stamps of a kernel rise from nothing, those of checklists fall below it. */
  private checked(rows: NonNullable<ScoringModel['checklist']>): PassingScores {
    const { checkedLast: last } = this
    if (last !== null && isSameValue(last.rows, rows)) return last
    const score = last?.score ?? new Float64Array(this.units)
    fillChecklist(this.ground.rollups, rows, score)
    this.checkedLast = { rows, score, stamp: (last?.stamp ?? 0) - 1 }
    return this.checkedLast
  }

  private kernelAt(model: ScoringModel, daysAgo: number): ScoreKernel {
    const { columns, today } = this.ground
    const day = today - daysAgo
    const cells = daysAgo === 0 ? columns.cells : cellsUpTo(columns.cells, day)
    return new ScoreKernel({ ...columns, cells }, model, day, this.people)
  }

  private mustReach(model: ScoringModel): void {
    const { base, columns } = this.ground
    if (model !== base.model) mustReach(base.model, model, columns.cells.kinds)
  }
}

/**
 * A model that was read from a file, made ready to be judged by beside a base.
 *
 * @param kinds those that the cells of the base know
 * @returns the model with the parts of the base that are equal, so that comparing them costs nothing from then on
 * @throws AppError usage/bad-model where it asks for cells, roles or findings that the base does not have
 *
 * Source: docs/methods/simulate.md, "What a scenario can change".
 */
export function modelWithin(base: ScoringModel, model: ScoringModel, kinds: readonly string[]): ScoringModel {
  mustReach(base, model, kinds)
  const { timeZone, loop, taxonomy, fit, milestones, activation, rollups } = base
  const { titles, targetDepartments } = base.roles
  const same = { timeZone, loop, taxonomy, fit, milestones, activation, rollups }
  return { ...model, ...same, roles: { ...model.roles, titles, targetDepartments } }
}

function mustReach(base: ScoringModel, model: ScoringModel, kinds: readonly string[]): void {
  if (!asksOtherCells(base, model, kinds) && !asksOtherFindings(base, model)) return
  const message =
    'this model counts events, reads roles or finds milestones in another way than the scores that are open; apply it and score again'
  throw new AppError('usage/bad-model', message)
}
