import { decayAt } from '#lib/decay'
import { roundTo } from '#lib/num'
import {
  BUCKETS,
  type BucketId,
  type ChecklistRow,
  DERIVED_KINDS,
  type ScoringModel,
  SIGNAL_BUCKETS,
  type Signal,
  type SignalBucket,
} from '#schema/model'

/** Something to know about a model before it is used. */
export type LintFinding = Readonly<{
  code: 'unreachable-stage' | 'never-fires' | 'uncapped' | 'kind-without-entry' | 'time-constant' | 'sign' | 'no-effect'
  level: 'warning' | 'note'
  /** Where in the model: `signals[3]`, `buckets.depth`, `stages.hot`. */
  path: string
  message: string
}>

/** The most each bucket, and the whole, can come to. */
export type Reach = Readonly<{ buckets: Readonly<Record<BucketId, number>>; total: number }>

/**
 * The most points a model can give.
 *
 *   signal  first, latest: |points|; daily: sum of |points| * decay(age) over all ages; each: without end;
 *           capped: at most sum over windows of P * decay(first age of the window)
 *   bucket  min(max, sum over its positive signals * the largest role factor, where it is per person, + positive conditions)
 *   total   sum over buckets, at most 100; the most of a negative bucket is 0; of a checklist the sum of its weights
 *
 * Source: docs/methods/score.md, "Model hygiene".
 */
export function reachOf(model: ScoringModel): Reach {
  if (model.checklist !== undefined) return reachOfChecklist(model.checklist)
  const { admin, manager, contributor, other } = model.roles
  const factor = Math.max(admin, manager, contributor, other)
  const entries = BUCKETS.map((id): [BucketId, number] => [
    id,
    id === 'fit' ? (model.buckets.fit.max ?? 10) : reachOfBucket(model, id, factor),
  ])
  const total = entries.reduce((sum, [, most]) => sum + most, 0)
  const buckets = Object.fromEntries(entries) as Record<BucketId, number> // one entry per bucket
  return { buckets, total: Math.min(100, total) }
}

function reachOfChecklist(rows: readonly ChecklistRow[]): Reach {
  const buckets = Object.fromEntries(BUCKETS.map(id => [id, 0])) as Record<BucketId, number> // one entry per bucket
  const total = rows.reduce((sum, { weight }) => sum + Math.max(0, weight), 0)
  return { buckets, total: Math.min(100, total) }
}

function reachOfBucket(model: ScoringModel, id: SignalBucket, factor: number): number {
  const { scope, max } = model.buckets[id]
  let most = 0
  for (const signal of model.signals) {
    if (signal.bucket === id && signal.points > 0)
      most += reachOfSignal(model, signal) * (scope === 'person' ? factor : 1)
  }
  for (const condition of model.conditions) if (condition.bucket === id) most += Math.max(0, condition.points)
  return Math.min(most, max ?? Number.POSITIVE_INFINITY)
}

function reachOfSignal(model: ScoringModel, signal: Signal): number {
  const points = Math.abs(signal.points)
  if (signal.count === 'first' || signal.count === 'latest') return Math.min(points, signal.cap?.points ?? points)
  const curve = signal.curve ?? model.buckets[signal.bucket].curve
  const days = signal.decayDays ?? model.buckets[signal.bucket].decayDays ?? 1
  if (curve === 'none') return Number.POSITIVE_INFINITY
  const sumOver = (step: number, perStep: number): number => {
    let total = 0
    for (let age = 0; age < 100 * days; age += step) total += perStep * decayAt(curve, age, days)
    return total
  }
  const daily = signal.count === 'daily' ? sumOver(1, points) : Number.POSITIVE_INFINITY
  return signal.cap === undefined ? daily : Math.min(daily, sumOver(signal.cap.days, signal.cap.points))
}

/**
 * Reads a model before it is used.
 *
 * @param seen kinds with at least one event in the data, or null where there is no data yet
 * @returns findings in the order of the model; none is an error, a model that is wrong is refused when it is read
 *
 * Source: docs/methods/score.md, "Model hygiene".
 */
export function lintModel(model: ScoringModel, seen: ReadonlySet<string> | null): LintFinding[] {
  const { checklist } = model
  if (checklist !== undefined) return [...lintChecklist(checklist), ...lintStages(model)]
  return [...lintSignals(model, seen), ...lintBuckets(model), ...lintStages(model)]
}

function lintSignals(model: ScoringModel, seen: ReadonlySet<string> | null): LintFinding[] {
  const listed = new Set<string>([...model.taxonomy.map(entry => entry.kind), ...DERIVED_KINDS])
  return model.signals.flatMap((signal, i): LintFinding[] => {
    const { kind, points, count, cap, bucket } = signal
    const path = `signals[${i}]`
    const found: LintFinding[] = []
    const add = (code: LintFinding['code'], level: LintFinding['level'], message: string): void => {
      found.push({ code, level, path, message })
    }
    if (points === 0) add('no-effect', 'warning', 'Worth 0 points')
    if (!listed.has(kind))
      add('kind-without-entry', 'warning', `${kind} is not in the taxonomy: only events of exactly that name count`)
    if (seen !== null && !seen.has(kind)) add('never-fires', 'warning', `No event of ${kind} in this data`)
    if (count === 'each' && cap === undefined && points > 0) add('uncapped', 'warning', uncappedText(model, signal))
    if (points > 0 === (bucket === 'negative') && points !== 0)
      add('sign', 'warning', `${points} points in the ${bucket} bucket`)
    return found
  })
}

function lintChecklist(rows: readonly ChecklistRow[]): LintFinding[] {
  return rows.flatMap(({ signal, weight }, i): LintFinding[] => {
    if (weight !== 0) return []
    return [{ code: 'no-effect', level: 'warning', path: `rows[${i}]`, message: `${signal} has a weight of 0` }]
  })
}

function uncappedText(model: ScoringModel, { points, bucket }: Signal): string {
  const { max } = model.buckets[bucket]
  if (max === undefined)
    return `No cap, and the ${bucket} bucket has no maximum: a script can raise the score without end`
  return `No cap: ${Math.ceil(max / points)} events in a day fill the ${bucket} bucket`
}

function lintBuckets(model: ScoringModel): LintFinding[] {
  return SIGNAL_BUCKETS.flatMap((id): LintFinding[] => {
    const { curve, decayDays } = model.buckets[id]
    if (curve !== 'time_constant' || decayDays === undefined) return []
    const half = roundTo(decayDays * Math.LN2, 1)
    const message = `After ${decayDays} days 36.8 % is left; half is left after ${half} days. For a half-life of ${decayDays} days choose the half-life curve`
    return [{ code: 'time-constant', level: 'note', path: `buckets.${id}`, message }]
  })
}

function lintStages(model: ScoringModel): LintFinding[] {
  const { total } = reachOf(model)
  return (['warm', 'pql', 'hot'] as const).flatMap((stage): LintFinding[] => {
    const from = model.stages[stage]
    if (from <= total) return []
    const message = `No unit can reach ${from}: the model gives at most ${roundTo(total, 1)}`
    return [{ code: 'unreachable-stage', level: 'warning', path: `stages.${stage}`, message }]
  })
}
