import { type CellIndex, runOf } from '#features'
import { BUCKETS, type BucketId, SIGNAL_BUCKETS } from '#schema/model'
import type { Coverage, Stage } from '#schema/score'
import { scoreOfTotal, stageOf } from './rounding.ts'
import type { ScoreGround } from './score-ground.ts'
import { newSettled, type Settled, type Sums, settle } from './settle.ts'
import { type SignalRule, signalValue } from './signals.ts'

const WIDTH = SIGNAL_BUCKETS.length
export const COVERAGES = ['none', 'champion', 'admin', 'both'] as const satisfies readonly Coverage[]
export const STAGES = ['Not PQL', 'Warm', 'PQL', 'Hot PQL'] as const satisfies readonly Stage[]

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
 * Scores of all units: kind by kind over the cells, then unit by unit. No object per cell or per person.
 *
 * @param ground cells, units, model and day
 * @returns columns; equal bit for bit to what `explainUnit` says of each unit
 *
 * Source: docs/methods/score.md.
 */
export function scoreUnits(ground: ScoreGround): UnitTotals {
  const { units, model, index } = ground
  const totals = emptyTotals(units.length)
  const sums: Sums = {
    person: new Float64Array(index.slots.person.length * WIDTH),
    firstSlot: 0,
    unit: new Float64Array(units.length * WIDTH),
    firstUnit: 0,
  }
  for (const rule of ground.rules) {
    if (rule.isPersonal) addPersonSignal(ground, rule, sums.person)
    else addUnitSignal(ground, rule, sums.unit)
  }
  const out = newSettled()
  for (let u = 0; u < units.length; u++) {
    settle(ground, u, sums, { people: ground.people, out })
    for (const [place, id] of BUCKETS.entries()) totals.buckets[id][u] = out.buckets[place] as number
    totals.total[u] = out.total
    totals.score[u] = scoreOfTotal(out.total)
    totals.stage[u] = STAGES.indexOf(stageOf(totals.score[u] as number, model.stages))
    totals.coverage[u] = coverageOf(out)
    totals.representative[u] = out.representative < 0 ? -1 : (index.slots.person[out.representative] as number)
  }
  return totals
}

/** Position in COVERAGES: by which of admins and champions the unit has. */
export function coverageOf({ hasAdmin, hasChampion }: Settled): number {
  return (hasAdmin ? 2 : 0) + (hasChampion ? 1 : 0)
}

function emptyTotals(count: number): UnitTotals {
  const column = (): Float64Array => new Float64Array(count)
  return {
    count,
    buckets: {
      activation: column(),
      depth: column(),
      expansion: column(),
      intent: column(),
      fit: column(),
      negative: column(),
    },
    total: column(),
    score: column(),
    stage: new Uint8Array(count),
    coverage: new Uint8Array(count),
    representative: new Int32Array(count),
  }
}

function addPersonSignal({ index, today }: ScoreGround, rule: SignalRule, sums: Float64Array): void {
  const kind = index.codeOf.get(rule.signal.kind)
  if (kind === undefined) return
  const { cells, slot } = index
  // Within range: cells of a kind lie between its bounds, their slots are those of the sums.
  const end = cells.kindStart[kind + 1] as number
  let from = cells.kindStart[kind] as number
  while (from < end) {
    const place = slot[from] as number
    let to = from + 1
    while (to < end && slot[to] === place) to++
    if ((cells.person[from] as number) >= 0) {
      const at = place * WIDTH + rule.bucket
      sums[at] = (sums[at] as number) + signalValue(rule, { day: cells.day, n: cells.n, from, to }, today)
    }
    from = to
  }
}

function addUnitSignal({ index, today, days }: ScoreGround, rule: SignalRule, sums: Float64Array): void {
  const kind = index.codeOf.get(rule.signal.kind)
  if (kind === undefined) return
  for (let u = 0; u < index.units; u++) {
    const [from, to] = runOf(index, kind, u)
    if (from === to) continue
    const at = u * WIDTH + rule.bucket
    sums[at] = (sums[at] as number) + signalValue(rule, days.merge(index, from, to), today)
  }
}

/** Sums of one unit alone, made of the same values in the same order. */
export function sumsOfUnit(ground: ScoreGround, u: number): Sums {
  const { index, today, days } = ground
  const firstSlot = index.slots.start[u] as number
  const persons = (index.slots.start[u + 1] as number) - firstSlot
  const sums = { person: new Float64Array(persons * WIDTH), firstSlot, unit: new Float64Array(WIDTH), firstUnit: u }
  for (const rule of ground.rules) {
    const [from, to] = runOf(index, index.codeOf.get(rule.signal.kind), u)
    if (from === to) continue
    if (rule.isPersonal) addPersons(index, rule, { from, to, today }, sums)
    else {
      const value = signalValue(rule, days.merge(index, from, to), today)
      sums.unit[rule.bucket] = (sums.unit[rule.bucket] as number) + value
    }
  }
  return sums
}

function addPersons(
  { cells, slot }: CellIndex,
  rule: SignalRule,
  run: Readonly<{ from: number; to: number; today: number }>,
  sums: Sums,
): void {
  for (let from = run.from, to = from; from < run.to; from = to) {
    while (to < run.to && slot[to] === slot[from]) to++
    if ((cells.person[from] as number) < 0) continue
    const at = ((slot[from] as number) - sums.firstSlot) * WIDTH + rule.bucket
    const value = signalValue(rule, { day: cells.day, n: cells.n, from, to }, run.today)
    sums.person[at] = (sums.person[at] as number) + value
  }
}
