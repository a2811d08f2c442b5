import { type CellIndex, NO_DAY } from '#features'
import type { DayRuns } from '#schema/cells'
import type { Unit } from '#schema/unit'
import type { ScoreGround } from './score-ground.ts'
import { userScore } from './settle.ts'
import { sumsOfUnit } from './sums.ts'

/** What one person of a unit scores and does, without names. */
export type PersonActivity = Readonly<{ userScore: number; lastActiveDay: number | null; events30d: number }>

const RECENT_DAYS = 30

/** Last active day and events of the last 30 days of every person slot, in one walk over the cells. */
export function slotActivity(
  index: CellIndex,
  today: number,
): Readonly<{ lastActiveDay: Int32Array; events30d: Uint32Array }> {
  const { cells, slots, isDerived } = index
  const lastActiveDay = new Int32Array(slots.person.length).fill(NO_DAY)
  const events30d = new Uint32Array(slots.person.length)
  for (let kind = 0; kind < cells.kinds.length; kind++) {
    if (isDerived[kind] === 1) continue
    const { subject, start, day, n } = cells.runs[kind] as DayRuns // one per kind
    for (let run = 0; run < subject.length; run++) {
      // Within range: entries of a run lie between its starts, newest day first.
      const place = subject[run] as number
      const newest = cells.days[day[start[run] as number] as number] as number
      if (newest > (lastActiveDay[place] as number)) lastActiveDay[place] = newest
      for (let i = start[run] as number; i < (start[run + 1] as number); i++) {
        if (today - (cells.days[day[i] as number] as number) >= RECENT_DAYS) break
        events30d[place] = (events30d[place] as number) + (n[i] as number)
      }
    }
  }
  return { lastActiveDay, events30d }
}

/**
 * Figures of the people of one unit, in the order of `unit.people`.
 *
 * @param activity of the same index, by `slotActivity`
 *
 * Source: docs/methods/score.md, "From person to unit".
 */
export function personFigures(
  ground: ScoreGround,
  u: number,
  activity: ReturnType<typeof slotActivity>,
): readonly PersonActivity[] {
  const sums = sumsOfUnit(ground, u)
  const unit = ground.units[u] as Unit // u is a position in units
  const first = sums.firstSlot + 1
  return unit.people.map((person, i) => {
    const last = activity.lastActiveDay[first + i] ?? NO_DAY
    return {
      userScore: userScore(ground, sums, first + i, person.roleFactor),
      lastActiveDay: last === NO_DAY ? null : last,
      events30d: activity.events30d[first + i] ?? 0,
    }
  })
}
