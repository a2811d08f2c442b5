import { BUCKETS, type BucketId, type ScoringModel } from '#schema/model'
import type { Coverage, Stage } from '#schema/score'
import { ADMIN, CHAMPION } from './ground-columns.ts'
import { scoreOfTotal } from './rounding.ts'
import type { SumGround } from './score-ground.ts'
import { newSettled, type Settled, settle } from './settle.ts'
import { Adder, type Span } from './sums.ts'

export const COVERAGES = ['none', 'champion', 'admin', 'both'] as const satisfies readonly Coverage[]
export const STAGES = ['Not PQL', 'Warm', 'PQL', 'Hot PQL'] as const satisfies readonly Stage[]

/** Units added up at a time: their sums stay in the processor's cache. */
const BLOCK = 2048

/** Scores of all units as columns in the order of units. */
export type UnitTotals = Readonly<{
  count: number
  buckets: Readonly<Record<BucketId, Float64Array>>
  /** Before the clamp to 0..100. */
  total: Float64Array
  /** Rounded to a tenth. */
  score: Float64Array
  /** Position in STAGES. */
  stage: Uint8Array
  /** Position in COVERAGES. */
  coverage: Uint8Array
  /** Index of the person; -1 where the unit has none. */
  representative: Int32Array
}>

/**
 * Scores of all units: block by block, in each signal by signal over the cells, then from persons to units. No object per
 * unit, cell or person.
 *
 * @param ground columns, model and day
 * @returns columns; equal bit for bit to what `explainUnit` says of each unit
 *
 * Source: docs/methods/score.md, "The sums".
 */
export function scoreUnits(ground: SumGround): UnitTotals {
  const units = ground.lastActiveDay.length
  const settled = newSettled(units)
  const spans = blocksOf(units)
  const adder = new Adder(ground, spans)
  for (const span of spans) settle(ground, span, adder.add(span), { people: ground.people, out: part(settled, span) })
  const totals = newTotals(settled)
  fillTotals(ground, settled, totals)
  return totals
}

function blocksOf(units: number): Span[] {
  return Array.from({ length: Math.ceil(units / BLOCK) }, (_, i) => ({
    from: i * BLOCK,
    to: Math.min(units, (i + 1) * BLOCK),
  }))
}

function part({ representative, buckets, total }: Settled, { from, to }: Span): Settled {
  return {
    representative: representative.subarray(from, to),
    buckets: buckets.map(column => column.subarray(from, to)),
    total: total.subarray(from, to),
  }
}

/** Columns for so many units; `buckets` and `total` are those of `settled`. */
export function newTotals({ buckets, total }: Settled): UnitTotals {
  const count = total.length
  return {
    count,
    // One column per bucket, in the order of BUCKETS.
    buckets: Object.fromEntries(BUCKETS.map((id, place) => [id, buckets[place]])) as UnitTotals['buckets'],
    total,
    score: new Float64Array(count),
    stage: new Uint8Array(count),
    coverage: new Uint8Array(count),
    representative: new Int32Array(count),
  }
}

/** Fills score, stage, coverage and representative from what was settled. */
export function fillTotals({ slots, model, people }: SumGround, settled: Settled, totals: UnitTotals): void {
  const { coverage, representative } = totals
  for (let u = 0; u < totals.count; u++) {
    // Within range: one value per unit; a representative has a slot.
    const slot = settled.representative[u] as number
    coverage[u] = coverageOf(people.unitStanding[u] as number)
    representative[u] = slot < 0 ? -1 : (slots.person[slot] as number)
  }
  fillScores(totals)
  fillStages(totals, model.stages)
}

/** Rounds every total to a score. */
export function fillScores({ total, score }: Pick<UnitTotals, 'total' | 'score'>): void {
  for (let u = 0; u < score.length; u++) score[u] = scoreOfTotal(total[u] as number) // of one length
}

/** Position in STAGES of every rounded score: how many thresholds it reaches. */
export function fillStages(
  { score, stage }: Pick<UnitTotals, 'score' | 'stage'>,
  stages: ScoringModel['stages'],
): void {
  const { warm, pql, hot } = stages
  for (let u = 0; u < score.length; u++) {
    const own = score[u] as number // u < length
    // Thresholds rise, so that whoever reaches one reaches those before it.
    stage[u] = +(own >= warm) + +(own >= pql) + +(own >= hot)
  }
}

/** Position in COVERAGES: by which of admins and champions the unit has. */
export function coverageOf(standings: number): number {
  return ((standings & ADMIN) === 0 ? 0 : 2) + ((standings & CHAMPION) === 0 ? 0 : 1)
}
