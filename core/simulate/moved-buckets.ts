import { BUCKETS, type BucketId, SIGNAL_BUCKETS } from '#schema/model'
import type { SumGround } from '#score'
import type { Summed } from './signal-sums.ts'

type Compared = Pick<SumGround, 'bounds' | 'conditions' | 'people' | 'unitColumns'>

/** What has to be settled again. */
export type MovedBuckets = Readonly<{
  isRepresentedAnew: boolean
  /** 1 per unit that may have another representative; null where all may. */
  touched: Uint8Array | null
  buckets: readonly BucketId[]
}>

/**
 * Buckets that may come to something else. Where sums or bounds of any bucket of persons do, the representative may be
 * another one, and with it every bucket of persons.
 *
 * @param sums what became of the sums
 *
 * Source: docs/methods/simulate.md, "The kernel".
 */
export function movedBuckets(before: Compared, now: Compared, { summed, touched }: Summed): MovedBuckets {
  const isBoundAnew = SIGNAL_BUCKETS.map((_id, bucket) => !isSameBound(before, now, bucket))
  const isPersonal = SIGNAL_BUCKETS.map((_id, bucket) => now.bounds[bucket]?.isPersonal === true)
  const wasPersonal = SIGNAL_BUCKETS.map((_id, bucket) => before.bounds[bucket]?.isPersonal === true)
  const isOfPersons = SIGNAL_BUCKETS.map((_id, bucket) => isPersonal[bucket] || wasPersonal[bucket])
  // Other people or bounds may move anybody; other sums only those who have them.
  const isAnyone = before.people !== now.people || isBoundAnew.some((isAnew, bucket) => isAnew && isOfPersons[bucket])
  const isRepresentedAnew = isAnyone || SIGNAL_BUCKETS.some((id, bucket) => summed.has(id) && isOfPersons[bucket])
  const buckets = BUCKETS.filter(id => {
    if (id === 'fit') return before.unitColumns.fitPoints !== now.unitColumns.fitPoints
    const bucket = SIGNAL_BUCKETS.indexOf(id)
    const isMoved = summed.has(id) || isBoundAnew[bucket] || conditionsOf(before, bucket) !== conditionsOf(now, bucket)
    return isMoved || (isRepresentedAnew && isPersonal[bucket])
  })
  return { isRepresentedAnew, touched: isAnyone ? null : touched, buckets }
}

function isSameBound({ bounds: before }: Compared, { bounds: now }: Compared, bucket: number): boolean {
  const [a, b] = [before[bucket], now[bucket]]
  return a?.isPersonal === b?.isPersonal && a?.min === b?.min && a?.max === b?.max
}

/** The conditions of a bucket as a text: what they test, in which order, and what they give. */
function conditionsOf({ conditions }: Compared, bucket: number): string {
  const own = conditions.filter(rule => rule.bucket === bucket)
  return JSON.stringify(own.map(({ test, condition: { points, days } }) => [test, points, days]))
}
