import { AppError } from '#lib/errors'
import type { Day } from '#lib/time'
import type { ScoringModel } from '#schema/model'
import type { RoutingPolicy } from '#schema/policy'
import { fillStages } from '#score'
import { cellsUpTo } from './earlier-cells.ts'
import { type KernelColumns, ScoreKernel } from './kernel.ts'
import { columnsOfUnit } from './one-unit.ts'
import { RolePeople } from './role-people.ts'
import { fillChecklist, type RollupColumns } from './rollup-columns.ts'
import { type FactKinds, RouteTable } from './route-table.ts'
import { asksOtherCells, asksOtherFindings } from './same-cells.ts'
import { tenthsOf } from './score-ladder.ts'

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
export type SimulatorGround = Readonly<{
  columns: KernelColumns
  facts: FactKinds
  rollups: RollupColumns
  /** What the columns, facts and rollups were made by. */
  base: Judge
  /** Day of asOf in the model's zone. */
  today: Day
}>

/** Scores as they were handed out: they are never written to again. */
type Emitted = Readonly<{ version: number; score: Float64Array; tenths: Uint16Array }>
type Watch = { kernel: ScoreKernel | null; emitted: Emitted | null }

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
  private readonly ground: SimulatorGround
  private readonly routes: RouteTable
  private readonly wasThere: Uint8Array
  private readonly people: RolePeople
  private readonly now: Watch = { kernel: null, emitted: null }
  private readonly weekBefore: Watch = { kernel: null, emitted: null }

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

  private judgedBy({ model, policy }: Judge, watch: Watch, daysAgo: number): Judged {
    const stage = new Uint8Array(this.units)
    const destination = new Uint8Array(this.units)
    const { score, tenths } = model.checklist === undefined ? this.scored(model, watch, daysAgo) : this.checked(model)
    if (model.checklist === undefined)
      stage.set((watch.kernel as ScoreKernel).totals.stage) // it has just scored
    else fillStages({ score, stage }, model.stages)
    this.routes.fill(tenths, { policy, stages: model.stages }, destination)
    return { score, stage, destination }
  }

  /** Scores of the kernel. What nothing has changed is what was handed out before. */
  private scored(model: ScoringModel, watch: Watch, daysAgo: number): Emitted {
    if (watch.kernel === null) watch.kernel = this.kernelAt(model, daysAgo)
    else watch.kernel.apply(model)
    const { totals, version } = watch.kernel
    if (watch.emitted?.version !== version) {
      const score = totals.score.slice()
      watch.emitted = { version, score, tenths: tenthsOf(score) }
    }
    return watch.emitted
  }

  private checked({ checklist = [] }: ScoringModel): Pick<Emitted, 'score' | 'tenths'> {
    const score = new Float64Array(this.units)
    fillChecklist(this.ground.rollups, checklist, score)
    return { score, tenths: tenthsOf(score) }
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
