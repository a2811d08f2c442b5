import { BUCKETS, type BucketId, SIGNAL_BUCKETS } from '#schema/model'
import type { PersonColumns } from './ground-columns.ts'
import { billionths } from './rounding.ts'
import { type BucketBounds, type ConditionRule, holds, type SumGround } from './score-ground.ts'
import type { Span, Sums } from './sums.ts'

/** Scores by bucket of the units from..to, at [unit - from]. */
export type Settled = Readonly<{
  /** Slot of the representative; -1 where the unit has no persons. */
  representative: Int32Array
  /** In the order of BUCKETS. */
  buckets: readonly Float64Array[]
  total: Float64Array
}>

export function newSettled(units: number): Settled {
  return {
    representative: new Int32Array(units),
    buckets: BUCKETS.map(() => new Float64Array(units)),
    total: new Float64Array(units),
  }
}

/** Holds a figure between a bucket's minimum and maximum. */
export function clip(x: number, { min, max }: Pick<BucketBounds, 'min' | 'max'>): number {
  const below = x < max ? x : max
  return below > min ? below : min
}

/** One person-scope bucket: bounds, and where its plane begins in sums of so many slots. */
type Plane = Readonly<{ at: number; min: number; max: number }>

function planesOf({ bounds }: Pick<SumGround, 'bounds'>, { slots, firstSlot }: Sums): Plane[] {
  return bounds.flatMap(({ isPersonal, min, max }, bucket) =>
    isPersonal ? [{ at: bucket * slots - firstSlot, min, max }] : [],
  )
}

/** userScore(p) = sum of s(p, b) over person-scope buckets; s(p, b) = clip(roleFactor(p) * sum of values). */
export function userScore(ground: Pick<SumGround, 'bounds'>, sums: Sums, slot: number, factor: number): number {
  let score = 0
  for (const plane of planesOf(ground, sums)) score += clip(factor * (sums.person[plane.at + slot] as number), plane)
  return score
}

/**
 * From persons to units: who represents each, its buckets and its total.
 *
 *   representative = highest round9(userScore) among admins and champions, else among all; ties: smallest id
 *   bucket         = clip((the representative's s | sum over the unit's signals) + conditions that hold)
 *   total          = activation + depth + expansion + intent + fit + negative, in this order
 *
 * @param span   units that the sums are of
 * @param people factors and standings to settle by; those of the ground, or imagined ones
 * @param out    is overwritten
 *
 * Source: docs/methods/score.md, "From person to unit".
 */
export function settle(
  ground: SumGround,
  span: Span,
  sums: Sums,
  { people, out }: { people: PersonColumns; out: Settled },
): void {
  represent(ground, span, sums, { people, out, touched: null })
  for (const id of BUCKETS) settleBucket(ground, span, sums, { people, out, id })
  addTotal(out)
}

/** Fills one bucket of units whose representatives are known. */
export function settleBucket(
  ground: SumGround,
  span: Span,
  sums: Sums,
  { people, out, id }: { people: PersonColumns; out: Settled; id: BucketId },
): void {
  const points = out.buckets[BUCKETS.indexOf(id)] as Float64Array // one per bucket
  if (id === 'fit') {
    points.set(ground.unitColumns.fitPoints.subarray(span.from, span.to))
    return
  }
  const bucket = SIGNAL_BUCKETS.indexOf(id)
  const bound = ground.bounds[bucket] as BucketBounds // one per signal bucket
  if (bound.isPersonal) fillPersonal(span, sums, { people, out, bucket, points }, bound)
  else {
    const first = bucket * sums.units + span.from - sums.firstUnit
    points.set(sums.unit.subarray(first, first + span.to - span.from))
  }
  for (const rule of ground.conditions) if (rule.bucket === bucket) addCondition(ground, span, rule, points)
  for (let i = 0; i < span.to - span.from; i++) points[i] = clip(points[i] as number, bound)
}

/** total = activation + depth + expansion + intent + fit + negative, in this order. */
export function addTotal({ buckets, total }: Settled): void {
  total.fill(0)
  for (const points of buckets) {
    for (let i = 0; i < total.length; i++) total[i] = (total[i] as number) + (points[i] as number) // of one length
  }
}

type Filling = Readonly<{ people: PersonColumns; out: Settled; bucket: number; points: Float64Array }>

function fillPersonal(
  { from, to }: Span,
  { person, slots, firstSlot }: Sums,
  { people, out, bucket, points }: Filling,
  bound: BucketBounds,
): void {
  const { representative } = out
  const { factor } = people
  const plane = bucket * slots - firstSlot
  for (let i = 0; i < to - from; i++) {
    // Within range: a representative is one of the span's people.
    const slot = representative[i] as number
    points[i] =
      slot < 0 ? 0 : clip((factor[slot - people.firstSlot] as number) * (person[plane + slot] as number), bound)
  }
}

function addCondition(ground: SumGround, { from, to }: Span, rule: ConditionRule, points: Float64Array): void {
  for (let u = from; u < to; u++) {
    if (holds(rule, ground, u)) points[u - from] = (points[u - from] as number) + rule.condition.points
  }
}

/**
 * representative = highest round9(userScore) among those who may represent their unit; ties: smallest id.
 *
 * @param touched 1 per unit to look at, from the first unit on; the others keep theirs. Null: all of the span
 */
export function represent(
  ground: Pick<SumGround, 'bounds'>,
  { from, to }: Span,
  sums: Sums,
  { people, out, touched }: { people: PersonColumns; out: Settled; touched: Uint8Array | null },
): void {
  const { person } = sums
  const { factor, firstSlot, candidate, candidateStart, firstUnit } = people
  const nothing: Plane = { at: -sums.firstSlot, min: 0, max: 0 }
  const [one = nothing, two = nothing, three = nothing, ...more] = planesOf(ground, sums)
  for (let u = from; u < to; u++) {
    if (touched !== null && touched[u] === 0) continue
    // Within range throughout: candidates of a unit lie between its starts, their slots among those of the sums.
    const end = candidateStart[u - firstUnit + 1] as number
    let representative = -1
    let best = Number.NEGATIVE_INFINITY
    for (let i = candidateStart[u - firstUnit] as number; i < end; i++) {
      const slot = candidate[i] as number
      const own = factor[slot - firstSlot] as number
      // The first three by themselves, as `userScore` adds them: in a loop over buckets they take twice the time.
      let score = clip(own * (person[one.at + slot] as number), one)
      score += clip(own * (person[two.at + slot] as number), two)
      score += clip(own * (person[three.at + slot] as number), three)
      for (const plane of more) score += clip(own * (person[plane.at + slot] as number), plane)
      const rounded = billionths(score)
      if (rounded > best) {
        best = rounded
        representative = slot
      }
    }
    out.representative[u - from] = representative
  }
}
