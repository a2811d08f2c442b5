import type { BucketId } from './model.ts'

/** One line of a score's ledger. The final points of all lines of a unit add up to its clamped, unrounded score. */
export type ScoreLine = Readonly<{
  /** Signal or condition id; `fit`; or `clamp` for the line that takes the total into 0..100. */
  signal: string
  bucket: BucketId | 'total'
  scope: 'person' | 'unit'
  personId: string | null
  /** Occurrences over all days, before the cap. */
  occurrences: number
  firstDay: number | null
  lastDay: number | null
  pointsBeforeCap: number
  pointsAfterCap: number
  pointsAfterDecay: number
  /** 1 where no role applies. */
  roleFactor: number
  finalPoints: number
}>

export type Coverage = 'admin' | 'champion' | 'both' | 'none'
export type Stage = 'Hot PQL' | 'PQL' | 'Warm' | 'Not PQL'

/** A unit's score, taken apart by bucket. `total` is before the clamp to 0..100; `score` is rounded to a tenth. */
export type UnitScore = Readonly<{
  unitId: string
  buckets: Readonly<Record<BucketId, number>>
  total: number
  score: number
  stage: Stage
  coverage: Coverage
  representativeId: string | null
  /** Lowest and highest score, had the unknown fields it rests on been known. */
  range: readonly [lowest: number, highest: number]
  lines: readonly ScoreLine[]
}>

/** One person of a unit as lists show it: `userScore` by the model, activity by any event, loops left out. */
export type PersonFigures = Readonly<{
  personId: string
  userIds: readonly string[]
  userScore: number
  lastActiveDay: number | null
  events30d: number
}>
