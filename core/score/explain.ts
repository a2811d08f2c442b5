import { stretchOf } from '#features'
import { clamp } from '#lib/num'
import { SIGNAL_BUCKETS } from '#schema/model'
import type { ScoreLine, UnitScore } from '#schema/score'
import type { Unit } from '#schema/unit'
import { scoreRange } from './range.ts'
import { scoreOfTotal, stageOf } from './rounding.ts'
import { type BucketBounds, holds, type ScoreGround } from './score-ground.ts'
import { clip, newSettled, settle } from './settle.ts'
import { signalValue } from './signal-values.ts'
import { countSignal, type SignalRule } from './signals.ts'
import { sumsOfUnit } from './sums.ts'
import { COVERAGES, coverageOf } from './unit.ts'

/**
 * The score of one unit with the ledger it adds up from.
 *
 *   final points of a line = (value * role factor | condition points), times clipped / unclipped of the person's bucket, then
 *                            of the unit's bucket
 *   sum of final points    = clamp(total, 0, 100), to 1e-9
 *
 * One line per signal with events (of the representative, or of the unit, by the bucket's scope) and per condition that
 * holds, in the model's order; one for fit where it has points; one called `clamp` where the total lies outside 0..100.
 *
 * @param u position of the unit
 * @returns buckets, total and representative equal bit for bit to those of `scoreUnits`
 *
 * Source: docs/methods/score.md, "Ledger".
 */
export function explainUnit(ground: ScoreGround, u: number): UnitScore {
  const unit = ground.units[u] as Unit // u is a position in units
  const sums = sumsOfUnit(ground, u)
  const settled = newSettled(1)
  settle(ground, { from: u, to: u + 1 }, sums, { people: ground.people, out: settled })
  const [total = 0, slot = -1] = [settled.total[0], settled.representative[0]]
  const score = scoreOfTotal(total)
  // One value per bucket, in the order of BUCKETS.
  const [activation = 0, depth = 0, expansion = 0, intent = 0, fit = 0, negative = 0] = settled.buckets.map(
    ([points]) => points,
  )
  return {
    unitId: unit.id,
    buckets: { activation, depth, expansion, intent, fit, negative },
    total,
    score,
    stage: stageOf(score, ground.model.stages),
    coverage: COVERAGES[coverageOf(ground.people.unitStanding[u] ?? 0)] ?? 'none',
    representativeId: unit.people[slot - sums.firstSlot - 1]?.personId ?? null,
    range: scoreRange(ground, u, sums, { total, score }),
    lines: ledger(ground, u, { total, slot }),
  }
}

type Outcome = Readonly<{ total: number; slot: number }>

function ledger(ground: ScoreGround, u: number, { total, slot }: Outcome): ScoreLine[] {
  const lines = [...signalLines(ground, u, slot), ...conditionLines(ground, u)]
  const clipped = SIGNAL_BUCKETS.flatMap((id, bucket) => {
    const bounds = ground.bounds[bucket] as BucketBounds // one per signal bucket
    const own = lines.filter(line => line.bucket === id)
    const personal = clipLines(
      own.filter(line => line.scope === 'person'),
      bounds,
    )
    return clipLines([...personal, ...own.filter(line => line.scope === 'unit')], bounds)
  })
  const place = new Map(lines.map((line, i) => [line.signal, i]))
  clipped.sort((a, b) => (place.get(a.signal) ?? 0) - (place.get(b.signal) ?? 0))
  return [...clipped, ...fitLines(ground.units[u] as Unit), ...clampLines(total)]
}

/** Spreads what a bucket's bounds cut off over its lines in proportion. */
function clipLines(lines: readonly ScoreLine[], bounds: BucketBounds): readonly ScoreLine[] {
  let sum = 0
  for (const line of lines) sum += line.finalPoints
  const clipped = clip(sum, bounds)
  if (clipped === sum) return lines
  return lines.map(line => ({ ...line, finalPoints: line.finalPoints * (clipped / sum) + 0 }))
}

function signalLines(ground: ScoreGround, u: number, representative: number): ScoreLine[] {
  return ground.rules.flatMap(rule => {
    const line = signalLine(ground, u, rule, rule.isPersonal ? representative : -1)
    return line === null ? [] : [line]
  })
}

/** Null where the person, or the unit, has no event of the kind. */
function signalLine(ground: ScoreGround, u: number, rule: SignalRule, slot: number): ScoreLine | null {
  const { people } = ground.units[u] as Unit
  const stretch = stretchOf(rule.runs, rule.isPersonal ? slot : u)
  if (stretch.from === stretch.to) return null
  const value = signalValue(rule, rule.isPersonal ? slot : u)
  const first = (ground.slots.start[u] as number) + 1
  const roleFactor = slot < 0 ? 1 : (ground.people.factor[slot] as number)
  return {
    signal: rule.signal.id,
    bucket: rule.signal.bucket,
    scope: slot < 0 ? 'unit' : 'person',
    personId: slot < 0 ? null : (people[slot - first]?.personId ?? null),
    ...countSignal(rule, stretch, ground.index.cells.days),
    pointsAfterDecay: value,
    roleFactor,
    finalPoints: value * roleFactor + 0,
  }
}

const flat = (points: number): Omit<ScoreLine, 'signal' | 'bucket'> => ({
  scope: 'unit',
  personId: null,
  occurrences: 1,
  firstDay: null,
  lastDay: null,
  pointsBeforeCap: points,
  pointsAfterCap: points,
  pointsAfterDecay: points,
  roleFactor: 1,
  finalPoints: points,
})

function conditionLines(ground: ScoreGround, u: number): ScoreLine[] {
  return ground.conditions
    .filter(rule => holds(rule, ground, u))
    .map(({ condition: { id, bucket, points } }) => ({ signal: id, bucket, ...flat(points) }))
}

function fitLines({ fit }: Unit): ScoreLine[] {
  return fit.points === 0 ? [] : [{ signal: 'fit', bucket: 'fit', ...flat(fit.points) }]
}

function clampLines(total: number): ScoreLine[] {
  const points = clamp(total, 0, 100) - total
  return points === 0 ? [] : [{ signal: 'clamp', bucket: 'total', ...flat(points) }]
}
