import { BUCKETS, SIGNAL_BUCKETS } from '#schema/model'
import type { Unit } from '#schema/unit'
import { roundNine } from './rounding.ts'
import { ADMIN, type BucketBounds, CHAMPION, holds, type PersonColumns, type ScoreGround } from './score-ground.ts'

const WIDTH = SIGNAL_BUCKETS.length
/** Position in SIGNAL_BUCKETS of each of BUCKETS; -1 is fit. */
const SIGNAL_BUCKET_OF = BUCKETS.map(id => (SIGNAL_BUCKETS as readonly string[]).indexOf(id))

/** Sums of signal values per bucket of SIGNAL_BUCKETS, role factor and maximum still to come. */
export type Sums = Readonly<{
  /** At [(slot - firstSlot) * 5 + bucket]. */
  person: Float64Array
  firstSlot: number
  /** At [(unit - firstUnit) * 5 + bucket]. */
  unit: Float64Array
  firstUnit: number
}>

/** A unit's score by bucket, in the order of BUCKETS. */
export type Settled = {
  /** Slot of the representative; -1 where the unit has no persons. */
  representative: number
  hasAdmin: boolean
  hasChampion: boolean
  readonly buckets: Float64Array
  total: number
}

export function newSettled(): Settled {
  return {
    representative: -1,
    hasAdmin: false,
    hasChampion: false,
    buckets: new Float64Array(BUCKETS.length),
    total: 0,
  }
}

export const clip = (x: number, { min, max }: BucketBounds): number => Math.max(min, Math.min(max, x))

/** s(p, b) = clip(roleFactor(p) * sum of values). */
export function personBucket(ground: ScoreGround, sums: Sums, slot: number, bucket: number, factor: number): number {
  // Within range: slot is one of those the sums were made for.
  const sum = sums.person[(slot - sums.firstSlot) * WIDTH + bucket] as number
  return clip(factor * sum, ground.bounds[bucket] as BucketBounds)
}

/** userScore(p) = sum of s(p, b) over person-scope buckets. */
export function userScore(ground: ScoreGround, sums: Sums, slot: number, factor: number): number {
  let score = 0
  for (let bucket = 0; bucket < WIDTH; bucket++) {
    if ((ground.bounds[bucket] as BucketBounds).isPersonal) score += personBucket(ground, sums, slot, bucket, factor)
  }
  return score
}

/**
 * From persons to the unit: who represents it, its buckets and its total.
 *
 *   representative = highest round9(userScore) among admins and champions, else among all; ties: smallest id
 *   bucket         = clip((the representative's s | sum over the unit's signals) + conditions that hold)
 *   total          = activation + depth + expansion + intent + fit + negative, in this order
 *
 * @param people factors and standings to settle by; those of the ground, or imagined ones
 * @param out    is overwritten and returned
 *
 * Source: docs/methods/score.md, "From person to unit".
 */
export function settle(
  ground: ScoreGround,
  u: number,
  sums: Sums,
  { people, out }: { people: PersonColumns; out: Settled },
): Settled {
  represent(ground, u, sums, { people, out })
  out.total = 0
  for (let place = 0; place < BUCKETS.length; place++) {
    const bucket = SIGNAL_BUCKET_OF[place] as number
    const points =
      bucket < 0 ? (ground.units[u] as Unit).fit.points : unitBucket(ground, u, sums, { bucket, people, out })
    out.buckets[place] = points
    out.total += points
  }
  return out
}

function unitBucket(
  ground: ScoreGround,
  u: number,
  sums: Sums,
  { bucket, people, out }: { bucket: number; people: PersonColumns; out: Settled },
): number {
  const bounds = ground.bounds[bucket] as BucketBounds
  const slot = out.representative
  let points = 0
  if (!bounds.isPersonal) points = sums.unit[(u - sums.firstUnit) * WIDTH + bucket] as number
  else if (slot >= 0)
    points = personBucket(ground, sums, slot, bucket, people.factor[slot - people.firstSlot] as number)
  for (const rule of ground.conditions) {
    if (rule.bucket === bucket && holds(rule, ground, u)) points += rule.condition.points
  }
  return clip(points, bounds)
}

function represent(
  ground: ScoreGround,
  u: number,
  sums: Sums,
  { people, out }: { people: PersonColumns; out: Settled },
): void {
  // Within range: slots of a unit lie between its starts.
  const first = (ground.index.slots.start[u] as number) + 1
  const end = ground.index.slots.start[u + 1] as number
  let standings = 0
  for (let slot = first; slot < end; slot++) standings |= people.standing[slot - people.firstSlot] as number
  out.hasAdmin = (standings & ADMIN) !== 0
  out.hasChampion = (standings & CHAMPION) !== 0
  out.representative = -1
  let best = Number.NEGATIVE_INFINITY
  for (let slot = first; slot < end; slot++) {
    if (standings !== 0 && people.standing[slot - people.firstSlot] === 0) continue
    const score = roundNine(userScore(ground, sums, slot, people.factor[slot - people.firstSlot] as number))
    if (score > best) {
      best = score
      out.representative = slot
    }
  }
}
