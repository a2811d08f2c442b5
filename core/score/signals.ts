import { NO_RUNS, type Stretch, unitRuns } from '#features'
import type { Day } from '#lib/time'
import type { Cells, DayRuns } from '#schema/cells'
import { type ScoringModel, SIGNAL_BUCKETS, type Signal } from '#schema/model'
import { DayTables } from './decay.ts'

/** A signal made ready to be worked out many times over the cells of its kind. */
export type SignalRule = Readonly<{
  signal: Signal
  /** Position in SIGNAL_BUCKETS. */
  bucket: number
  isPersonal: boolean
  sign: number
  /** Points of one occurrence without their sign. */
  magnitude: number
  /** Infinity without a cap. */
  capPoints: number
  capDays: number
  /** Weight per day code. */
  weights: Float64Array
  /** Number of the cap window per day code; empty without a cap. */
  windows: Int32Array
  /** Days of the kind per slot where the bucket is per person, else per unit. */
  runs: DayRuns
}>

const NO_WINDOWS = new Int32Array(0)

/** The signals of a model in its order; a signal's own curve and days override its bucket's. */
export function signalRules(
  model: Pick<ScoringModel, 'signals' | 'buckets'>,
  { kinds, runs, slots, days }: Pick<Cells, 'kinds' | 'runs' | 'slots' | 'days'>,
  today: Day,
): SignalRule[] {
  const tables = new DayTables(days, today)
  return model.signals.map(signal => {
    const bucket = model.buckets[signal.bucket]
    const isPersonal = bucket.scope === 'person'
    const own = runs[kinds.indexOf(signal.kind)] ?? NO_RUNS
    return {
      signal,
      bucket: SIGNAL_BUCKETS.indexOf(signal.bucket),
      isPersonal,
      sign: Math.sign(signal.points),
      magnitude: Math.abs(signal.points),
      capPoints: signal.cap?.points ?? Number.POSITIVE_INFINITY,
      capDays: signal.cap?.days ?? 1,
      weights: tables.weightsOf(signal.curve ?? bucket.curve, signal.decayDays ?? bucket.decayDays ?? 1),
      windows: signal.cap === undefined ? NO_WINDOWS : tables.windowsOf(signal.cap.days),
      runs: isPersonal ? own : unitRuns(own, slots, days.length),
    }
  })
}

/** What a signal counted, for its line in the ledger. Points carry the sign of the signal. */
export type SignalCount = Readonly<{
  occurrences: number
  firstDay: Day
  lastDay: Day
  pointsBeforeCap: number
  pointsAfterCap: number
}>

/**
 * The steps before decay of the same sum as `fillValues`.
 *
 * @param stretch entries of one run, at least one
 * @param days    day per code
 */
export function countSignal(rule: SignalRule, stretch: Stretch, days: Int32Array): SignalCount {
  const { day, n } = rule.runs
  const { from, to } = countedDays(rule, stretch)
  const perWindow = new Map<number, number>()
  let occurrences = 0
  for (let i = from; i < to; i++) {
    // Within range: from..to are entries of the run.
    const count = rule.signal.count === 'each' ? (n[i] as number) : 1
    const window = rule.windows[day[i] as number] ?? 0
    occurrences += count
    perWindow.set(window, (perWindow.get(window) ?? 0) + count * rule.magnitude)
  }
  let afterCap = 0
  for (const points of perWindow.values()) afterCap += Math.min(points, rule.capPoints)
  return {
    occurrences,
    firstDay: days[day[to - 1] as number] as number,
    lastDay: days[day[from] as number] as number,
    pointsBeforeCap: rule.sign * occurrences * rule.magnitude + 0,
    pointsAfterCap: rule.sign * (rule.signal.cap === undefined ? occurrences * rule.magnitude : afterCap) + 0,
  }
}

/** The days that count: all of them, the first one, or the latest one. */
function countedDays({ signal }: SignalRule, { from, to }: Stretch): Stretch {
  if (signal.count === 'first') return { from: to - 1, to }
  return signal.count === 'latest' ? { from, to: from + 1 } : { from, to }
}
