import { BUCKETS } from '#schema/model'
import type { Unit, UnitPerson } from '#schema/unit'
import { ADMIN, CHAMPION, newPersonColumns, standingOf } from './ground-columns.ts'
import { openRows } from './roles.ts'
import { billionths, scoreOfTotal } from './rounding.ts'
import type { ScoreGround } from './score-ground.ts'
import { addTotal, newSettled, settleBucket, userScore } from './settle.ts'
import type { Sums } from './sums.ts'

type Roles = ScoreGround['model']['roles']

/** One role that a person has, or might have: what its points are multiplied by, whether it may represent, and how far it gets. */
type Part = Readonly<{ place: number; factor: number; isCandidate: boolean; billionths: number }>

/**
 * Lowest and highest score, had the unknown fields it rests on been known: seniority, department and role of persons, fit of
 * the account.
 *
 *   lowest, highest = min, max of the score over every row of the role table that each person might meet, and over fit from 0 to its
 *                     maximum where it is unknown
 *
 * A person decides on the total only where it represents the unit. So the ends are found without trying all combinations: each
 * person in each of its roles, wherever all others have a role in which they do not come before it.
 *
 * Source: docs/methods/score.md, "Range".
 */
export function scoreRange(
  ground: ScoreGround,
  u: number,
  sums: Sums,
  { total, score }: Readonly<{ total: number; score: number }>,
): readonly [lowest: number, highest: number] {
  const { fit, people } = ground.units[u] as Unit // u is a position in units
  const spread = fit.source === 'unknown' ? (ground.model.buckets.fit.max ?? 10) : 0
  const isCertain = people.every(person => othersOf(person, ground.model.roles).length === 0)
  if (isCertain) return [score, scoreOfTotal(total + spread)]
  const parts = people.map((person, place) => partsOf(ground, sums, person, place))
  const able = parts.flatMap(own => own.filter(part => part.isCandidate))
  const totals = representing(able, parts.map(leastRival)).map(part => totalOf(ground, u, sums, part))
  const unable = parts.map(own => own.filter(part => !part.isCandidate))
  if (unable.every(own => own.length > 0)) {
    const rivals = unable.map(own => own.reduce((one, other) => (comesBefore(one, other) ? other : one)))
    totals.push(...representing(unable.flat(), rivals).map(part => totalOf(ground, u, sums, part)))
  }
  return [scoreOfTotal(Math.min(...totals)), scoreOfTotal(Math.max(...totals) + spread)]
}

/** A person in the role it has and in those it might have. */
function partsOf(ground: ScoreGround, sums: Sums, person: UnitPerson, place: number): readonly Part[] {
  const part = (factor: number, standing: number): Part => {
    const points = userScore(ground, sums, sums.firstSlot + 1 + place, factor)
    return { place, factor, isCandidate: standing !== 0, billionths: billionths(points) }
  }
  const others = othersOf(person, ground.model.roles).map(row => {
    const factor = person.role === 'weight' ? person.roleFactor : ground.model.roles[row]
    return part(factor, row === 'admin' ? ADMIN : championBy(person, factor))
  })
  return [part(person.roleFactor, standingOf(person)), ...others]
}

/** Frames that were kept before the rows were tell the range of factors alone: the rows that lie within it. */
function othersOf(
  { openRows: bits, role, factorRange: [low, high] }: UnitPerson,
  roles: Roles,
): ReturnType<typeof openRows> {
  if (bits !== undefined) return openRows(bits)
  const isWithin = (factor: number): boolean => factor >= low && factor <= high
  return low === high ? [] : openRows(-1).filter(row => row !== role && isWithin(roles[row]))
}

function championBy({ isPersonaChampion, isChampion, roleFactor }: UnitPerson, factor: number): number {
  const isPersona = isPersonaChampion ?? (isChampion && roleFactor < 1)
  return isPersona || factor >= 1 ? CHAMPION : 0
}

/** The representative is who has more points; of equals the one with the smaller id, which stands first. */
function comesBefore(one: Part, other: Part): boolean {
  return one.billionths > other.billionths || (one.billionths === other.billionths && one.place < other.place)
}

/** The role in which a person stands least in the way of others; null where it need not stand for election. */
function leastRival(own: readonly Part[]): Part | null {
  if (own.some(part => !part.isCandidate)) return null
  return own.reduce((one, other) => (comesBefore(one, other) ? other : one))
}

/** Those who represent the unit wherever all others stand as little in the way as they can. */
function representing(parts: readonly Part[], rivals: readonly (Part | null)[]): readonly Part[] {
  let first: Part | null = null
  let second: Part | null = null
  for (const rival of rivals) {
    if (rival === null || (second !== null && !comesBefore(rival, second))) continue
    if (first !== null && !comesBefore(rival, first)) second = rival
    else {
      second = first
      first = rival
    }
  }
  return parts.filter(part => {
    const rival = first?.place === part.place ? second : first
    return rival === null || comesBefore(part, rival)
  })
}

/** The total of the unit, were it represented so. */
function totalOf(ground: ScoreGround, u: number, sums: Sums, part: Part): number {
  const out = newSettled(1)
  const people = newPersonColumns(ground.slots.start.subarray(u, u + 2), u)
  people.factor[part.place + 1] = part.factor // the first slot is nobody's
  out.representative[0] = sums.firstSlot + 1 + part.place
  for (const id of BUCKETS) settleBucket(ground, { from: u, to: u + 1 }, sums, { people, out, id })
  addTotal(out)
  return out.total[0] as number // of the one unit
}
