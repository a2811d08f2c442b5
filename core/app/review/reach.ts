import type { Desk } from './desk.ts'

/** What joining two user rows is likely to move, in points; 0 where no unit of theirs can change. */
export type Reach = Readonly<{ between(a: number, b: number): number }>

/** A unit of a run with what its people bring to it. */
export type ReachedUnit = Readonly<{
  score: number
  accountId: string | null
  people: readonly Readonly<{ userIds: readonly string[]; points: number; roleFactor: number }>[]
}>

export type ReachGround = Readonly<{
  desk: Readonly<{ rowOf: Desk['rowOf']; lineup: Pick<Desk['lineup'], 'groupOfRow'> }>
  /** Walked once. */
  units: Iterable<ReachedUnit>
  /** Scores at which the stage, and with it the route, changes. */
  borders: readonly number[]
  /** Rows of users whom the CRM keeps from being contacted: that reaches every unit of their person. */
  barred: ReadonlySet<number>
}>

/**
 * An estimate of what joining two persons does to units, from what each brings to them:
 *
 *   move = min(points of one, points of the other) + points of the one with the lower role factor * (higher / lower factor - 1)
 *   a unit that both are in       move; the unit's whole score where that crosses a stage
 *   an account that both are in   half of the smaller of what each brings there: its pooled unit changes, its workspaces do not
 *   one of them barred            half of the highest score of the units of the other
 *   else                          nothing: no unit has both
 *
 * Persons are taken as the evidence alone makes them.
 */
export function reachOf({ desk, units, borders, barred }: ReachGround): Reach {
  const parts = partsOf(desk, units)
  const { groupOfRow } = desk.lineup
  const isBarred = new Set([...barred].map(row => groupOfRow[row] as number))
  const moved = (one: Part, other: Part): number => {
    const [low, high] = one.factor <= other.factor ? [one, other] : [other, one]
    const raised = low.factor > 0 ? low.points * (high.factor / low.factor - 1) : high.factor
    const move = Math.min(one.points, other.points) + raised
    const { score } = one.unit
    return borders.some(border => Math.abs(border - score) <= move && move > 0) ? Math.max(score, move) : move
  }
  const pairwise = (one: Part, other: Part): number => {
    if (one.unit === other.unit) return moved(one, other)
    const isPooled = one.unit.accountId !== null && one.unit.accountId === other.unit.accountId
    return isPooled ? Math.min(one.points, other.points) / 2 : 0
  }
  return {
    between: (a, b) => {
      const [x, y] = [groupOfRow[a] as number, groupOfRow[b] as number] // one group per row
      const [left, right] = [parts.get(x) ?? NONE, parts.get(y) ?? NONE]
      let most = Math.max(isBarred.has(x) ? highest(right) / 2 : 0, isBarred.has(y) ? highest(left) / 2 : 0)
      for (const one of left) for (const other of right) most = Math.max(most, pairwise(one, other))
      return most
    },
  }
}

type Known = Pick<ReachedUnit, 'score' | 'accountId'>
/** What a group of user rows brings to a unit. */
type Part = { unit: Known; points: number; factor: number }

const NONE: readonly Part[] = []

function partsOf(
  { rowOf, lineup: { groupOfRow } }: ReachGround['desk'],
  units: Iterable<ReachedUnit>,
): Map<number, Part[]> {
  const parts = new Map<number, Part[]>()
  const add = (userId: string, { unit, points, factor }: Part): void => {
    const row = rowOf.get(userId)
    if (row === undefined) return
    const group = groupOfRow[row] as number // one group per row
    const own = parts.get(group) ?? []
    if (own.length === 0) parts.set(group, own)
    const part = own.at(-1)
    if (part?.unit === unit) part.points = Math.max(part.points, points)
    else own.push({ unit, points, factor })
  }
  for (const { score, accountId, people } of units) {
    const unit: Known = { score, accountId }
    for (const { userIds, points, roleFactor } of people)
      for (const userId of userIds) add(userId, { unit, points, factor: roleFactor })
  }
  return parts
}

function highest(parts: readonly Part[]): number {
  return parts.reduce((most, { unit }) => Math.max(most, unit.score), 0)
}
