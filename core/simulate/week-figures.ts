import { DESTINATIONS } from '#schema/policy'
import { fillStages, STAGES } from '#score'
import type { Ruling } from './route-table.ts'
import { fillTenths, ScoreLadder } from './score-ladder.ts'
import type { Judge, Judged, PassingScores, Simulator } from './simulator.ts'
import { TenthOrder } from './tenth-order.ts'
import { type Placed, WeekTallies } from './week-tallies.ts'

/** Scores go from 0 to 100 by tenths. */
const STEPS = 1001
/** Every score there is. */
const SCORES = Float64Array.from({ length: STEPS }, (_, tenth) => tenth / 10)
/** Above one unit in so many it takes less to count all of them anew. */
const FEW = 4

/** Units with another stage, with another destination, and with a higher or lower score than in the base. */
export type MoverCounts = Readonly<{ stage: number; destination: number; up: number; down: number }>

/** What a judge comes to in counts, beside the base. */
export type WeekFigures = Readonly<{
  /** Units per stage in the order of STAGES, and per destination in the order of DESTINATIONS. */
  stages: Uint32Array
  destinations: Uint32Array
  /** Per destination; null where the week before is not known. */
  entrants: Uint32Array | null
  /** Units of the base, at [from * places + to]. */
  stageMatrix: Uint32Array
  destinationMatrix: Uint32Array
  movers: MoverCounts
  ladder: ScoreLadder
}>

/** Scores of one week by tenths, and the units that have them. */
class Tenths {
  stamp: number | null = null
  readonly of: Uint16Array
  readonly order: TenthOrder

  constructor(units: number) {
    this.of = new Uint16Array(units)
    this.order = new TenthOrder(units)
  }

  /** @returns whether the scores are others than before */
  take(passing: PassingScores | null): boolean {
    const stamp = passing?.stamp ?? null
    if (this.stamp === stamp) return false
    this.stamp = stamp
    if (passing !== null) fillTenths(passing.score, this.of)
    this.order.drop()
    return true
  }
}

/**
 * Counts what a simulator comes to, from judge to judge. Where all scores stay, as under a threshold, only units are looked at
 * whose score has another stage or ruling now; else every unit is. Nothing is allocated per unit but once.
 *
 *   stages, destinations = units of each place
 *   entrants[d] = units at d now that a week earlier were elsewhere, or were not there at all
 *   matrix[from * places + to] = units at `from` in the base and at `to` now
 *
 * Source: docs/methods/simulate.md, "Thresholds" and "Weekly entrants".
 */
export class FigureReader {
  private readonly simulator: Simulator
  private readonly base: Judged
  private readonly places: Int32Array | null
  private readonly now: Tenths
  private readonly before: Tenths
  private readonly placed: Placed
  private readonly tallies: WeekTallies
  private rulings: readonly Ruling[] = []
  private stageOfTenth = new Uint8Array(0)
  private ladder: ScoreLadder | null = null
  private moved: Pick<MoverCounts, 'up' | 'down'> = { up: 0, down: 0 }

  /** @param places where the units of the base are among those of the simulator; -1: gone; null: they are the same */
  constructor(simulator: Simulator, base: Judged, places: Int32Array | null) {
    const { units, wasThere } = simulator
    this.simulator = simulator
    this.base = base
    this.places = places
    this.now = new Tenths(units)
    this.before = new Tenths(units)
    this.placed = { stage: new Uint8Array(units), destination: new Uint8Array(units), before: new Uint8Array(units) }
    this.tallies = new WeekTallies({ wasThere, base, places })
  }

  /** @returns columns of its own @throws AppError usage/bad-model as `judge` does */
  of(judge: Judge): WeekFigures {
    const { simulator, tallies, rulings: ruled, stageOfTenth: staged } = this
    const { now, before } = simulator.passingScores(judge.model)
    this.rulings = simulator.rulings(judge)
    this.stageOfTenth = stagesByTenth(judge)
    const isNowAnew = this.now.take(now)
    const isBeforeAnew = this.before.take(before)
    if (isNowAnew || this.ladder === null) {
      this.ladder = new ScoreLadder(now.score)
      this.moved = this.countMoved(now.score)
    }
    const isAll = isNowAnew || isBeforeAnew || !this.follow(this.turnedBy(ruled, staged))
    if (isAll) this.placeAll(judge)
    const { stages, destinations, stageMatrix, destinationMatrix } = tallies
    return {
      stages: stages.slice(),
      destinations: destinations.slice(),
      entrants: before === null ? null : tallies.entrants.slice(),
      stageMatrix: stageMatrix.slice(),
      destinationMatrix: destinationMatrix.slice(),
      movers: {
        stage: offDiagonal(stageMatrix, STAGES.length),
        destination: offDiagonal(destinationMatrix, DESTINATIONS.length),
        ...this.moved,
      },
      ladder: this.ladder,
    }
  }

  /** Tenths that mean something else than before. */
  private turnedBy(ruled: readonly Ruling[], staged: Uint8Array): readonly number[] {
    const turned: number[] = []
    for (let tenth = 0; tenth < STEPS; tenth++) {
      const isSame = ruled[tenth]?.ruled === this.rulings[tenth]?.ruled && staged[tenth] === this.stageOfTenth[tenth]
      if (!isSame) turned.push(tenth)
    }
    return turned
  }

  /** Moves the units at some tenths. @returns whether that was done; of many units nothing is done */
  private follow(turned: readonly number[]): boolean {
    const weeks = this.before.stamp === null ? [this.now] : [this.now, this.before]
    const lists = weeks.flatMap(week => turned.map(tenth => week.order.unitsAt(tenth, week.of)))
    const count = lists.reduce((sum, units) => sum + units.length, 0)
    if (count * FEW > this.simulator.units) return false
    for (const units of lists) {
      for (const u of units) {
        this.tallies.add(u, this.placed, -1)
        this.place(u)
        this.tallies.add(u, this.placed, 1)
      }
    }
    return true
  }

  private placeAll(judge: Judge): void {
    const { simulator, now, before, placed, stageOfTenth, tallies } = this
    for (let u = 0; u < now.of.length; u++) placed.stage[u] = stageOfTenth[now.of[u] as number] as number // u < length
    simulator.fillDestinations(now.of, judge, placed.destination)
    if (before.stamp !== null) simulator.fillDestinations(before.of, judge, placed.before)
    tallies.count(placed)
  }

  private place(u: number): void {
    const { simulator, rulings, placed } = this
    const tenth = this.now.of[u] as number // u is a position, and a tenth has a ruling
    placed.stage[u] = this.stageOfTenth[tenth] as number
    placed.destination[u] = simulator.destinationOf(rulings[tenth] as Ruling, u)
    if (this.before.stamp !== null)
      placed.before[u] = simulator.destinationOf(rulings[this.before.of[u] as number] as Ruling, u)
  }

  private countMoved(score: Float64Array): Pick<MoverCounts, 'up' | 'down'> {
    const { base, places } = this
    let [up, down] = [0, 0]
    for (let u = 0; u < base.score.length; u++) {
      // Within range: places are positions, or -1 for what is gone and has no points.
      const now = places === null ? (score[u] as number) : (score[places[u] as number] ?? 0)
      up += +((base.score[u] as number) < now)
      down += +((base.score[u] as number) > now)
    }
    return { up, down }
  }
}

function stagesByTenth({ model: { stages } }: Judge): Uint8Array<ArrayBuffer> {
  const stage = new Uint8Array(STEPS)
  fillStages({ score: SCORES, stage }, stages)
  return stage
}

function offDiagonal(matrix: Uint32Array, size: number): number {
  return matrix.reduce((sum, count, at) => sum + (at % (size + 1) === 0 ? 0 : count), 0)
}
