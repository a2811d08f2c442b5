import { indexCells } from '#features'
import type { Day } from '#lib/time'
import type { Cells } from '#schema/cells'
import { DERIVED_KINDS, type ScoringModel } from '#schema/model'
import type { Unit } from '#schema/unit'
import { type Explained, explainUnit, type ScoreGround, scoreGround, scoreUnits } from '#score'
import { cellsUpTo } from './earlier-cells.ts'
import { slotsWithin } from './one-unit.ts'

/** One unit with its cells and the model it is judged by. */
export type UnitWorld = Readonly<{ unit: Unit; cells: Cells; model: ScoringModel }>

/** @param u position of the unit among those of the cells */
export function unitWorld(cells: Cells, u: number, { unit, model }: Pick<UnitWorld, 'unit' | 'model'>): UnitWorld {
  return { unit, model, cells: { ...slotsWithin(cells, u), count: 0 } }
}

/**
 * The score of a unit as it was at the end of a day: its events up to then, by the people, roles, fit and subscriptions that are
 * known now.
 *
 * @param day day of asOf, or an earlier one, in the model's zone
 *
 * Source: docs/methods/score.md, "Score over time".
 */
export function explainedAt(world: UnitWorld, day: Day): Explained {
  const ground = groundAt(world, day)
  return { ground, u: 0, score: explainUnit(ground, 0) }
}

/** A score per day. */
export type DailyScores = Readonly<{ score: Float64Array; total: Float64Array; events: Uint32Array }>

/**
 * Scores of a unit at the end of each of some days, oldest first.
 *
 * @returns rounded scores, totals before the clamp, and events on each day, looped ones aside; a unit that is known to be younger
 *   than a day has NaN there
 *
 * Source: docs/methods/score.md, "Score over time".
 */
export function dailyScores(world: UnitWorld, firstDay: Day, lastDay: Day): DailyScores {
  const count = Math.max(0, lastDay - firstDay + 1)
  const score = new Float64Array(count).fill(Number.NaN)
  const total = new Float64Array(count).fill(Number.NaN)
  const born = world.unit.createdDay ?? firstDay
  for (let i = Math.max(0, born - firstDay); i < count; i++) {
    const totals = scoreUnits(groundAt(world, firstDay + i))
    score[i] = totals.score[0] as number // of the one unit
    total[i] = totals.total[0] as number
  }
  return { score, total, events: eventsPerDay(world, firstDay, count) }
}

function groundAt({ unit, cells, model }: UnitWorld, day: Day): ScoreGround {
  const then: Cells = { ...cellsUpTo(cells, day), count: 0 }
  return scoreGround(indexCells(then, [unit]), [unit], model, day)
}

function eventsPerDay({ cells }: UnitWorld, firstDay: Day, count: number): Uint32Array {
  const events = new Uint32Array(count)
  const derived = new Set<string>(DERIVED_KINDS)
  for (const [kind, { day, n }] of cells.runs.entries()) {
    if (derived.has(cells.kinds[kind] ?? '')) continue
    for (let i = 0; i < day.length; i++) {
      // Within range: codes are positions in days.
      const at = (cells.days[day[i] as number] as number) - firstDay
      if (at >= 0 && at < count) events[at] = (events[at] as number) + (n[i] as number)
    }
  }
  return events
}

/** Days on which a unit did something that its model counts: per day, kind by kind. */
export type Tick = Readonly<{ day: Day; kind: string; n: number }>

/**
 * What happened on which day, of the kinds that signals name: oldest first, then by kind.
 *
 * @param most ticks at most, the newest ones
 */
export function ticksOf({ cells, model }: UnitWorld, firstDay: Day, most: number): readonly Tick[] {
  const kinds = new Set(model.signals.map(({ kind }) => kind))
  const ticks = new Map<string, { day: Day; kind: string; n: number }>()
  for (const [code, kind] of cells.kinds.entries()) {
    const own = cells.runs[code]
    if (own === undefined || !kinds.has(kind)) continue
    for (let i = 0; i < own.day.length; i++) {
      const day = cells.days[own.day[i] as number] as number // codes are positions in days
      if (day < firstDay) continue
      const key = `${day} ${kind}`
      const tick = ticks.get(key) ?? { day, kind, n: 0 }
      tick.n += own.n[i] as number
      ticks.set(key, tick)
    }
  }
  const sorted = [...ticks.values()].sort((a, b) => a.day - b.day || (a.kind < b.kind ? -1 : 1))
  return sorted.slice(-most)
}
