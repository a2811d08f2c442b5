import type { Day } from '#lib/time'
import { type ScoringModel, SIGNAL_BUCKETS, type Signal } from '#schema/model'
import { type Decay, decayTable } from './decay.ts'

/** Occurrences by day, newest day first, days distinct: places from..to of two columns. */
export type DayRun = Readonly<{ day: Int32Array; n: Uint32Array; from: number; to: number }>

/** A signal made ready to be worked out many times. */
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
  decay: Decay
}>

/** The signals of a model in its order; a signal's own curve and days override its bucket's. */
export function signalRules(model: Pick<ScoringModel, 'signals' | 'buckets'>): SignalRule[] {
  const tables = new Map<string, Decay>()
  return model.signals.map(signal => {
    const bucket = model.buckets[signal.bucket]
    const curve = signal.curve ?? bucket.curve
    const days = signal.decayDays ?? bucket.decayDays ?? 1
    const key = `${curve} ${days}`
    const decay = tables.get(key) ?? decayTable(curve, days)
    tables.set(key, decay)
    return {
      signal,
      bucket: SIGNAL_BUCKETS.indexOf(signal.bucket),
      isPersonal: bucket.scope === 'person',
      sign: Math.sign(signal.points),
      magnitude: Math.abs(signal.points),
      capPoints: signal.cap?.points ?? Number.POSITIVE_INFINITY,
      capDays: signal.cap?.days ?? 1,
      decay,
    }
  })
}

/** The days that count: all of them, the first one, or the latest one. */
function countedDays({ signal }: SignalRule, { from, to }: DayRun): readonly [from: number, to: number] {
  if (signal.count === 'first') return [to - 1, to]
  return signal.count === 'latest' ? [from, from + 1] : [from, to]
}

/**
 * Value of a signal for one subject, before its role factor and its bucket's maximum.
 *
 *   n(day) = events (each), 1 (daily), 1 on the first or the latest day only (first, latest)
 *   window of a day = floor(age / W); within a window, from the smallest age on: take = min(n * |points|, what is left of P)
 *   value = sign(points) * sum over days, newest first, of take(day) * decay(age)
 *
 * @param run   days of one person, or of the whole unit; at least one
 * @param today day of asOf; no day is after it
 * @returns points; the sum is always taken in the same order, so that equal cells give equal bits
 *
 * Source: docs/methods/score.md, "Signals".
 */
export function signalValue(rule: SignalRule, run: DayRun, today: Day): number {
  const [from, to] = countedDays(rule, run)
  const isEach = rule.signal.count === 'each'
  let window = -1
  let left = rule.capPoints
  let total = 0
  for (let i = from; i < to; i++) {
    // Within range: from..to are places of the columns.
    const age = today - (run.day[i] as number)
    let take = (isEach ? (run.n[i] as number) : 1) * rule.magnitude
    if (rule.capPoints !== Number.POSITIVE_INFINITY) {
      const here = Math.floor(age / rule.capDays)
      if (here !== window) left = rule.capPoints
      window = here
      take = Math.min(take, left)
      left -= take
    }
    total += take * rule.decay.at(age)
  }
  return rule.sign * total + 0
}

/** What a signal counted, for its line in the ledger. Points carry the sign of the signal. */
export type SignalCount = Readonly<{
  occurrences: number
  firstDay: Day
  lastDay: Day
  pointsBeforeCap: number
  pointsAfterCap: number
}>

/** The steps before decay of the same sum as `signalValue`. */
export function countSignal(rule: SignalRule, run: DayRun, today: Day): SignalCount {
  const [from, to] = countedDays(rule, run)
  const perWindow = new Map<number, number>()
  let occurrences = 0
  for (let i = from; i < to; i++) {
    const n = rule.signal.count === 'each' ? (run.n[i] as number) : 1
    const window = Math.floor((today - (run.day[i] as number)) / rule.capDays)
    occurrences += n
    perWindow.set(window, (perWindow.get(window) ?? 0) + n * rule.magnitude)
  }
  let afterCap = 0
  for (const points of perWindow.values()) afterCap += Math.min(points, rule.capPoints)
  return {
    occurrences,
    firstDay: run.day[to - 1] as number,
    lastDay: run.day[from] as number,
    pointsBeforeCap: rule.sign * occurrences * rule.magnitude + 0,
    pointsAfterCap: rule.sign * (rule.signal.cap === undefined ? occurrences * rule.magnitude : afterCap) + 0,
  }
}
