import type { Unit, UnitPerson } from '#schema/unit'
import { ADMIN, CHAMPION, newPersonColumns, type PersonColumns, withCandidates } from './ground-columns.ts'
import { scoreOfTotal } from './rounding.ts'
import type { ScoreGround } from './score-ground.ts'
import { newSettled, settle } from './settle.ts'
import type { Sums } from './sums.ts'

/**
 * Lowest and highest score, had the unknown fields it rests on been known: seniority, department and role of persons, fit of
 * the account.
 *
 *   lowest  = the score with every person at the lowest factor that is possible, and 0 for unknown fit
 *   highest = with every person at the highest factor, and the maximum of fit for unknown fit
 *
 * The score itself always lies within. Both ends are scores of one corner each: where unknown roles of several persons pull
 * the choice of the representative both ways, a mixture may lie outside.
 *
 * Source: docs/methods/score.md, "Range".
 */
export function scoreRange(
  ground: ScoreGround,
  u: number,
  sums: Sums,
  score: number,
): readonly [lowest: number, highest: number] {
  const { fit, people } = ground.units[u] as Unit // u is a position in units
  const spread = fit.source === 'unknown' ? (ground.model.buckets.fit.max ?? 10) : 0
  const isCertain =
    spread === 0 && people.every(({ factorRange: [low, high], roleFactor }) => low === high && low === roleFactor)
  if (isCertain) return [score, score]
  const at = (end: 0 | 1): number => {
    const out = newSettled(1)
    settle(ground, { from: u, to: u + 1 }, sums, { people: imagined(ground, u, end), out })
    return out.total[0] as number // of the one unit
  }
  const low = scoreOfTotal(at(0))
  const high = scoreOfTotal(at(1) + spread)
  return [Math.min(low, high, score), Math.max(low, high, score)]
}

/** Columns in which the unit's persons have the lowest (0) or highest (1) factor that is possible. */
function imagined({ slots, units, model }: ScoreGround, u: number, end: 0 | 1): PersonColumns {
  const { people } = units[u] as Unit // u is a position in units
  // The first slot is nobody's, as everywhere.
  const start = slots.start.subarray(u, u + 2)
  const columns = newPersonColumns(start, u)
  for (const [i, person] of people.entries()) {
    const factor = person.factorRange[end]
    columns.factor[i + 1] = factor
    columns.standing[i + 1] = standingAt(person, factor, model.roles.admin)
  }
  return withCandidates(columns, start)
}

/** An admin stays one; who reaches the admin's factor might be one; a factor of 1 or more makes a champion. */
function standingAt(person: UnitPerson, factor: number, adminFactor: number): number {
  if (person.isAdmin || (factor !== person.roleFactor && factor === adminFactor)) return ADMIN
  return factor >= 1 || (person.isChampion && person.roleFactor < 1) ? CHAMPION : 0
}
