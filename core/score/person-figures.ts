import { type CellIndex, NO_DAY } from '#features'
import type { Unit } from '#schema/unit'
import type { ScoreGround } from './score-ground.ts'
import { userScore } from './settle.ts'
import { sumsOfUnit } from './unit.ts'

/** What one person of a unit scores and does, without names. */
export type PersonActivity = Readonly<{ userScore: number; lastActiveDay: number | null; events30d: number }>

const RECENT_DAYS = 30

/** Last active day and events of the last 30 days of every person slot, in one walk over the cells. */
export function slotActivity(
  index: CellIndex,
  today: number,
): Readonly<{ lastActiveDay: Int32Array; events30d: Uint32Array }> {
  const { cells, slots, slot, isDerived } = index
  const lastActiveDay = new Int32Array(slots.person.length).fill(NO_DAY)
  const events30d = new Uint32Array(slots.person.length)
  for (let kind = 0; kind < cells.kinds.length; kind++) {
    if (isDerived[kind] === 1) continue
    const end = cells.kindStart[kind + 1] as number // within range: cells of a kind lie between its bounds
    for (let cell = cells.kindStart[kind] as number; cell < end; cell++) {
      const place = slot[cell] as number
      const day = cells.day[cell] as number
      if (day > (lastActiveDay[place] as number)) lastActiveDay[place] = day
      if (today - day < RECENT_DAYS) events30d[place] = (events30d[place] as number) + (cells.n[cell] as number)
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
