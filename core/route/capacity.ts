import { compareCodePoints } from '#lib/text'
import type { Calendar, Instant } from '#lib/time'
import type { JudgedRow } from '#schema/dataset'
import type { PoolTeam, RoutingPolicy } from '#schema/policy'
import type { CrmPeople } from './crm-people.ts'

const DAYS_PER_WEEK = 7
/** Day 0, 1970-01-01, was a Thursday; weeks start on Monday. */
const MONDAY_SHIFT = 3

/** Who works a unit since when. `at` null or missing: taken as given this week. */
export type Assignment = Readonly<{ owner: string; team: string; at?: Instant | null }>

/** A unit that waits for somebody of a team. */
export type Claim = Readonly<{ unitId: string; score: number; pool: PoolTeam }>

type Overflow = NonNullable<RoutingPolicy['overflow']>

/**
 * How many units each person got in the week of asOf, Monday to Sunday in the calendar's zone.
 *
 * @param assignments those of earlier runs; older weeks do not count
 *
 * Source: docs/methods/route.md, "Capacity".
 */
export function loadOfWeek(
  assignments: Iterable<Assignment>,
  asOf: Instant,
  calendar: Calendar,
): ReadonlyMap<string, number> {
  const weekOf = (at: Instant): number => Math.floor((calendar.dayOf(at) + MONDAY_SHIFT) / DAYS_PER_WEEK)
  const load = new Map<string, number>()
  for (const { owner, at } of assignments)
    if ((at ?? null) === null || weekOf(at ?? asOf) === weekOf(asOf)) load.set(owner, (load.get(owner) ?? 0) + 1)
  return load
}

/**
 * Shares units out among the people of their teams: best score first, each to whoever has the least this week and room
 * left. On a fresh week that is round robin in the order of owner ids.
 *
 * @param claims units without an owner, in any order; ties of score go by unit id
 * @param people teams and weekly capacities; a missing capacity is unlimited
 * @param week units that each person already got this week, and the pool that takes what a pool has no room for
 * @returns unit id -> owner id, or null where the team has people but none has room left (over capacity); a unit whose team
 *   has nobody is not in it
 *
 * Source: docs/methods/route.md, "Capacity".
 */
export function shareOut(
  claims: readonly Claim[],
  people: CrmPeople,
  { load, overflow = {} }: Readonly<{ load: ReadonlyMap<string, number>; overflow?: Overflow }>,
): ReadonlyMap<string, string | null> {
  const taken = new Map(load)
  const owners = new Map<string, string | null>()
  const inOrder = [...claims].sort((a, b) => b.score - a.score || compareCodePoints(a.unitId, b.unitId))
  for (const { unitId, pool } of inOrder) {
    const team = people.team(pool)
    if (team.length === 0) continue
    const next = overflow[pool]
    const least = leastLoaded(team, taken) ?? (next === undefined ? null : leastLoaded(people.team(next), taken))
    if (least !== null) taken.set(least, (taken.get(least) ?? 0) + 1)
    owners.set(unitId, least)
  }
  return owners
}

/** Whoever has room left and the least so far; the first in the order of the team on a tie. */
function leastLoaded(team: readonly JudgedRow<'crm_users'>[], taken: ReadonlyMap<string, number>): string | null {
  let least: string | null = null
  let fewest = Number.POSITIVE_INFINITY
  for (const { owner_id, weekly_capacity } of team) {
    const mine = taken.get(owner_id) ?? 0
    if (mine >= fewest || (weekly_capacity !== null && mine >= weekly_capacity)) continue
    least = owner_id
    fewest = mine
  }
  return least
}
